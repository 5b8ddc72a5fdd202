"""The codes of findings about legacy files: stable, one title each."""

from __future__ import annotations

from typing import Final

NO_LINE: Final = "BX050"
TWICE: Final = "BX051"
NO_MODEL: Final = "BX052"
NO_SECTION: Final = "BX053"
NO_KEY: Final = "BX054"
WRONG_TYPE: Final = "BX055"
NO_OPTION: Final = "BX056"
WRONG_NUMBER: Final = "BX057"
WRONG_NAME: Final = "BX058"
UNKNOWN_OPTION: Final = "BX059"
UNKNOWN_SUCCESSOR: Final = "BX060"
WRONG_SUCCESSOR: Final = "BX061"
NO_GENERATOR: Final = "BX062"
UNREACHABLE: Final = "BX063"
JOIN_IN_CYCLE: Final = "BX064"
MIXED_JOIN: Final = "BX065"
WRONG_PORTS: Final = "BX066"
NO_EFFECT: Final = "BX067"
STRAY_FAILURE: Final = "BX068"
