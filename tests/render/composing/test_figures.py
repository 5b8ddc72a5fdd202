from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model
from bpmn_xml.model.walk import descendants
from bpmn_xml.render.composing.figures import look_of
from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, extent, place
from bpmn_xml.render.composing.icons.table import ICONS
from bpmn_xml.render.composing.lettering import INSIDE
from bpmn_xml.render.composing.outlines import HEAVY, THICK
from bpmn_xml.render.composing.scene import Dash, Figure
from tests.render.build import definitions, shape
from tests.render.scenes import figure_of, scene_of

PINK = model.ForeignAttribute(
    namespace="http://bpmn.io/schema/bpmn/biocolor/1.0", name="fill", value="#ffcdd2"
)
NOT_DRAWN = {model.ImplicitThrowEvent}
DRAWN = [
    kind
    for base in (
        model.FlowNode,
        model.DataObject,
        model.DataObjectReference,
        model.DataStoreReference,
        model.TextAnnotation,
        model.Group,
        model.Participant,
        model.Lane,
        model.ConversationNode,
        model.Message,
    )
    for kind in descendants(base)
    if not kind.__subclasses__() and kind not in NOT_DRAWN
]


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.__name__)
def test_everything_with_a_shape_in_bpmn_has_a_look(kind: type) -> None:
    needed = {"attached_to_ref": "a", "initiating_participant_ref": "p"}
    given = {name: needed[name] for name in needed if name in kind.__struct_fields__}
    assert look_of(kind(id="x", **given)) is not None


def drawn(element: Any, *, roots: Any = (), box: Any = (0, 0, 100, 80), **more: Any) -> Figure:
    content = definitions([element], [shape(element.id, *box, **more)], roots=roots)
    return scene_of(content).figures[0]


def shows(figure: Figure, icon: str) -> bool:
    """Whether an icon lies on a figure, wherever and of whatever size."""
    wanted = [(part.draw, part.ink, len(part.points)) for part in ICONS[icon]]
    found = [(part.draw, part.ink, len(part.points)) for part in figure.parts]
    return any(found[i : i + len(wanted)] == wanted for i in range(len(found)))


def _timer() -> tuple[model.TimerEventDefinition, ...]:
    return (model.TimerEventDefinition(id="timer"),)


def _two() -> Any:
    return (*_timer(), model.SignalEventDefinition(id="signal"))


LOOPS = model.StandardLoopCharacteristics(id="l")
PARALLEL = model.MultiInstanceLoopCharacteristics(id="l")
SEQUENTIAL = model.MultiInstanceLoopCharacteristics(id="l", is_sequential=True)
CASES: list[tuple[Any, str]] = [
    (model.StartEvent(id="e", event_definitions=_timer()), "event/timer/catch"),
    (model.EndEvent(id="e", event_definitions=_timer()), "event/timer/throw"),
    (model.IntermediateThrowEvent(id="e", event_definitions=_two()), "event/multiple/throw"),
    (
        model.IntermediateCatchEvent(id="e", event_definitions=_two(), parallel_multiple=True),
        "event/parallel-multiple/catch",
    ),
    (model.ParallelGateway(id="e"), "gateway/parallel"),
    (model.InclusiveGateway(id="e"), "gateway/inclusive"),
    (model.ComplexGateway(id="e"), "gateway/complex"),
    (model.EventBasedGateway(id="e"), "gateway/event-based"),
    (model.EventBasedGateway(id="e", instantiate=True), "gateway/event-based/exclusive-start"),
    (
        model.EventBasedGateway(id="e", instantiate=True, event_gateway_type="Parallel"),
        "gateway/event-based/parallel-start",
    ),
    (model.UserTask(id="e"), "task/user"),
    (model.ManualTask(id="e"), "task/manual"),
    (model.ServiceTask(id="e"), "task/service"),
    (model.ScriptTask(id="e"), "task/script"),
    (model.BusinessRuleTask(id="e"), "task/business-rule"),
    (model.SendTask(id="e"), "task/send"),
    (model.ReceiveTask(id="e"), "task/receive"),
    (model.ReceiveTask(id="e", instantiate=True), "task/receive/start"),
    (model.CallActivity(id="e", called_element="global"), "task/user"),
    (model.CallActivity(id="e", called_element="elsewhere"), "marker/sub-process"),
    (model.SubProcess(id="e"), "marker/sub-process"),
    (model.AdHocSubProcess(id="e"), "marker/ad-hoc"),
    (model.Task(id="e", loop_characteristics=LOOPS), "marker/loop"),
    (model.Task(id="e", loop_characteristics=PARALLEL), "marker/parallel"),
    (model.Task(id="e", loop_characteristics=SEQUENTIAL), "marker/sequential"),
    (model.Task(id="e", is_for_compensation=True), "marker/compensation"),
    (model.DataInput(id="e"), "marker/input"),
    (model.DataOutput(id="e", is_collection=True), "marker/output"),
    (model.DataOutput(id="e", is_collection=True), "marker/parallel"),
    (model.DataObject(id="e", is_collection=True), "marker/parallel"),
    (
        model.ChoreographyTask(
            id="e", initiating_participant_ref="p", loop_type="MultiInstanceParallel"
        ),
        "marker/parallel",
    ),
]


