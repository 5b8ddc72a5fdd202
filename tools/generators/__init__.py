"""What makes files of the package's tables: each module says which, as `files()`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SCHEMAS: Final = ROOT / "schemas"
