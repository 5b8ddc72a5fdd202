"""The codes of what is unusual about a drawing that we have made: stable, one title each."""

from __future__ import annotations

from typing import Final

FOLDED: Final = "BX301"
FORCED: Final = "BX302"
TANGLED: Final = "BX303"

TITLES: Final = {
    FOLDED: "A drawing is folded into several rows, because it would be too wide",
    FORCED: "A line of a drawing crosses a shape, because there is no way around",
    TANGLED: "Flows of a very tangled drawing are drawn straight across",
}
"""The title of each code."""

REMEDIES: Final = {
    FOLDED: "nothing, or lay out parts of it as sub-processes",
    FORCED: "move the shapes apart in a modeler",
    TANGLED: "nothing, or put parts of it into sub-processes",
}
"""What to do about each in general."""
