"""The codes of findings about decisions: stable, one title each."""

from __future__ import annotations

from typing import Final

EXPRESSION: Final = "BX501"
DANGLING: Final = "BX502"
CYCLE: Final = "BX503"
TYPE: Final = "BX504"
TABLE: Final = "BX505"
IMPORT: Final = "BX506"
UNKNOWN_NAME: Final = "BX507"
NO_FUNCTION: Final = "BX508"
NEVER: Final = "BX509"