@pytest.mark.parametrize(("element", "icon"), CASES, ids=lambda value: str(value)[:40])
def test_an_element_shows_its_icon(element: Any, icon: str) -> None:
    assert shows(drawn(element, roots=[model.GlobalUserTask(id="global")]), icon)


@pytest.mark.parametrize("visible", [None, False, True])
def test_an_exclusive_gateway_has_an_x_only_where_the_file_says_so(visible: bool | None) -> None:
    figure = drawn(model.ExclusiveGateway(id="g"), box=(0, 0, 50, 50), is_marker_visible=visible)
    assert bool(figure.parts) is bool(visible)


def test_a_call_of_a_global_task_has_nothing_to_unfold() -> None:
    roots = [model.GlobalUserTask(id="global")]
    figure = drawn(model.CallActivity(id="e", called_element="global"), roots=roots)
    assert not shows(figure, "marker/sub-process")


def test_a_definition_at_the_root_counts() -> None:
    event = model.StartEvent(id="e", event_definition_refs=("m",))
    figure = drawn(event, roots=[model.MessageEventDefinition(id="m")])
    assert shows(figure, "event/message/catch")


OUTLINES: list[tuple[Any, int, float, str]] = [
    (model.StartEvent(id="e"), 1, 0, Dash.NONE),
    (model.StartEvent(id="e", is_interrupting=False), 1, 0, Dash.SHORT),
    (model.IntermediateCatchEvent(id="e"), 2, 0, Dash.NONE),
    (model.BoundaryEvent(id="e", attached_to_ref="a"), 2, 0, Dash.NONE),
    (model.BoundaryEvent(id="e", attached_to_ref="a", cancel_activity=False), 2, 0, Dash.SHORT),
    (model.EndEvent(id="e"), 1, THICK, Dash.NONE),
    (model.CallActivity(id="e"), 1, HEAVY, Dash.NONE),
    (model.Transaction(id="e"), 2, 0, Dash.NONE),
    (model.SubProcess(id="e", triggered_by_event=True), 1, 0, Dash.DOTTED),
    (model.DataStoreReference(id="e"), 4, 0, Dash.NONE),
]


@pytest.mark.parametrize(("element", "count", "width", "dash"), OUTLINES, ids=lambda v: str(v)[:30])
def test_outlines_differ_as_bpmn_says(element: Any, count: int, width: float, dash: str) -> None:
    outline = drawn(element).outline
    assert len(outline) == count
    assert outline[0].dash == dash
    assert outline[0].ink is Ink.PAPER
    assert not width or outline[0].width == width


