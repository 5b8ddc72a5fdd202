from __future__ import annotations

from random import Random

import pytest

from bpmn_xml import model
from bpmn_xml.model.vendors import ZEEBE
from bpmn_xml.render.geometry import Box
from tests.render.build import definitions, edge, flow, shape
from tests.render.scenes import scene_of


def _order(content: model.Definitions) -> list[str]:
    return [figure.id for figure in scene_of(content).figures]


def test_nodes_are_read_as_the_flow_goes() -> None:
    nodes = [model.EndEvent(id="z"), *(model.Task(id=name) for name in "cab")]
    flows = [flow("a", "b"), flow("b", "a"), flow("b", "c"), flow("c", "z")]
    drawn = [shape(node.id, 200.0 * i, 0, 100, 80) for i, node in enumerate(nodes)]
    assert _order(definitions([model.StartEvent(id="s"), *nodes, *flows], drawn)) == list("abcz")


def test_the_first_branch_is_read_first() -> None:
    nodes = [model.ExclusiveGateway(id="g"), *(model.Task(id=name) for name in ("x", "y"))]
    flows = [flow("g", "y"), flow("g", "x")]
    drawn = [shape(node.id, 200.0 * i, 0, 100, 80) for i, node in enumerate(nodes)]
    assert _order(definitions([*nodes, *flows], drawn)) == ["g", "y", "x"]


def _pool(lanes: bool = True) -> model.Definitions:
    task = model.Task(id="task")
    timer = model.BoundaryEvent(id="timer", attached_to_ref="task")
    data = model.DataObjectReference(id="data")
    lane = model.Lane(id="lane", name="Lane", flow_node_refs=("task",))
    pool = model.Participant(id="pool", name="Pool", process_ref="process")
    drawn = [
        shape("data", 60, 300, 36, 50),
        shape("timer", 180, 112, 36, 36),
        shape("task", 150, 50, 100, 80),
        *([shape("lane", 20, 0, 580, 400)] if lanes else []),
        shape("pool", 0, 0, 600, 400),
    ]
    return definitions(
        [timer, data, task],
        drawn,
        roots=[model.Collaboration(id="c", participants=(pool,))],
        lane_sets=(model.LaneSet(id="lanes", lanes=(lane,)),),
    )


def test_a_container_is_painted_before_its_content() -> None:
    assert _order(_pool()) == ["pool", "lane", "task", "timer", "data"]


def test_data_lies_in_the_innermost_lane_around_it_of_its_own_pool() -> None:
    """10.8: lanes say which flow nodes they have, and nothing of data."""
    inner = model.Lane(id="inner")
    outer = model.Lane(id="outer", child_lane_set=model.LaneSet(id="more", lanes=(inner,)))
    pools = [
        model.Participant(id=id_, process_ref=ref) for id_, ref in (("a", "process"), ("b", "q"))
    ]
    other = model.Process(
        id="q", lane_sets=(model.LaneSet(id="b_lanes", lanes=(model.Lane(id="far"),)),)
    )
    data = [model.DataObjectReference(id=name) for name in ("deep", "high", "astray", "apart")]
    drawn = [
        shape("a", 0, 0, 600, 200), shape("outer", 30, 0, 570, 200),
        shape("inner", 60, 100, 540, 100), shape("b", 0, 300, 600, 100),
        shape("far", 30, 300, 570, 100),
        shape("deep", 100, 110, 36, 50), shape("high", 100, 10, 36, 50),
        shape("astray", 100, 310, 36, 50), shape("apart", 800, 10, 36, 50),
    ]  # fmt: skip
    scene = scene_of(
        definitions(
            data,
            drawn,
            roots=[model.Collaboration(id="c", participants=tuple(pools)), other],
            lane_sets=(model.LaneSet(id="lanes", lanes=(outer,)),),
        )
    )
    parents = {figure.id: figure.parent for figure in scene.figures}
    assert parents["deep"] == "inner"
    assert parents["high"] == "outer"
    assert parents["astray"] == parents["apart"] == "a"


def test_what_lies_in_what() -> None:
    parents = {figure.id: figure.parent for figure in scene_of(_pool()).figures}
    assert parents == {
        "pool": "", "lane": "pool", "task": "lane", "timer": "lane", "data": "lane",
    }  # fmt: skip


@pytest.mark.parametrize(("lanes", "width"), [(True, 20), (False, 30)])
def test_the_band_ends_where_the_lanes_begin(lanes: bool, width: float) -> None:
    pool = scene_of(_pool(lanes)).figures[0]
    assert pool.parts[0].points[0][0] == width
    assert pool.texts[0].at == (width / 2, 200)
    assert pool.texts[0].turned


