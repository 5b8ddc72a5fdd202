"""Whatever refers to whatever: a drawing is made, and everything known is in it."""

from __future__ import annotations

from typing import Any

import pygraphviz
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import model, render
from bpmn_xml.render import Mark, Overlay, Progress
from bpmn_xml.render.notes import FORGOTTEN
from tests.render.build import SVG, edge, parse, shape

IDS = st.sampled_from(["a", "b", "c", "d", "e", "process", "pool", "lane", "", "no one"])
NAMES = st.sampled_from([None, "", "Name", "Many words that do not fit in one line", "\\N<b>\x00"])
NUMBERS = st.sampled_from([-50.0, 0.0, 1.0, 30.0, 100.0, 400.0, float("nan"), 1e9])
MAYBE = st.sampled_from([None, True, False])
DEFINITIONS = st.lists(
    st.sampled_from([model.TimerEventDefinition, model.LinkEventDefinition, model.EventDefinition]),
    max_size=2,
).map(lambda kinds: tuple(_definition(kind) for kind in kinds))


def _made(kind: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(fields).map(lambda given_: kind(**given_))


def _definition(kind: type) -> Any:
    return kind(id="x", name="l") if kind is model.LinkEventDefinition else kind(id="x")


def _node(kind: type) -> st.SearchStrategy[Any]:
    fields = kind.__struct_fields__
    options: dict[str, st.SearchStrategy[Any]] = {"id": IDS, "name": NAMES}
    options["attached_to_ref"] = options["called_element"] = options["default"] = IDS
    options["source_ref"] = options["target_ref"] = options["data_object_ref"] = IDS
    options["event_definitions"] = DEFINITIONS
    options["event_definition_refs"] = st.lists(IDS, max_size=2).map(tuple)
    options["instantiate"] = options["is_for_compensation"] = st.booleans()
    options["triggered_by_event"] = st.booleans()
    given_ = {name: options[name] for name in options if name in fields}
    return _made(kind, **given_)


SIMPLE = [
    model.StartEvent, model.EndEvent, model.BoundaryEvent, model.IntermediateThrowEvent,
    model.UserTask, model.CallActivity, model.ReceiveTask, model.ExclusiveGateway,
    model.EventBasedGateway, model.DataObjectReference, model.SequenceFlow,
]  # fmt: skip
NODES = st.lists(st.one_of([_node(kind) for kind in SIMPLE]), max_size=4).map(tuple)
SUBS = _made(
    model.SubProcess, id=IDS, name=NAMES, flow_elements=NODES, triggered_by_event=st.booleans()
)
LANES = _made(model.Lane, id=IDS, name=NAMES, flow_node_refs=st.lists(IDS, max_size=3).map(tuple))
PROCESSES = _made(
    model.Process,
    id=st.sampled_from(["process", "a"]),
    flow_elements=st.tuples(NODES, st.lists(SUBS, max_size=2).map(tuple)).map(
        lambda t: t[0] + t[1]
    ),
    lane_sets=st.lists(LANES, max_size=2).map(
        lambda lanes: (model.LaneSet(id="set", lanes=tuple(lanes)),)
    ),
)
POOLS = _made(model.Participant, id=IDS, name=NAMES, process_ref=IDS)
SHAPES = st.builds(
    shape, IDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS,
    is_expanded=MAYBE, is_horizontal=MAYBE, is_marker_visible=MAYBE,
    choreography_activity_shape=st.none() | IDS,
)  # fmt: skip
EDGES = st.builds(
    lambda element, points: edge(element, *points),
    IDS,
    st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4),
)
DRAWINGS = st.builds(
    lambda processes, pools, drawn: model.Definitions(
        id="d",
        root_elements=(model.Collaboration(id="c", participants=tuple(pools)), *processes),
        diagrams=(model.BPMNDiagram(plane=model.BPMNPlane(elements=tuple(drawn))),),
    ),
    st.lists(PROCESSES, max_size=2),
    st.lists(POOLS, max_size=2),
    st.lists(SHAPES | EDGES, min_size=1, max_size=10),
)
OVERLAY = Overlay(marks={"a": Mark(state=Progress.DONE, count=2, duration="1 s")})


@given(DRAWINGS, st.sampled_from([None, OVERLAY]))
def test_anything_is_drawn(definitions: model.Definitions, overlay: Overlay | None) -> None:
    picture = render.picture(definitions, overlay=overlay)
    groups = [g for g in parse(picture.data).iter(f"{SVG}g") if g.get("role")]
    drawn = len(definitions.diagrams[0].plane.elements)
    told = [note for note in picture.notes if note.code != FORGOTTEN]
    dropped = [note for note in told if "not drawn" in note.message]
    assert len(groups) + len(dropped) == drawn
    source = render.draw(definitions, overlay=overlay, format="dot").decode()
    graph = pygraphviz.AGraph(string=source)
    assert all(node.attr["pos"] for node in graph.nodes())
