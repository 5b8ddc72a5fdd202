"""What belongs to two places; what only looks so is not told."""

from __future__ import annotations

import pytest

from bpmn_xml.check import membership as belonging
from bpmn_xml.check.membership import membership
from bpmn_xml.check.shorthand import xml
from bpmn_xml.formats import read

LANES = "laneSet\n  lane l1\n    flowNodeRef : t\n  lane l2\n    flowNodeRef : {}\ns > t > e\n"
UNDO = "s > t > e\nendEvent e\n  compensateEventDefinition activityRef=t\n"
CHOICE = "s > g > e ? a > 1\nsequenceFlow f name=or sourceRef=g targetRef=e\n"

DOUBTFUL = {
    "two lanes": (LANES.format("t"), [("BX721", "l2")]),
    "a flow in a lane": (LANES.format("s_t"), [("BX724", "l2")]),
    "a node of another process in a lane": (
        "process Q\n  task u\n" + LANES.format("u"),
        [("BX724", "l2")],
    ),
    "two pools": (
        "collaboration C\n  participant a processRef=P\n  participant b processRef=P\ns > e",
        [("BX722", "b")],
    ),
    "listed twice": ("unlisted\ntask t\n  incoming : f\n  incoming : f\n", [("BX723", "t")]),
    "another level": (
        "subProcess z\n  s > t > e\nboundaryEvent b attachedToRef=t\n",
        [("BX725", "b")],
    ),
    "two flows that say the same": (
        "s > t > e\nsequenceFlow f sourceRef=t targetRef=e\n",
        [("BX727", "f")],
    ),
    "the last flow of a choice": (CHOICE, [("BX728", "f")]),
    "a call of itself": (
        "s > t > e\ncallActivity t calledElement=P\n",
        [("BX730", "t")],
    ),
    "no lane for one": (
        (
            "laneSet\n  lane l\n    flowNodeRef : s\n    flowNodeRef : t\n"
            "    flowNodeRef : e\ns > t > u > e\n"
            "boundaryEvent b attachedToRef=u\n  timerEventDefinition\n"
        ),
        [("BX729", "u")],
    ),
    "nothing undoes": (UNDO, [("BX726", "e")]),
}
CLEAR = {
    "two flows that ask otherwise": f"{CHOICE}exclusiveGateway g default=f\n",
    "a choice that asks nothing": CHOICE.replace(" ? a > 1", ""),
    "flows of a task": CHOICE.replace("g", "t"),
    "two flows of two names": "s > t > e\nsequenceFlow f name=or sourceRef=t targetRef=e\n",
    "one lane each": LANES.format("e"),
    "several in no lane": LANES.format("e").replace("s > t > e", "s > t > u > e"),
    "lanes of two sets": (
        "laneSet\n  lane l1\n    flowNodeRef : t\n"
        "laneSet\n  lane l2\n    flowNodeRef : t\ns > t > e"
    ),
    "lanes in a lane": (
        "laneSet\n  lane l1\n    flowNodeRef : t\n    childLaneSet\n      lane l2\n"
        "        flowNodeRef : t\ns > t > e"
    ),
    "a process on two sheets": (
        "collaboration C\n  participant a processRef=P\n"
        "collaboration D\n  participant b processRef=P\ns > e"
    ),
    "pools without process": "collaboration C\n  participant a\n  participant b\ns > e",
    "something undoes": f"{UNDO}boundaryEvent b attachedToRef=t\n  compensateEventDefinition\n",
    "all is undone": UNDO.replace(" activityRef=t", ""),
    "what is inside undoes": UNDO + "subProcess t\n  s2 > e2\n",
    "another event": "s > t > e\nendEvent e\n  signalEventDefinition\n",
    "a border": "s > t > e\nboundaryEvent b attachedToRef=t\n  timerEventDefinition\nb > e\n",
}


@pytest.mark.parametrize(("shorthand", "wanted"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_doubtful_is_told(shorthand: str, wanted: list[tuple[str, str]]) -> None:
    found = list(membership(read(xml(shorthand))))
    assert [(one.code, one.id) for one in found] == wanted
    assert all(one.message and one.remedy for one in found)


@pytest.mark.parametrize("shorthand", CLEAR.values(), ids=CLEAR)
def test_what_is_clear_is_not(shorthand: str) -> None:
    assert list(membership(read(xml(shorthand)))) == []


def test_every_code_is_shown() -> None:
    own = {value for value in vars(belonging).values() if str(value).startswith("BX")}
    assert {code for _, wanted in DOUBTFUL.values() for code, _ in wanted} == own
