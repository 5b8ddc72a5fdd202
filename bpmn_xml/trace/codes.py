"""The codes of findings about traces: stable, one title each."""

from __future__ import annotations

from typing import Final

BAD_TRACE: Final = "BX401"

TITLES: Final = {BAD_TRACE: "The file is no trace, or a damaged one"}
"""The title of each code."""

REMEDIES: Final = {
    BAD_TRACE: "record it again: bpmn-xml run --trace",
}
"""What to do about each in general."""
