"""What is sound and what is not: a table of processes, and reduction changes no answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given

from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.soundness import fragments, reduction
from bpmn_xml.check.soundness.analysis import parted, problems
from bpmn_xml.check.soundness.findings import soundness
from bpmn_xml.check.soundness.kernel import build
from bpmn_xml.check.soundness.skeleton import GATEWAYS, Surroundings, skeleton
from bpmn_xml.check.soundness.space import HEAVY, explore
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, judge
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.program import Kind
from bpmn_xml.errors import Finding
from bpmn_xml.formats import read
from bpmn_xml.formats.xml.namespaces import MODEL
from tests.check.soundness.graphs import drawings
from tests.core.drawn import drafts
from tests.costs import calls

SOUND = [
    "s > t1 > e",
    "s > x; x > t1 > y; x > t2 > y; y > e",
    "s > p; p > t1 > j; p > t2 > j; j > e",
    "s > o; o > t1 > i; o > t2 > i; i > e",
    "s > p; p > t1 > e1; p > t2 > e2",
    "s > p; p > t1 > e; p > t2 > e",
    "s > y > t1 > x > e; x > t2 > y",
    "s > y > p; p > t1 > j; p > t2 > j; j > x > e; x > y",
    "s > p; p > t1 > i; p > x; x > t2 > i; x > e; i > e",
    "s > p; p > t1 > e; p > t2 > q",
    "s > t1 > e; t1 !b1; b1 > t2 > e2",
    "s > z1 > e; z1: s1 > p1; z1: p1 > t1 > j1; z1: p1 > t2 > j1; z1: j1 > e1",
    "s > t1; t1 > t2; t1 > t3",
    "t1 > j; t2 > j; j > e",
    "s > g; g > c1 > y; g > c2 > y; y > e",
    "s > o > t1 > e",
]

# text, what is wrong: trouble, where, always
UNSOUND = [
    ("s > x; x > t1 > j; x > t2 > j; j > e", [("DEADLOCK", "j", True)]),
    ("s > o; o > t1 > j; o > t2 > j; j > e", [("DEADLOCK", "j", False)]),
    ("s > p; p > t1 > y; p > t2 > y; y > t3 > e", [("UNSAFE", "y", True)]),
    ("s > o; o > t1 > y; o > t2 > y; y > t3 > e", [("UNSAFE", "y", False)]),
    ("s > t1 > t3; t1 > t2 > t3; t3 > e", [("UNSAFE", "t3", True)]),
    ("s > y > p; p > t1 > y; p > t2 > e", [("UNBOUNDED", "e", True)]),
    ("s > y > t1 > x; x > t2 > y; x > t3 > y", [("NO_END", "P", True)]),
    ("s > x; x > e; x > y > t1 > x2; x2 > t2 > y; x2 > t3 > y", [("LIVELOCK", "y", False)]),
    ("s > j > t1 > x > e; x > j", [("DEADLOCK", "j", True)]),
    (
        "s > p; p > x1; p > x2; x1 > j1; x1 > t2 > j2; x2 > t3 > j1; x2 > j2; j1 > e1; j2 > e2",
        [("DEADLOCK", "j1", False), ("DEADLOCK", "j2", False)],
    ),
    ("s > z1 > e; z1: s1 > x1; z1: x1 > j1; z1: x1 > t1 > j1", [("DEADLOCK", "j1", True)]),
    (
        "s > p; p > x; x > t1 > j; x > t2 > j; j > j2; p > t3 > j2; j2 > e",
        [("DEADLOCK", "j", True)],
    ),
    ("s > j; s > x; x > j; x > e; j > t1 > e", [("DEADLOCK", "j", False)]),
    ("s > j > t1 > e; x > y; y > x; y > j", [("DEADLOCK", "j", True)]),
    ("s > t1 > j; t1 !b1; b1 > t2 > j; j > e", [("DEADLOCK", "j", True)]),
    (
        "s > p; p > x1; p > x2; x1 > j1; x2 > j2; x1 > j3; x2 > j3; j1 > e; j2 > e; j3 > e",
        [("DEADLOCK", "j3", False)],
    ),
]


def told(text: str, **given_: Any) -> list[tuple[str, str, bool]]:
    return told_of(drafts(text, **given_))


def told_of(drawn: Drafts) -> list[tuple[str, str, bool]]:
    return [(p.trouble.name, p.where, p.always) for p in problems(drawn)]


@pytest.mark.parametrize("text", SOUND)
def test_sound(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "expected"), UNSOUND)
def test_unsound(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert sorted(told(text)) == sorted(expected)


LARGE = {
    "a row": "s > " + " > ".join(f"t{i}" for i in range(12_000)) + " > e",
    "boundary events": "s > t > e; " + "; ".join(f"t !b{i}" for i in range(8_000)),
    "a star": "; ".join(["s > t", *[f"t > t{i}" for i in range(2_000)]]),
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_large_processes_are_judged_in_so_many_calls(text: str) -> None:
    """The dearest takes 7 million calls."""
    drawn = drafts(text)
    told: list[Any] = []
    assert calls(lambda: told.extend(told_of(drawn))) < 11_000_000
    assert {trouble for trouble, _, _ in told} <= {"UNKNOWN"}


def test_ways_that_meet_again_and_again_do_not_multiply() -> None:
    """Each of nine gateways leads to all three of the next row: 3 ** 30 runs through thirty."""
    rows = [[f"p{row}_{at}" for at in range(3)] for row in range(12)]
    flows = [f"{a} > {b}" for row, next_ in pairwise(rows) for a in row for b in next_]
    drawn = drafts("; ".join(["s > p", *(f"p > {a}" for a in rows[0]), *flows]))
    graph = skeleton(parted(drawn)[""], drawn.containers[0], Surroundings())
    reduction.reduce(graph)
    assert max(len(way.path) for _, _, way in graph.edges(data="way")) < 3 * len(drawn.flows)


@pytest.mark.parametrize("passed_on", [False, True], ids=["apart", "a message begins the next"])
def test_many_processes_of_one_file_are_judged_at_the_price_of_one_each(passed_on: bool) -> None:
    def price(count: int) -> int:
        drawn_as = (
            '<startEvent id="s{0}"/><sequenceFlow id="f{0}" sourceRef="s{0}" targetRef="e{0}"/>'
        )
        inside = [f"{drawn_as.format(n)}<endEvent id='e{n}'/>" for n in range(count)]
        text = "".join(
            f'<process id="P{n}" isExecutable="true">{one}</process>'
            for n, one in enumerate(inside)
        )
        pools = [f'<participant id="p{n}" processRef="P{n}"/>' for n in range(count)]
        messages = [
            f'<messageFlow id="m{n}" sourceRef="e{n}" targetRef="s{n + 1}"/>'
            for n in range(count - 1)
        ]
        if passed_on:
            text += f'<collaboration id="C">{"".join([*pools, *messages])}</collaboration>'
        drawn = read(
            f'<definitions xmlns="{MODEL}" targetNamespace="u">{text}</definitions>'.encode()
        )
        return calls(lambda: list(soundness(drawn)))

    price(1)  # what is made once
    assert price(80) < 5 * price(20)


def test_a_process_is_searched_once_however_many_call_it() -> None:
    """Each calls the next six times at once, and a move ends any of the six."""

    def called(number: int, at: int) -> str:
        return (
            f'<callActivity id="c{number}_{at}" calledElement="P{number + 1}"/><sequenceFlow '
            f'id="f{number}_{at}" sourceRef="s{number}" targetRef="c{number}_{at}"/>'
        )

    def price(count: int) -> int:
        inside = ["".join(called(n, at) for at in range(6)) for n in range(count)]
        text = "".join(
            f'<process id="P{n}"><startEvent id="s{n}"/>{one}</process>'
            for n, one in enumerate([*inside, ""])
        )
        drawn = read(
            f'<definitions xmlns="{MODEL}" targetNamespace="u">{text}</definitions>'.encode()
        )
        return calls(lambda: list(soundness(drawn)))

    price(1)  # what is made once
    assert price(6) < 8 * price(1)


def test_a_way_leads_to_the_problem() -> None:
    (problem,) = problems(drafts("s > x; x > t1 > j; x > t2 > j; j > e"))
    assert problem.path == ("s", "s-x", "x", "x-t1", "t1", "t1-j", "j")
    assert problem.lacking == ("t2-j",)


def test_a_boundary_event_that_does_not_interrupt_doubles_the_token() -> None:
    text = "s > t1 > y > t3 > e; t1 !b1; b1 > t2 > y"
    assert told(text) == []
    assert told(text, soft=["b1"]) == [("UNSAFE", "y", False)]


def test_what_always_fails_inside_never_ends_well() -> None:
    text = "s > z1 > t1 > e; z1 !FAULT:b1; b1 > t2 > e2; z1: s1 > t3 > f"
    assert told(text) == [("DEAD", "z1-t1", False)]
    joined = "s > p; p > z1 > j; p > t1 > j; j > e; z1 !FAULT:b1; b1 > t2 > e2; z1: s1 > f"
    assert told(joined) == [("DEAD", "z1-j", False), ("DEADLOCK", "j", True)]
    assert told(joined.replace("s1 > f", "s1 > e1")) == [("DEADLOCK", "j", False)]


LEFT = {
    "ways side by side, of which one fails": ("s1 > p1; p1 > t3 > f; p1 > t4 > e1", False),
    "unless all is terminated before": ("s1 > p1; p1 > t3 > f; p1 > t4 > q1", True),
    "a loop that only fails": ("s1 > y > t3 > x; x > y; x > f", False),
    "unless another way leads out of it": ("s1 > y > t3 > x; x > y; x > f; x > e1", True),
    "a way from the border": ("s1 > t3 > f; t3 !b3; b3 > e1", True),
    "an event sub-process that may end all": ("s1 > t3 > f; v1", True),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "left"), LEFT.values(), ids=LEFT)
def test_what_is_behind_a_sub_process_is_dead_if_every_run_of_it_fails(
    inside: str, left: bool
) -> None:
    parts = "; ".join(f"z1: {part}" for part in inside.split("; "))
    text = f"s > z1 > t1 > e; z1 !FAULT:b1; b1 > t2 > e2; {parts}"
    assert told(text) == ([] if left else [("DEAD", "z1-t1", False)])


def test_to_terminate_frees_what_waits() -> None:
    text = "s > p; p > t1 > j; p > x; x > t2 > j; x > q; j > e"
    assert told(text) == []
    assert told(text.replace("q", "e")) == [("DEADLOCK", "j", False)]


def test_what_is_never_reached_is_told_once() -> None:
    text = "s > p; p > x1; p > x2; x1 > e; x1 > j; x2 > j; x2 > e; j > q"
    assert ("DEADLOCK", "j", False) in told(text)


def test_an_element_without_a_role_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(GATEWAYS, Kind.EXCLUSIVE_GATEWAY)
    found = list(problems(drafts("s > x > e")))
    assert [(problem.trouble, problem.where) for problem in found] == [(Trouble.UNKNOWN, "x")]


def test_a_gateway_that_waits_for_all_events_splits() -> None:
    text = "s > g; g > c1 > j; g > c2 > j; j > e"
    assert told(text) == [("DEADLOCK", "j", True)]
    assert told(text, needs_all=["g"]) == []


GROWS = [("UNBOUNDED", name, False) for name in ("t1", "y")]
COUNTED = [
    ("s > t1 > t2 > e", {"t1": (1, 3), "t2": (3, 1)}, []),
    ("s > t1 > t2 > e", {"t1": (1, 3)}, []),
    ("s > p; p > t1 > t3; p > t2 > t3; t3 > e", {"t3": (2, 1)}, []),
    ("s > t1 > t2 > e", {"t1": (1, 3), "t2": (2, 1)}, [("DEADLOCK", "t2", True)]),
    ("s > x; x > t1 > t3; x > t2 > t3; t3 > e", {"t3": (2, 1)}, [("DEADLOCK", "t3", True)]),
    ("s > y > t1 > x > e; x > y", {"t1": (1, 2)}, GROWS),
    ("s > t1 > t3 > e; t1 !b1; b1 > t2 > e2", {"t1": (1, 2), "t3": (2, 1)}, []),
    ("s > t1 > t2 > e; t1 !b1; b1 > t2", {"t1": (1, 2), "t2": (2, 1)}, [("DEADLOCK", "t2", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantities", "expected"), COUNTED)
def test_tokens_are_counted(text: str, quantities: Any, expected: list[Any]) -> None:
    assert sorted(told(text, quantities=quantities)) == expected


THREE = "s > p; p > t1 > d; p > t2 > d; p > t3 > d; d > t4 > e"
EITHER = "s > x; x > t1 > d; x > t2 > d; d > t4 > e"
COMPLEX = [
    (THREE, "activationCount >= 2", []),
    (THREE, "activationCount >= 4", [("DEADLOCK", "d", True)]),
    (EITHER, "activationCount >= 1", []),
    (EITHER, "activationCount >= 2", [("DEADLOCK", "d", True)]),
    (THREE.replace("d > t4", "d >[n > 4] t5 > e2; d >[n > 5] t4"), "activationCount >= 3", []),
    (
        THREE.replace("d > t4", "d >[waitingForStart] t4 > j; d >[not waitingForStart] t5 > j; j"),
        "activationCount >= 1",
        [],
    ),
    (
        THREE.replace("d > t4", "d >[waitingForStart] t4 > j; d >[not waitingForStart] t5 > j; j"),
        "activationCount >= 3",
        [("DEADLOCK", "j", True), ("DEAD", "d-t5", False)],
    ),
    (THREE, "n > 1", [("UNKNOWN", "d", False)]),
]


@pytest.mark.parametrize(("text", "activation", "expected"), COMPLEX)
def test_a_complex_gateway_waits_for_what_it_says(
    text: str, activation: str, expected: list[Any]
) -> None:
    assert told(text, activation={"d": activation}) == expected


def test_a_container_with_a_hole_is_not_known() -> None:
    given_drafts = drafts("s > t1 > e")
    del given_drafts.nodes[1]
    assert [(p.trouble, p.where) for p in problems(given_drafts)] == [(Trouble.UNKNOWN, "t1")]


def test_a_flow_to_an_event_sub_process_is_not_known() -> None:
    found = list(problems(drafts("s > v1 > e; v1: s1 > e1")))
    assert [(p.trouble, p.where) for p in found] == [(Trouble.UNKNOWN, "v1")]


def test_too_much_is_not_known() -> None:
    drawn = drafts("s > p; p > t1 > i; p > x; x > t2 > i; x > e; i > e")
    assert list(problems(drawn)) == []
    (problem,) = problems(drawn, most=1)
    assert (problem.trouble, problem.where) == (Trouble.UNKNOWN, "P")
    assert problem.moves > 1


def test_a_move_of_very_many_tokens_counts_more() -> None:
    text = "; ".join(["s > p", *(f"p > t{number}" for number in range(10 * HEAVY))])
    given_drafts = drafts(text)
    space = explore(build(skeleton(given_drafts, given_drafts.containers[0])), 100)
    assert not space.complete
    assert len(space.points) < 100 // 10


OVERLAPPING = (
    "P > o?; o? > t1? > i?; o? > t2? > p?; o? > t3? > k?; p? > i?; p? > t4? > k?; i? > k?; k? > J"
)
ENDING = "P > t1?; P > x?; x? > t2? > i?; x? > e?; t1? > i?; i? > J"


@pytest.mark.parametrize("part", [OVERLAPPING.replace("p?", "o2?").replace("k?", "i2?"), ENDING])
def test_parts_side_by_side_are_not_multiplied(part: str) -> None:
    """Eight of them have more than a million markings."""
    eight = "; ".join(part.replace("?", f"_{number}") for number in range(8))
    text = f"s > P; {eight}; J > e".replace("P", "p0").replace("J", "j0")
    assert told(text) == []
    assert told(text.replace("j0 > e", "j0 > x9 > e; x9 > j9 > e")) == []
    (waits,) = told(text.replace("s > p0", "s > x9 > p0; x9 > j0"))
    assert waits == ("DEADLOCK", "j0", True)


@given(drawings(9))
def test_searching_parts_alone_changes_no_answer(text: str) -> None:
    drawn = drafts(text)
    graph = skeleton(drawn, drawn.containers[0])
    reduction.reduce(graph)
    whole = kinds(judge("P", build(graph), 1_000))
    assume("UNKNOWN" not in whole)
    while not reduction.is_sound(graph) and fragments.replace(graph):
        reduction.reduce(graph)
    left = set() if reduction.is_sound(graph) else kinds(judge("P", build(graph), 1_000))
    assert left == whole


KINDS = {"UNBOUNDED": "UNSAFE", "NO_END": "LIVELOCK"}


def kinds(found: Iterator[Flaw]) -> set[str]:
    """The kinds of problem; what is dead may be part of what was reduced."""
    names = {problem.trouble.name for problem in found if problem.trouble is not Trouble.DEAD}
    return {KINDS.get(name, name) for name in names}


@given(drawings())
def test_reduction_changes_no_answer(text: str) -> None:
    drawn = drafts(text)
    graph = skeleton(drawn, drawn.containers[0])
    whole = kinds(judge("P", build(graph), 1_000))
    assume("UNKNOWN" not in whole)
    reduction.reduce(graph)
    left = set() if reduction.is_sound(graph) else kinds(judge("P", build(graph), 1_000))
    assert left == whole or "UNSAFE" in left & whole


UNASKED = {
    "no other after one without": ("s > x >[n > 1] j; x > e; x >* a1 > j; j > e",
        [("DEADLOCK", "j", False)]),
    "which a parallel join may need": ("s > p; p > j > e; p > x >[n > 1] e; x > e2; x > j",
        [("DEADLOCK", "j", True)]),
    "an inclusive gateway always takes it": ("s > o >[n > 1] a1 > j; o > j; o > y > e; j > y",
        [("DEADLOCK", "j", True), ("UNSAFE", "y", True)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNASKED.values(), ids=UNASKED)
def test_where_others_have_a_condition_a_flow_without_one_is_taken_as_by_the_engine(
    text: str, expected: list[tuple[str, str, bool]]
) -> None:
    found = list(problems(drafts(text), runs=True))
    assert [(flaw.trouble.name, flaw.where, flaw.always) for flaw in found] == expected


UNWRITTEN = [*SOUND, *[text for text, _ in UNSOUND], "s > x >* a1 > e; x > a2 > j; x > a3 > j"]


@pytest.mark.parametrize("text", UNWRITTEN)
def test_a_gateway_whose_conditions_are_not_written_yet_may_take_any_flow(text: str) -> None:
    drawn = drafts(text)
    assert list(problems(drawn, runs=True)) == list(problems(drawn))


def test_conditions_count_as_moves_do() -> None:
    lines = [f"o > a{n} ? x{n} > 3\na{n} > j" for n in range(40)]
    text = xml(
        "executable\ninclusiveGateway o\nexclusiveGateway j\ns > o\nj > e\n" + "\n".join(lines)
    )
    found: list[Finding] = []
    assert calls(lambda: found.extend(soundness(read(text)))) < 1_200_000
    assert [one.code for one in found] == ["BX602"]