def test_one_sees_through_a_group() -> None:
    group = model.Group(id="g", category_value_ref="v")
    category = model.Category(
        id="c", category_values=(model.CategoryValue(id="v", value="Payment"),)
    )
    content = definitions([], [shape("g", 0, 0, 300, 200)], roots=[category], artifacts=(group,))
    (figure,) = scene_of(content).figures
    assert figure.outline[0].ink is Ink.LINE
    assert figure.outline[0].dash == Dash.DASH_DOT
    assert figure.texts[0].lines == ("Payment",)


def test_a_folded_event_sub_process_shows_what_starts_it() -> None:
    start = model.StartEvent(id="s", event_definitions=_timer(), is_interrupting=False)
    sub = model.SubProcess(id="e", triggered_by_event=True, flow_elements=(start,))
    figure = drawn(sub, is_expanded=False)
    assert shows(figure, "event/timer/catch")
    assert any(part.draw is Draw.OVAL and part.dash for part in figure.parts)
    assert not drawn(model.SubProcess(id="e", triggered_by_event=True)).parts[3:]


@pytest.mark.parametrize(("said", "filled", "folded"), [
    (None, True, False), (None, False, True), (True, False, False), (False, True, True),
])  # fmt: skip
def test_a_sub_process_is_folded_or_not(said: bool | None, filled: bool, folded: bool) -> None:
    inner = model.Task(id="i")
    sub = model.SubProcess(id="s", name="Sub", flow_elements=(inner,))
    shapes = [shape("s", 0, 0, 300, 200, is_expanded=said)]
    shapes += [shape("i", 50, 50, 100, 80)] if filled else []
    figure = next(f for f in scene_of(definitions([sub], shapes)).figures if f.element == "s")
    assert shows(figure, "marker/sub-process") is folded
    assert (figure.texts[0].at[1] < 50) is not folded


def test_icons_shrink_with_small_tasks() -> None:
    small, usual = (
        drawn(model.UserTask(id="e"), box=(0, 0, *size)) for size in ((40, 30), (100, 80))
    )
    assert _height(small.parts) < _height(usual.parts)


def _height(icon: Icon) -> float:
    ys = [y for part in place(icon, (0, 0), 1) for _, y in part.points]
    return max(ys) - min(ys)


@pytest.mark.parametrize(
    ("numbers", "several"),
    [({}, True), ({"minimum": 1}, False), ({"maximum": 3}, True), ({"minimum": 2}, True)],
)
def test_a_pool_of_several_participants_shows_it(numbers: dict[str, int], several: bool) -> None:
    many = model.ParticipantMultiplicity(id="m", **numbers)
    pool = model.Participant(id="e", participant_multiplicity=many)
    roots = [model.Collaboration(id="c", participants=(pool,))]
    for band, height in ((None, 80), ("bottom_non_initiating", 80), ("bottom_non_initiating", 20)):
        drawing = [shape("e", 0, 0, 600, height, participant_band_kind=band)]
        content = definitions([], drawing, roots=roots)
        assert shows(scene_of(content).figures[0], "marker/parallel") is several


def test_in_a_low_band_the_marker_of_several_stands_behind_the_name() -> None:
    many = model.ParticipantMultiplicity(id="m", minimum=2)
    pool = model.Participant(id="e", name="Supplier", participant_multiplicity=many)
    drawing = [shape("e", 0, 0, 120, 20, participant_band_kind="bottom_non_initiating")]
    roots = [model.Collaboration(id="c", participants=(pool,))]
    (figure,) = scene_of(definitions([], drawing, roots=roots)).figures
    (name,) = figure.texts
    assert name.size == INSIDE
    assert all(extent(part).x > name.box.right for part in figure.parts)
    assert all(extent(part).bottom < 20 for part in figure.parts)


@pytest.mark.parametrize("colours", [(), (PINK,)])
def test_one_sees_through_a_lane_without_a_colour(colours: tuple[Any, ...]) -> None:
    lanes = (model.LaneSet(id="ls", lanes=(model.Lane(id="lane"),)),)
    drawing = [shape("lane", 0, 0, 600, 200, extension_attributes=colours)]
    lane = figure_of(definitions([], drawing, lane_sets=lanes), "lane")
    assert lane.outline[0].ink is (Ink.PAPER if colours else Ink.LINE)
