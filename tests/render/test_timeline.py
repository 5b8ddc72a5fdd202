"""Runs over time: bars where and as long as the trace says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml import model
from bpmn_xml.render.composing.icons.parts import extent
from bpmn_xml.render.drawing import FORMATS, drawn_as
from bpmn_xml.render.output.painter import BOLDER
from bpmn_xml.render.overlay import Progress
from bpmn_xml.render.runs import Naming
from bpmn_xml.render.timeline import DEEPEST, MOST_BARS, WIDTH, moments, timeline
from bpmn_xml.trace.spans import Ending, Span, spans_of
from tests.render.build import parse
from tests.render.replay.told import RUNS, run_of

NOTHING = model.Definitions(id="d")


def span(begun: int, ended: int, node: str = "a", **more: object) -> Span:
    fields = {"instance": "i", "scope": "", "n": 1, "ending": Ending.DONE, **more}
    return Span(node=node, begun=begun, ended=ended, **fields)


def bars(spans: list[Span], by: str = "node", definitions: model.Definitions = NOTHING) -> list:
    job = timeline(spans, definitions, Naming(definitions), by=by, theme="light")
    return [figure for figure in job.scene.figures if figure.kind == "bar"]


def labels(spans: list[Span], by: str, definitions: model.Definitions = NOTHING) -> list[str]:
    job = timeline(spans, definitions, Naming(definitions), by=by, theme="light")
    return [figure.words for figure in job.scene.figures if figure.kind == "row"]


@pytest.mark.parametrize("name", RUNS)
def test_every_span_is_a_bar_where_it_was(name: str) -> None:
    definitions, lines, naming = run_of(name)
    spans = spans_of(lines, naming.waiting())
    found = bars(spans, definitions=definitions)
    assert len(found) == len(spans)
    begun, took = min(s.begun for s in spans), max(s.ended for s in spans)
    scale = WIDTH / (took - begun)
    left = min(bar.box.x for bar in found)
    expected = sorted((s.begun - begun) * scale for s in spans)
    assert sorted(bar.box.x - left for bar in found) == pytest.approx(expected)


def test_what_runs_at_once_stands_one_below_the_other() -> None:
    found = bars([span(0, 10), span(5, 15), span(10, 20)])
    ys = [bar.box.y for bar in found]
    assert ys[0] == ys[2] < ys[1]


def test_a_row_is_not_endlessly_deep_and_says_how_many_more_there_are() -> None:
    spans = [*(span(0, 10) for _ in range(200)), span(10, 20), span(0, 10, "b")]
    found = bars(spans)
    assert len({bar.box.y for bar in found}) == DEEPEST + 1
    assert len(found) == DEEPEST + 2
    assert labels(spans, "node") == ["a, and 176 more", "b"]
    job = timeline(spans, NOTHING, Naming(NOTHING), by="node", theme="light")
    assert job.scene.name.startswith("202 activities")
    _, more = next(figure for figure in job.scene.figures if figure.kind == "row").texts
    assert all(more.box.y > bar.box.bottom for bar in found[:DEEPEST])
    assert more.box.bottom < found[-1].box.y


def test_states_are_said_and_not_only_coloured() -> None:
    spans = [
        span(0, 100, "a", ending=Ending.FAILED),
        span(0, 100, "b", ending=Ending.DONE, waits=True),
        span(0, 100, "c", ending=Ending.INTERRUPTED),
        span(0, 100, "d", ending=Ending.ACTIVE),
        span(0, 100, "e"),
        span(0, 100, "f", ending=Ending.WAITING, waits=True),
    ]
    job = timeline(spans, NOTHING, Naming(NOTHING), by="node", theme="light")
    found = [figure for figure in job.scene.figures if figure.kind == "bar"]
    words = [bar.texts[0].lines[0].partition(", ")[2] for bar in found]
    assert words == ["failed", "waited", "interrupted", "not ended", "", "waiting"]
    states = [job.painter.state(bar) for bar in found]
    assert states == [
        Progress.FAILED, Progress.DONE, Progress.INTERRUPTED, Progress.ACTIVE, Progress.DONE,
        Progress.WAITING,
    ]  # fmt: skip
    highs = [extent(bar.outline[0]).height for bar in found]
    assert highs[1] < highs[0]
    assert {*highs[2:]} == {highs[0]}


def test_the_legend_explains_a_wait_that_is_over_where_there_is_one() -> None:
    def said(*spans: Span) -> object:
        painter = timeline(spans, NOTHING, Naming(NOTHING), by="node", theme="light").painter
        return painter.overlay.words

    waited = span(0, 9, "b", waits=True)
    assert said(waited) == {Progress.DONE: "done (a low bar: waited)"}
    assert said(span(0, 9)) == {Progress.DONE: "done"}


def test_what_is_said_in_a_low_bar_does_not_touch_its_border() -> None:
    bar, text = next((bar, bar.texts[0]) for bar in bars([span(0, 9, "b", waits=True)]))
    border = bar.outline[0].width + BOLDER[Progress.DONE]
    assert not text.outside
    between = extent(bar.outline[0]).height - border
    assert between >= text.size


def test_a_clock_that_never_moved_has_but_one_moment() -> None:
    job = timeline([span(5, 5)], NOTHING, Naming(NOTHING), by="node", theme="light")
    (axis,) = [figure for figure in job.scene.figures if figure.kind == "time"]
    assert [text.lines for text in axis.texts] == [("0",)]
    assert (axis.words, job.scene.name) == ("time, 0 ms", "1 activities in 0 ms")


def test_words_do_not_run_into_the_next_bar() -> None:
    first, second = bars([span(0, 1), span(10, 1000)])
    assert first.texts == ()
    assert second.texts


def test_rows_by_lane_and_by_instance() -> None:
    lane = model.Lane(id="l", name="Sales", flow_node_refs=("a",))
    process = model.Process(
        id="p",
        lane_sets=(model.LaneSet(id="ls", lanes=(lane,)),),
        flow_elements=(model.Task(id="a", name="Sell"), model.Task(id="b")),
    )
    definitions = model.Definitions(id="d", root_elements=(process,))
    spans = [span(0, 1, "a"), span(1, 2, "b"), span(2, 3, "a", instance="j")]
    assert labels(spans, "node", definitions) == ["Sell", "b"]
    assert labels(spans, "lane", definitions) == ["Sales", "no lane"]
    assert labels(spans, "instance", definitions) == ["i", "j"]


LABELS = {
    "name": ("a", "Sell"),
    "of another file": ("Q:x", "Buy"),
    "without a name": ("b", "b"),
    "at a node": ("a%2Fstart", "Sell (start)"),
    "unknown": ("50%25", "50%"),
}


@pytest.mark.parametrize(("node", "expected"), LABELS.values(), ids=LABELS)
def test_rows_are_called_as_people_call_them(node: str, expected: str) -> None:
    process = model.Process(
        id="p", flow_elements=(model.Task(id="a", name="Sell"), model.Task(id="b"))
    )
    definitions = model.Definitions(id="d", root_elements=(process,))
    assert Naming(definitions, labels={"Q:x": "Buy"}).label(node) == expected


def test_rows_by_worker_begin_when_the_worker_is_free() -> None:
    spans = [
        span(0, 400_000, by="worker-1"),
        span(0, 900_000, "b", by="worker-1"),
        span(0, 900_000, "c", by="loop"),
    ]
    waited = span(900_000, 990_000, "w")
    assert labels([*spans, waited], "worker") == ["worker-1", "loop", "no worker"]
    found = bars(spans, "worker")
    assert [bar.texts[0].lines[0] for bar in found] == ["a, 400 ms", "b, 500 ms", "c, 900 ms"]
    assert found[0].box.right == pytest.approx(found[1].box.x)
    assert found[0].box.y == found[1].box.y


def test_a_bar_says_what_it_is_of_where_the_row_does_not() -> None:
    spans = [span(0, 60_000, "name"), span(100_000, 1_000_000)]
    texts = [bar.texts[0].lines[0] for bar in bars(spans, "instance")]
    assert texts == ["name", "a, 900 ms"]


@pytest.mark.parametrize("kind", FORMATS)
def test_it_can_be_had_in_every_format(kind: str) -> None:
    definitions, lines, naming = run_of("order")
    spans = spans_of(lines, naming.waiting())
    job = timeline(spans, definitions, naming, by="node", theme="dark")
    assert len(drawn_as(kind, job)[0]) > 1000


@pytest.mark.parametrize("spans", [[], [span(5, 5)]], ids=["nothing", "a moment"])
def test_nothing_and_no_time_can_be_drawn(spans: list) -> None:
    job = timeline(spans, NOTHING, Naming(NOTHING), by="node", theme="light")
    assert parse(drawn_as("svg", job)[0]) is not None


def test_of_very_many_the_first_are_drawn() -> None:
    assert len(bars([span(n, n + 1) for n in range(MOST_BARS + 5)])) == MOST_BARS


def test_names_are_only_text() -> None:
    evil = "<script>alert(1)</script>\x00"
    process = model.Process(id="p", flow_elements=(model.Task(id="check", name=evil),))
    content = model.Definitions(id="d", root_elements=(process,))
    job = timeline([span(0, 9, "check")], content, Naming(content), by="node", theme="light")
    for kind in ("svg", "html"):
        assert b"<script>alert" not in drawn_as(kind, job)[0]
    assert b"=<" not in drawn_as("dot", job)[0]


@pytest.mark.parametrize("by", ["node", "instance"])
def test_what_a_trace_calls_things_is_only_text(by: str) -> None:
    shown = labels([span(0, 5, "a\x1b[2J\u202eb", instance="i\x00\x1bj")], by)
    assert shown == [{"node": "a[2Jb", "instance": "ij"}[by]]


@pytest.mark.parametrize("took", [0, 1, 7, 999, 10**6, 59 * 10**6, 10**10, 10**13, 10**15])
def test_moments_are_few_and_within(took: int) -> None:
    found = [*moments(took)]
    assert found[0] == 0
    assert found[-1] <= took
    assert len(found) <= 10


def test_the_words_behind_the_last_bar_are_seen_whole() -> None:
    spans = [span(0, 100_000), span(99_900, 100_000, "A name of a task that is quite long")]
    scene = timeline(spans, NOTHING, Naming(NOTHING), by="lane", theme="light").scene
    assert all(text.box.right < scene.frame.right for bar in scene.figures for text in bar.texts)


def test_bars_that_follow_each_other_do_not_overlap() -> None:
    """The border of each lies within its time, however wide its state makes it."""
    states = [Ending.FAILED, Ending.WAITING, Ending.DONE]
    spans = [span(n * 10, n * 10 + 10, ending=ending) for n, ending in enumerate(states)]
    job = timeline(spans, NOTHING, Naming(NOTHING), by="node", theme="light")
    found = [figure for figure in job.scene.figures if figure.kind == "bar"]
    half = [(bar.outline[0].width + job.painter.bolder(bar)) / 2 for bar in found]
    drawn = [extent(bar.outline[0]).grown(by) for bar, by in zip(found, half, strict=True)]
    assert all(one.right <= other.x + 0.01 for one, other in pairwise(drawn))
