"""Variables by name, as commands and records carry them."""

from __future__ import annotations

from collections.abc import Mapping

Values = Mapping[str, object]