def test_a_pool_painted_later_covers_nothing() -> None:
    pools = tuple(model.Participant(id=name) for name in ("one", "two"))
    inner = definitions(
        [model.Task(id="loose")],
        [
            shape("one", 0, 0, 300, 100),
            shape("loose", 50, 150, 100, 80),
            shape("two", 0, 140, 300, 100),
        ],
        roots=[model.Collaboration(id="c", participants=pools)],
    )
    order = _order(inner)
    assert order.index("loose") > order.index("two")


def test_a_sub_process_covers_no_sibling() -> None:
    sub = model.SubProcess(id="sub", flow_elements=(model.Task(id="inner"),))
    nodes = [model.Task(id="sibling"), sub, flow("sibling", "sub")]
    drawn = [
        shape("sub", 0, 0, 400, 300, is_expanded=True),
        shape("sibling", 20, 20, 100, 80),
        shape("inner", 200, 100, 100, 80),
    ]
    assert _order(definitions(nodes, drawn)) == ["sub", "sibling", "inner"]


@pytest.mark.parametrize(("width", "height"), [(2000, 600), (600, 2000)])
def test_nothing_is_covered_by_a_smaller_or_later_container(width: int, height: int) -> None:
    random = Random(width)
    nodes: list[model.FlowElement] = []
    drawn = []
    for n in range(60):
        key = f"n{n}"
        is_sub = random.random() < 0.4
        nodes.append(model.SubProcess(id=key) if is_sub else model.Task(id=key))
        size = (random.randrange(40, 300), random.randrange(40, 300))
        corner = random.randrange(width), random.randrange(height)
        drawn.append(shape(key, *corner, *size, **({"is_expanded": True} if is_sub else {})))
    figures = scene_of(definitions(nodes, drawn)).figures
    assert len(figures) == 60
    for place, figure in enumerate(figures):
        if figure.container:
            assert not [one.id for one in figures[:place] if _hides(figure.box, one.box)]


def _hides(box: Box, other: Box) -> bool:
    apart = box.right <= other.x or other.right <= box.x
    return not (apart or box.bottom <= other.y or other.bottom <= box.y) and other.area < box.area


WORD = model.ForeignAttribute(name="processId", value="called")
WORDS = (model.ForeignElement(namespace=ZEEBE, name="calledElement", attributes=(WORD,)),)


@pytest.mark.parametrize(
    "call",
    [
        model.CallActivity(id="call", called_element="called"),
        model.CallActivity(id="call", called_element="{urn:other}called"),
        model.CallActivity(id="call", extension_elements=WORDS),
    ],
    ids=["the standard's", "of another namespace", "Camunda's"],
)
def test_content_of_an_unfolded_call_is_painted_in_it(call: model.CallActivity) -> None:
    called = model.Process(id="called", flow_elements=(model.Task(id="inner"),))
    drawn = [shape("inner", 50, 50, 100, 80), shape("call", 0, 0, 300, 200, is_expanded=True)]
    scene = scene_of(definitions([call], drawn, roots=[called]))
    assert [figure.id for figure in scene.figures] == ["call", "inner"]
    assert scene.figures[1].parent == "call"


def test_a_call_of_itself_does_not_lie_in_itself() -> None:
    call = model.CallActivity(id="call", called_element="process")
    drawn = [shape("call", 0, 0, 300, 200, is_expanded=True), shape("task", 400, 0, 100, 80)]
    scene = scene_of(definitions([call, model.Task(id="task")], drawn))
    assert {figure.parent for figure in scene.figures} == {""}


@pytest.mark.parametrize(("pool", "lane", "turned"), [
    (None, None, True), (True, None, True), (False, None, False), (False, True, True),
    (None, False, False),
])  # fmt: skip
def test_a_lane_lies_as_its_pool(pool: bool | None, lane: bool | None, turned: bool) -> None:
    content = _pool()
    plane = content.diagrams[0].plane
    said = {"pool": pool, "lane": lane}
    elements = [
        shape(found.bpmn_element, *_box(found.bounds), is_horizontal=said.get(found.bpmn_element))
        for found in plane.elements
        if isinstance(found, model.BPMNShape) and found.bpmn_element
    ]
    process = content.root_elements[1]
    assert isinstance(process, model.Process)
    changed = definitions(
        process.flow_elements,
        elements,
        roots=content.root_elements[:1],
        lane_sets=process.lane_sets,
    )
    figure = next(found for found in scene_of(changed).figures if found.id == "lane")
    assert figure.texts[0].turned is turned


def _box(bounds: model.Bounds) -> Box:
    return Box(bounds.x, bounds.y, bounds.width, bounds.height)


