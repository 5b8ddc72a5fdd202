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

MESSAGES: Final[Mapping[str, str]] = {
    NO_ELEMENT: "a shape is not drawn: there is no such element",
    NO_SHAPE_IN_BPMN: "a shape is not drawn: its element has no shape in BPMN",
    NO_BOUNDS: "a shape is not drawn: its bounds are missing or beyond all measure",
    NO_SIZE: "a container is not drawn: it has no size",
    USUAL_SIZE: "a shape without a size is drawn in the usual one",
    NO_FLOW: "an edge is not drawn: there is no such flow",
    NO_ROUTE: "an edge is not drawn: it has no route and not both ends",
    STRAIGHT: "an edge without a route is drawn straight",
    LOST_POINTS: "waypoints that are repeated or without usable coordinates are left out",
    TINY: "the drawing is so large or so tangled that pixels show it at less than a quarter",
    NO_FONTS: "this machine has no fonts: names are written in strokes, Latin letters only",
}
REMEDIES: Final[Mapping[str, str]] = {
    TINY: "draw .svg or .html, which can be zoomed",
    NO_FONTS: "install a font, for example the package fonts-dejavu-core",
}


def note(code: str, *, element: str = "", place: Place = NOWHERE) -> Finding:
    """Make the note of a code.

    >>> str(note(NO_SIZE, element="Pool_1"))
    '<memory>: note BX904 Pool_1: a container is not drawn: it has no size'
    """
    return Finding(
        code=code,
        severity=Severity.NOTE,
        message=MESSAGES[code],
        remedy=REMEDIES.get(code, ""),
        place=place,
        id=element,
    )
