"""A handler that somebody has written."""

from __future__ import annotations

import logging
from pathlib import Path


class Mine(logging.StreamHandler):  # type: ignore[type-arg] # generic in stubs alone
    """Writes one word when it is made."""

    def __init__(self, file: str, _mode: str) -> None:
        super().__init__()
        Path(file).write_text("mine", "utf-8")
