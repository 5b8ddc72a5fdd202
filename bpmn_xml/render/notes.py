"""The codes of notes about drawings: what is drawn otherwise than the file says, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bpmn_xml.errors import NOWHERE, Finding, Severity

if TYPE_CHECKING:
    from bpmn_xml.errors import Place

NO_ELEMENT: Final = "BX901"
NO_SHAPE_IN_BPMN: Final = "BX902"
NO_BOUNDS: Final = "BX903"
NO_SIZE: Final = "BX904"
USUAL_SIZE: Final = "BX905"
NO_FLOW: Final = "BX906"
NO_ROUTE: Final = "BX907"
STRAIGHT: Final = "BX908"
LOST_POINTS: Final = "BX909"
NO_FONTS: Final = "BX910"
TINY: Final = "BX911"
NO_LETTERS: Final = "BX912"
NO_ROOM: Final = "BX913"
FORGOTTEN: Final = "BX914"

TITLES: Final[Mapping[str, str]] = {
    NO_ELEMENT: "A shape is not drawn: there is no such element",
    NO_SHAPE_IN_BPMN: "A shape is not drawn: its element has no shape in BPMN",
    NO_BOUNDS: "A shape is not drawn: its bounds are missing or beyond all measure",
    NO_SIZE: "A container is not drawn: it has no size",
    USUAL_SIZE: "A shape without a size is drawn in the usual one",
    NO_FLOW: "An edge is not drawn: there is no such flow",
    NO_ROUTE: "An edge is not drawn: it has no route and not both ends",
    STRAIGHT: "An edge without a route is drawn straight",
    LOST_POINTS: "Waypoints that are repeated or without usable coordinates are left out",
    NO_ROOM: "A plane is left out of the page, which would have too much to show at once",
    FORGOTTEN: "Elements are not drawn: the file draws others, and gives these no shape",
    TINY: "The drawing is so large or so tangled that pixels show it at less than a quarter",
    NO_LETTERS: "No font of this machine has some letters of the names: they are drawn as boxes",
    NO_FONTS: "This machine has no fonts: names are written in strokes, Latin letters only",
}
"""The title of each code; a note says the same of its element."""

DRAW_AGAIN: Final = "correct the drawing in a modeler, or have it laid out anew: bpmn-xml layout"

REMEDIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(TITLES, DRAW_AGAIN),
    FORGOTTEN: "have everything laid out: bpmn-xml layout",
    NO_ROOM: "draw it alone: bpmn-xml draw --plane",
    TINY: "draw .svg or .html, which can be zoomed",
    NO_LETTERS: "install a font that has them (the package fonts-noto-cjk, say), or draw .svg",
    NO_FONTS: "install a font, for example the package fonts-dejavu-core",
}
"""What to do about each in general."""


def note(code: str, *, element: str = "", place: Place = NOWHERE, more: str = "") -> Finding:
    """Make the note of a code, with what `more` there is to say.

    >>> found = note(NO_SIZE, element="Pool_1")
    >>> found.code, found.id, found.message
    ('BX904', 'Pool_1', 'a container is not drawn: it has no size')
    """
    title = TITLES[code]
    return Finding(
        code=code,
        severity=Severity.NOTE,
        message=title[0].lower() + title[1:] + more,
        remedy=REMEDIES[code],
        place=place,
        id=element,
    )