def test_a_pool_without_inside_has_its_name_in_the_middle() -> None:
    pools = (model.Participant(id="wide", name="A"), model.Participant(id="high", name="B"))
    drawn = [shape("wide", 0, 0, 600, 60), shape("high", 700, 0, 60, 600)]
    roots = [model.Collaboration(id="c", participants=pools)]
    wide, high = scene_of(definitions([], drawn, roots=roots)).figures
    assert (wide.texts[0].at, wide.texts[0].turned) == ((300, 30), False)
    assert (high.texts[0].at, high.texts[0].turned) == ((730, 300), True)
    assert not wide.parts


def test_bands_lie_on_their_choreography_task() -> None:
    buyer, seller = (model.Participant(id=name, name=name) for name in ("buyer", "seller"))
    task = model.ChoreographyTask(id="task", name="Buy", initiating_participant_ref="buyer")
    choreography = model.Choreography(id="c", participants=(buyer, seller), flow_elements=(task,))
    bands = {"participant_band_kind": "top_initiating", "choreography_activity_shape": "task_di"}
    other = bands | {"participant_band_kind": "bottom_non_initiating"}
    drawn = [
        shape("buyer", 0, 0, 100, 20, is_message_visible=True, **bands),
        shape("seller", 0, 60, 100, 20, **other),
        shape("task", 0, 0, 100, 80),
    ]
    scene = scene_of(definitions([], drawn, roots=[choreography]))
    assert [figure.id for figure in scene.figures] == ["task", "buyer", "seller"]
    assert scene.figures[0].texts[0].at == (50, 40)
    assert scene.frame.y < -40
    shades = [figure.outline[0].ink for figure in scene.figures[1:]]
    assert shades == ["paper", "shade"]


def test_the_name_of_an_unfolded_sub_choreography_stands_below_its_upper_band() -> None:
    inner = model.ChoreographyTask(id="inner", initiating_participant_ref="buyer")
    outer = model.SubChoreography(
        id="sub", name="Haggle", initiating_participant_ref="buyer", flow_elements=(inner,)
    )
    choreography = model.Choreography(
        id="c", participants=(model.Participant(id="buyer"),), flow_elements=(outer,)
    )
    band = {
        "participant_band_kind": "top_initiating",
        "choreography_activity_shape": "sub_di",
    }
    drawn = [
        shape("buyer", 0, 0, 300, 20, **band),
        shape("sub", 0, 0, 300, 200, is_expanded=True),
        shape("inner", 100, 80, 100, 80),
    ]
    scene = scene_of(definitions([], drawn, roots=[choreography]))
    name = scene.figures[0].texts[0]
    assert (name.lines, name.at[0]) == (("Haggle",), 150)
    assert 20 < name.box.y < name.box.bottom < 80


def test_a_lane_holds_only_nodes_of_its_own_process() -> None:
    inner = model.Task(id="inner")
    lanes = model.LaneSet(id="set", lanes=(model.Lane(id="lane", flow_node_refs=("sub", "inner")),))
    sub = model.SubProcess(id="sub", flow_elements=(inner,), lane_sets=(lanes,))
    own = model.Lane(id="outer", flow_node_refs=("outer", "process", "sub", "inner"))
    drawn = [
        shape("sub", 0, 0, 300, 200, is_expanded=True),
        shape("inner", 50, 50, 100, 80),
        shape("lane", 10, 10, 280, 180),
        shape("outer", -10, -10, 400, 300),
    ]
    content = definitions([sub], drawn, lane_sets=(model.LaneSet(id="sets", lanes=(own,)),))
    parents = {figure.id: figure.parent for figure in scene_of(content).figures}
    assert parents == {"outer": "", "sub": "outer", "lane": "sub", "inner": "lane"}


def test_a_lane_without_id_holds_nothing_up() -> None:
    lanes = model.LaneSet(id="set", lanes=(model.Lane(id=""),))
    drawn = [shape("", 0, 0, 400, 200), shape("task", 50, 50, 100, 80)]
    content = definitions([model.Task(id="task")], drawn, lane_sets=(lanes,))
    assert sorted(_order(content)) == ["", "task"]


def test_deep_nesting_is_no_recursion() -> None:
    inner: model.SubProcess = model.SubProcess(id="s0")
    for number in range(1, 2000):
        inner = model.SubProcess(id=f"s{number}", flow_elements=(inner,))
    drawn = [shape(f"s{number}", 0, 0, 10 + number, 10 + number) for number in range(0, 2000, 50)]
    order = _order(definitions([inner], [*drawn, edge("none", (0, 0), (1, 1))]))
    assert order == [f"s{number}" for number in range(1950, -1, -50)]
