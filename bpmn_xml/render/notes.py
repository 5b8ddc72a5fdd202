"""The codes of notes about drawings: what is drawn otherwise than the file says, or not at all."""

from __future__ import annotations

from typing import Final

from bpmn_xml.codes import finding, meanings
from bpmn_xml.errors import NOWHERE, Finding, Place

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


def note(code: str, *, element: str = "", place: Place = NOWHERE, more: str = "") -> Finding:
    """Make the note of a code, with what `more` there is to say.

    >>> found = note(NO_SIZE, element="Pool_1")
    >>> found.code, found.id, found.message
    ('BX904', 'Pool_1', 'a container is not drawn: it has no size')
    """
    title = meanings()[code].title
    return finding(code, title[0].lower() + title[1:] + more, place=place, id=element)
