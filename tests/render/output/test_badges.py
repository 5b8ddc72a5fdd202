from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.render.composing.icons.parts import extent
from bpmn_xml.render.geometry import Box, around, common
from bpmn_xml.render.output.badges import HALO, Badge, legend, pills, with_room
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.overlay import Edit, Found, Mark, Overlay, Progress, State
from bpmn_xml.render.theme import LIGHT
from tests.render.build import definitions, edge, flow, order, shape
from tests.render.scenes import scene_of


def _badges(content: model.Definitions, marks: dict[str, Mark]) -> dict[str, list[Badge]]:
    found: dict[str, list[Badge]] = {}
    overlay = Overlay(marks=marks, legend=False)
    for badge in pills(scene_of(content), Painter(LIGHT, overlay)):
        found.setdefault(badge.element, []).append(badge)
    return found


def _words(badge: Badge) -> str:
    return " ".join(line for text in badge.texts for line in text.lines)


def _box(badge: Badge) -> Box:
    return extent(badge.parts[0]).grown(-HALO / 2)


def test_without_a_run_there_are_none() -> None:
    assert pills(scene_of(order()), Painter(LIGHT)) == ()
    assert legend(scene_of(order()), Painter(LIGHT)) == ()


def test_an_activity_has_its_count_above_and_its_duration_below() -> None:
    mark = Mark(state=Progress.DONE, count=12, duration="3 s", remark="slow")
    upper, lower = _badges(order(), {"task": mark})["task"]
    assert (_words(upper), _words(lower)) == ("12", "3 s · slow")
    assert _box(upper).centre[1] == pytest.approx(60)
    assert _box(lower).centre[1] == pytest.approx(142)


def test_an_event_has_its_count_at_a_corner_and_its_duration_above() -> None:
    upper, above = _badges(order(), {"end": Mark(state=Progress.DONE, count=2, duration="1 s")})[
        "end"
    ]
    assert (_words(upper), _words(above)) == ("2", "1 s")
    assert _box(upper).x == pytest.approx(436 - 12)
    assert _box(above).centre[0] == pytest.approx(418)
    assert _box(above).bottom < _box(upper).y


def test_where_others_are_over_it_says_how_many_are_not() -> None:
    mark = Mark(state=Progress.WAITING, count=3, now=1)
    assert _words(_badges(order(), {"task": mark})["task"][0]) == "1 of 3"


@pytest.mark.parametrize(("width", "told"), [(70, "1 min 15 s"), (100, "1 failed")])
def test_a_duration_lies_on_no_marker(width: int, told: str) -> None:
    loop = model.MultiInstanceLoopCharacteristics(id="m")
    content = definitions(
        [model.Task(id="a", loop_characteristics=loop)], [shape("a", 0, 0, width, 80)]
    )
    (figure,) = scene_of(content).figures
    mark = Mark(state=Progress.DONE, count=3, duration=told)
    _, foot = _badges(content, {"a": mark})["a"]
    assert figure.parts
    assert not sum(common(_box(foot), extent(part).grown(1)) for part in figure.parts)


def test_a_pill_covers_no_arrow_head() -> None:
    """The flow comes from above, so the state stands beside the event."""
    nodes = [model.Task(id="a"), model.EndEvent(id="end"), flow("a", "end")]
    drawn = [shape("end", 0, 60, 36, 36), edge("a_end", (18, 30), (18, 60))]
    marks = {"end": Mark(state=Progress.DONE, count=1000, duration="1 min 15 s")}
    marks["a_end"] = Mark(state=Progress.DONE, count=12)
    tip = Box(14, 51, 8, 9)
    found = _badges(definitions(nodes, drawn), marks)
    assert [common(_box(pill), tip) for pills in found.values() for pill in pills] == [0, 0, 0]


@pytest.mark.parametrize(
    ("state", "ground"),
    [(Edit.CHANGED, LIGHT.states[Edit.CHANGED].line), (Progress.DONE, LIGHT.badge)],
)
def test_a_flow_says_its_change_in_its_colour(state: State, ground: str) -> None:
    (pill,) = _badges(order(), {"start_task": Mark(state=state, value="it")})["start_task"]
    assert pill.paint.line == ground


@pytest.mark.parametrize("state", [s for s in Progress if s is not Progress.UNTOUCHED])
def test_every_state_has_its_own_sign(state: Progress) -> None:
    (pill,) = _badges(order(), {"task": Mark(state=state)})["task"]
    assert len(pill.parts) > 1
    assert pill.paint.line == LIGHT.states[state].line


def test_an_untouched_element_has_none_but_for_a_badge() -> None:
    assert not _badges(order(), {"task": Mark()})
    assert _words(_badges(order(), {"task": Mark(remark="stub")})["task"][1]) == "stub"


def test_a_flow_has_its_count_in_the_middle() -> None:
    (pill,) = _badges(order(), {"start_task": Mark(state=Progress.DONE, count=5)})["start_task"]
    assert _words(pill) == "5"
    assert _box(pill).centre == pytest.approx((118, 100))


@pytest.mark.parametrize(
    ("end", "expected"),
    [((40, 0), (20, -16)), ((0, 30), (25.5, 15)), ((200, 0), (100, 0)), ((0, 90), (0, 45))],
    ids=["short", "short, down", "long", "long, down"],
)
def test_a_pill_stands_beside_a_short_flow(end: tuple, expected: tuple) -> None:
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b")]
    content = definitions(nodes, [edge("a_b", (0, 0), end)])
    (pill,) = _badges(content, {"a_b": Mark(state=Progress.DONE, value="added")})["a_b"]
    assert _box(pill).centre == pytest.approx(expected, abs=4)


