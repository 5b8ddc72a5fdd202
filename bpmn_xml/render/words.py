"""What is read aloud: "user task Approve, leads to Paid? and End"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bpmn_xml import model
from bpmn_xml.model import Element
from bpmn_xml.model.about import element_word
from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.overlay import Edit, Found, Heat, Mark, Progress, State

_WORD = re.compile(r"[A-Z][a-z]*")
DRAWN_WORDS: Final[Mapping[type[Element], str]] = {
    model.Participant: "pool",
    model.DataObjectReference: "data object",
    model.DataStoreReference: "data store",
    model.DataInputAssociation: "data association",
    model.DataOutputAssociation: "data association",
}
"""What people call in a drawing by another name than in the model."""
STATE_WORDS: Final[Mapping[State, str]] = {
    Progress.UNTOUCHED: "not reached",
    Heat.NONE: "reached",
    Edit.SAME: "as it was",
    Found.CLEAN: "nothing found",
}
"""What people call a state by another word than its name."""


def kind_of(element: Element) -> str:
    """Say what an element is.

    >>> kind_of(model.UserTask(id="t")), kind_of(model.Participant(id="p"))
    ('user task', 'pool')
    """
    return DRAWN_WORDS.get(type(element)) or element_word(element)


def state_word(state: State) -> str:
    """Say what became of an element.

    >>> state_word(Progress.DONE), state_word(Heat.HOTTEST), state_word(Edit.SAME)
    ('done', 'hottest', 'as it was')
    """
    return STATE_WORDS.get(state, state.name.lower())


def slug(element: object) -> str:
    """Give the CSS class of an element's kind.

    >>> class BoundaryEvent: ...
    >>> slug(BoundaryEvent())
    'boundary-event'
    """
    return "-".join(_WORD.findall(type(element).__name__)).lower()


def way(target: str, *manner: str) -> str:
    """Say where a flow leads, and on which condition.

    >>> way("Ship", "yes", "by default"), way("Ship", "", "")
    ('Ship (yes, by default)', 'Ship')
    """
    told = ", ".join(filter(None, manner))
    return f"{target} ({told})" if told else target


def sentence(kind: str, name: str | None, *more: str) -> str:
    """Say what an element is, its name, and what else there is to know."""
    called = f"{kind} {one_line(clean(name))}".strip()
    return ", ".join([called, *filter(None, more)])


def said(mark: Mark) -> str:
    """Say what a run did with an element.

    >>> from bpmn_xml.render.overlay import Mark
    >>> said(Mark(state=Progress.DONE, count=3, duration="1.2 s"))
    'done, 3 times, 1.2 s'
    """
    times = "" if mark.count is None else "once" if mark.count == 1 else f"{mark.count} times"
    times = times if mark.now is None else f"{mark.now} of {times}"
    heard = (state_word(mark.state), mark.value, times, mark.duration, mark.remark)
    return ", ".join(filter(None, heard))