def test_a_count_does_not_cover_the_name_of_its_flow() -> None:
    label = model.BPMNLabel(bounds=model.Bounds(x=130, y=30, width=40, height=14))
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b", name="yes")]
    drawn = [edge("a_b", (100, 40), (200, 40), label=label)]
    content = definitions(nodes, drawn)
    (text,) = scene_of(content).lines[0].texts
    (pill,) = _badges(content, {"a_b": Mark(state=Progress.DONE, count=5)})["a_b"]
    assert common(text.box, _box(pill)) == 0


def test_a_duration_does_not_cover_a_boundary_event() -> None:
    nodes = [model.Task(id="a"), model.BoundaryEvent(id="e", attached_to_ref="a")]
    event = shape("e", 0, 62, 36, 36)
    content = definitions(nodes, [shape("a", 0, 0, 100, 80), event])
    pills = _badges(content, {"a": Mark(state=Progress.DONE, count=1, duration="1 s")})["a"]
    assert common(Box(4, 66, 28, 28), _box(pills[1])) == 0


def test_the_pill_of_an_event_stands_on_no_task() -> None:
    nodes = [model.EndEvent(id="end"), model.Task(id="next"), model.Task(id="before")]
    drawn = [shape("end", 150, 122, 36, 36), shape("next", 200, 100, 100, 80)]
    drawn.append(shape("before", 30, 100, 100, 80))
    marks = {"end": Mark(state=Found.ERROR, value="EXT107 EXT150")}
    (pill,) = _badges(definitions(nodes, drawn), marks)["end"]
    assert _box(pill).bottom < 122


def test_where_the_foot_is_full_one_pill_says_all() -> None:
    """A pill that floats above an activity could be anybody's."""
    events = [model.BoundaryEvent(id=f"e{n}", attached_to_ref="a") for n in range(3)]
    drawn = [shape(f"e{n}", 82 + 36 * n, 162, 36, 36) for n in range(3)]
    content = definitions([model.Task(id="a"), *events], [shape("a", 100, 100, 100, 80), *drawn])
    (pill,) = _badges(content, {"a": Mark(state=Progress.DONE, count=2, duration="1 s")})["a"]
    assert _words(pill) == "2 · 1 s"
    assert _box(pill).centre[1] == pytest.approx(100)


def test_the_legend_names_the_states_that_occur() -> None:
    overlay = Overlay(marks={"task": Mark(state=Progress.ACTIVE)})
    one, other = legend(scene_of(order()), Painter(LIGHT, overlay))
    assert (_words(one), _words(other)) == ("active", "not reached")
    assert one.texts[0].box.right < other.texts[0].box.x


def test_the_pill_of_a_small_shape_leaves_a_name_readable() -> None:
    gate = model.ExclusiveGateway(id="g", name="Which way?")
    label = model.BPMNLabel(bounds=model.Bounds(x=145, y=84, width=70, height=14))
    drawn = [shape("g", 100, 100, 50, 50, label=label)]
    (pill,) = _badges(definitions([gate], drawn), {"g": Mark(state=Progress.DONE, count=1)})["g"]
    box = _box(pill)
    assert box.right <= 145 or box.y >= 98
    free = definitions([model.ExclusiveGateway(id="g")], [shape("g", 100, 100, 50, 50)])
    (usual,) = _badges(free, {"g": Mark(state=Progress.DONE, count=1)})["g"]
    assert _box(usual).x == pytest.approx(138)
    assert _box(usual).centre[1] == pytest.approx(100)


def test_the_picture_has_room_for_what_stands_at_its_edge() -> None:
    content = definitions([model.EndEvent(id="end")], [shape("end", 0, 0, 36, 36)])
    scene, marks = scene_of(content), {"end": Mark(state=Found.ERROR, remark="BX601 EXT023 " * 2)}
    found = pills(scene, Painter(LIGHT, Overlay(marks=marks)))
    framed = with_room(scene, found)
    assert around([framed.frame, *(_box(pill).grown(4) for pill in found)]) == framed.frame
    assert framed.frame.right > scene.frame.right
    assert with_room(scene, ()) == scene


def test_a_wide_pill_stands_above_its_event_rather_than_on_its_neighbours() -> None:
    ids = ("before", "end", "next")
    shapes = [shape(id_, 60 * number, 22, 36, 36) for number, id_ in enumerate(ids)]
    content = definitions([model.EndEvent(id=id_) for id_ in ids], shapes)
    (_, pill) = _badges(content, {"end": Mark(state=Found.ERROR, remark="BX601 EXT023")})["end"]
    assert _box(pill).centre == pytest.approx((78, 5))


def test_a_long_pill_stays_between_the_neighbours_of_its_activity() -> None:
    """Tasks in a row as an editor spaces them; the middle one's foot is full."""
    ids = ("before", "a", "next")
    shapes = [shape(id_, 150 * number, 100, 100, 80) for number, id_ in enumerate(ids)]
    event = model.BoundaryEvent(id="e", attached_to_ref="a")
    nodes = [*(model.Task(id=id_) for id_ in ids), event]
    told = Mark(
        state=Progress.DONE, count=12, now=10, duration="26 ms", remark="1 failed, 2 errors"
    )
    content = definitions(nodes, [*shapes, shape("e", 207, 162, 36, 36)])
    done = Mark(state=Progress.DONE, count=1)
    made = _badges(content, {"before": done, "a": told, "next": done})
    (pill,) = made["a"]
    middle, (before,) = _box(pill), made["before"]
    assert middle.right - middle.x > 180
    assert common(middle, _box(before)) == 0
    assert common(middle, Box(300, 100, 100, 80)) < 60
    assert middle.bottom > 100
