"""What goes wrong between pools that is right in each: a table of collaborations."""

from __future__ import annotations

import pytest

from bpmn_xml import read
from bpmn_xml.check.soundness import collaboration as talks
from bpmn_xml.check.soundness import reduction
from bpmn_xml.check.soundness.conversation import MANY
from bpmn_xml.check.soundness.findings import flaws, soundness
from bpmn_xml.check.soundness.witness import Pilot
from bpmn_xml.errors import Severity
from tests.check.soundness.pools import collaboration

SOUND = {
    "a message begins the other pool": "s1 > h1 > e1 | S2 > t2 > e2; h1 -> S2",
    "question and answer": "s1 > d1 > r1 > e1 | S2 > h2 > e2; d1 -> S2; h2 -> r1",
    "a task sends": "s1 > t1 > e1 | s2 > r2 > e2; t1 -> r2",
    "an end event sends": "s1 > E1 | S2 > E2 | S3 > e3; E1 -> S2; E2 -> S3",
    "ask again": "s1 > x1 > h1 > c1 > x2 > e1; x2 > x1 | S2 > h2 > e2; h1 -> S2; h2 -> c1",
    "either of two": "s1 > x1 > h1 > e1; x1 > h2 > e1 | s2 > g2; g2 > c1 > e2; g2 > c2 > e2;"
    " h1 -> c1; h2 -> c2",
    "or a timer": "s1 > x1 > h1 > e1; x1 > e1 | s2 > g2; g2 > c2 > e2; g2 > T2 > e2; h1 -> c2",
    "or a timer at the border": "s1 > x1 > h1 > e1; x1 > e1 | s2 > r2 > e2; r2 !b2; b2 > e2;"
    " h1 -> r2",
    "an interruption that may not come": "s1 > x1 > h1 > e1; x1 > e1 | s2 > t2 > e2; t2 !B2;"
    " B2 > e2; h1 -> B2",
    "in any order": "s1 > p1; p1 > h1 > p2; p1 > h2 > p2; p2 > e1 | s2 > p3; p3 > c1 > p4;"
    " p3 > c2 > p4; p4 > e2; h1 -> c1; h2 -> c2",
    "many, then the last": "s1 > x1 > h1 > x2 > h2 > e1; x2 > x1 | s2 > x3 > g2; g2 > c1 > x3;"
    " g2 > c2 > e2; h1 -> c1; h2 -> c2",
    "from the world": "s1 > x1 > h1 > e1; x1 > e1 | s2 > c2 > e2; h1 -> c2; world -> c2",
    "from inside of a sub-process": "s1 > z1 > e1; z1: s3 > h3 > e3 | s2 > c2 > e2; h3 -> c2",
    "a sub-process awaits what may not come, but is left by a timer": (
        "s1 > x1 > h1 > e1; x1 > e1 | s2 > z2 > e2; z2 !b2; b2 > e2; z2: s3 > c3 > e3; h1 -> c3"
    ),
    "a sub-process in which two things are done at once": (
        "s1 > x1 > h1 > e1; x1 > e1 | s2 > z2 > e2; z2: s3 > p3; z2: p3 > c3 > p4;"
        " z2: p3 > t4 > p4; z2: p4 > e3; h1 -> c3"
    ),
    "sub-processes ask and answer": (
        "s1 > z1 > e1; z1: s3 > h3 > c3 > E3 | s2 > z2 > e2; z2: s4 > c4 > x4 > h4 > x5 > c5 > e4;"
        " z2: x4 > h5 > x5; h3 -> c4; h4 -> c3; h5 -> c3; E3 -> c5"
    ),
    "to the world": "s1 > h1 > e1 | s2 > e2; h1 -> world",
    "one pool after the other": "s1 > x1 > h1 > x2 > h2 > e1; x1 > x2 | S2 > x3 > e2; h1 -> S2;"
    " h2 -> S2",
}  # fmt: skip

SOUND["to one of two in a pool"] = (
    "s1 > x1 > d1 > r1 > x2 > x1; x2 > d2 > e1 | S2 > x3 > h3 > g2; g2 > c1 > x3; g2 > c2 > e2;"
    " d1 -> S2; d1 -> c1; h3 -> r1; d2 -> c2"
)

UNSOUND = {
    "cut off before it answers": (
        "s1 > d1 > r1 > e1 | S2 > p2; p2 > d2 > e2; p2 > q2; d1 -> S2; d2 -> r1",
        [("DEADLOCK", "r1", False)],
    ),
    "both wait": (
        "s1 > c1 > h1 > e1 | s2 > c2 > h2 > e2; h1 -> c2; h2 -> c1",
        [("DEADLOCK", "c1", True), ("DEADLOCK", "c2", True)],
    ),
    "not always sent": (
        "s1 > x1 > h1 > x2 > e1; x1 > x2 | s2 > c2 > e2; h1 -> c2",
        [("DEADLOCK", "c2", False)],
    ),
    "each chooses alone": (
        "s1 > x1 > h1 > e1; x1 > h2 > e1 | s2 > x3; x3 > c1 > e2; x3 > c2 > e2; h1 -> c1; h2 -> c2",
        [("DEADLOCK", "c1", False), ("DEADLOCK", "c2", False)],
    ),
    "no answer on one way": (
        "s1 > d1 > r1 > e1 | S2 > x2 > h2 > e2; x2 > e2; d1 -> S2; h2 -> r1",
        [("DEADLOCK", "r1", False)],
    ),
    "none of what a gateway waits for": (
        ("s1 > x1 > h1 > e1; x1 > h2 > e1; x1 > e1 | s2 > g2; g2 > c1 > e2; g2 > c2 > e2;"
         " h1 -> c1; h2 -> c2"),
        [("DEADLOCK", "g2", False)],
    ),
    "an answer that is asked for too seldom": (
        "s1 > h1 > x1 > c1 > x2 > e1; x2 > x1 | S2 > h2 > e2; h1 -> S2; h2 -> c1",
        [("DEADLOCK", "c1", False)],
    ),
    "each begins by the other": ("S1 > E1 | S2 > E2; E1 -> S2; E2 -> S1",
        [("DEAD", "S1", False), ("DEAD", "S2", False)]),
    "what comes too late": (
        ("s1 > h1 > c1 > h2 > e1 | s2 > g2; g2 > c2 > h3 > e2; g2 > c3 > h3; h1 -> c2; h2 -> c3;"
         " h3 -> c1"),
        [("DEAD", "c3", False)],
    ),
    "a sub-process does not always send": (
        "s1 > z1 > e1; z1: s3 > x3 > h3 > e3; z1: x3 > e3 | s2 > c2 > e2; h3 -> c2",
        [("DEADLOCK", "c2", False)],
    ),
    "a sub-process awaits what does not always come": (
        ("s1 > x1 > h1 > e1; x1 > e1 | s2 > z2 > e2; z2: s3 > z3 > e3; z3: s4 > c4 > e4;"
         " h1 -> c4"),
        [("DEADLOCK", "c4", False)],
    ),
    "asking without end": (
        ("s1 > x1 > h1 > g1; g1 > T1 > x1; g1 > c1 > e1 | S2 > x2 > e2; x2 > h2 > e2; h1 -> S2;"
         " h3 -> c1 | s3 > x3 > e3; x3 > h3 > e3"),
        [("LIVELOCK", "g1", False)],
    ),
}  # fmt: skip


def told(text: str, **given: str) -> list[tuple[str, str, bool]]:
    found = flaws(read(collaboration(text, **given)))
    return sorted((flaw.trouble.name, flaw.where, flaw.always) for flaw, _ in found)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_sound(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "expected"), UNSOUND.values(), ids=UNSOUND)
def test_unsound(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("name", [*SOUND, *UNSOUND])
def test_reduction_changes_no_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, expected = UNSOUND.get(name) or (SOUND[name], [])
    monkeypatch.setattr(reduction, "reduce", lambda _graph: None)
    assert told(text) == expected


def test_a_finding_names_the_message_flow_and_the_way() -> None:
    (found,) = soundness(read(collaboration(UNSOUND["not always sent"][0])))
    assert (found.code, found.severity, found.id) == ("BX601", Severity.WARNING, "c2")
    assert found.message == (
        "it waits for ever: no message can come any more by h1=c2, for example after 's2' > 'c2'"
    )


def test_the_witness_stops_where_it_waits() -> None:
    ((flaw, drafts),) = flaws(read(collaboration(UNSOUND["no answer on one way"][0])))
    *_, (state, _) = Pilot(drafts, flaw).fly()
    assert not state.outcome
    assert flaw.path == ("s1", "s1-d1", "d1", "d1-r1", "r1")


def test_processes_that_are_run_together_are_looked_at_so_too() -> None:
    text = collaboration(UNSOUND["both wait"][0]).replace(b"<process", b'<process isExecutable="1"')
    found = [(flaw.trouble.name, flaw.where) for flaw, _ in flaws(read(text))]
    assert found == [("DEADLOCK", "c1"), ("DEADLOCK", "c2")]


def test_many_participants_may_always_answer() -> None:
    text = UNSOUND["not always sent"][0]
    assert told(text, many="P0") == []


def test_a_pool_with_faults_of_its_own_is_not_asked() -> None:
    text = "s1 > x1 > h1 > p1; x1 > p1; p1 > e1 | s2 > c2 > e2; h1 -> c2"
    assert told(text) == [("DEADLOCK", "p1", True)]


def test_more_than_many_are_not_counted() -> None:
    sent = " > ".join(f"h{i}" for i in range(MANY + 2))
    taken = " > ".join(f"c{i}" for i in range(MANY + 2))
    flows = "; ".join(f"h{i} -> c{i}" for i in range(MANY + 2))
    assert told(f"s1 > {sent} > e1 | s2 > {taken} > e2; {flows}") == []
    again = "s1 > x1 > h1 > x2 > e1; x2 > x1 | s2 > x3 > c2 > x4 > e2; x4 > x3; h1 -> c2"
    assert told(again) == [("DEADLOCK", "c2", False)]


def test_too_much_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talks.converse, "__defaults__", (1,))
    assert told(SOUND["in any order"]) == [("UNKNOWN", "P0", False)]


def test_a_pool_that_is_too_vast_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talks.misunderstandings, "__defaults__", (1,))
    assert told(SOUND["in any order"]) == [("UNKNOWN", "P0", False)]


def test_a_receive_task_begins_a_pool_only_if_its_message_is_sent() -> None:
    drawn = collaboration("s1 > x1 > h1 > e1; x1 > e1 | r2 > e2; h1 -> r2")
    begins = drawn.replace(b'<receiveTask id="r2"', b'<receiveTask id="r2" instantiate="true"')
    told_of = [[flaw.where for flaw, _ in flaws(read(each))] for each in (drawn, begins)]
    assert told_of == [["r2"], []]


ASKED = b'targetRef="e1"><conditionExpression>n</conditionExpression></sequenceFlow>'


@pytest.mark.parametrize(("end", "where"), [(b'targetRef="e1"/>', ["c2"]), (ASKED, [])])
def test_what_is_meant_to_be_run_takes_the_first_flow_without_one_before_a_condition(
    end: bytes, where: list[str]
) -> None:
    plain = collaboration("s1 > x1; x1 > h1; h1 > t1; t1 > e9; x1 > e1 | s2 > c2 > e2; h1 -> c2")
    drawn = plain.replace(b'targetRef="e1"/>', end)
    run = drawn.replace(b'<process id="P0"', b'<process id="P0" isExecutable="true"')
    told_of = [[flaw.where for flaw, _ in flaws(read(each))] for each in (drawn, run)]
    assert told_of == [["c2"], where]


WAITING = {
    "order and delivery": (
        "s1 > h1 > c1 > h2 > e1 | S2 > h3 > c2 > e2; h1 -> S2; h3 -> c1; h2 -> c2",
        [],
    ),
    "both ask first": (
        "s1 > h1 > c1 > e1 | s2 > h2 > c2 > e2; h1 -> c2; h2 -> c1",
        [],
    ),
    "three in a ring wait": (
        "s1 > c1 > h1 > e1 | s2 > c2 > h2 > e2 | s3 > c3 > h3 > e3; h1 -> c2; h2 -> c3; h3 -> c1",
        ["c1", "c2", "c3"],
    ),
    "three in a ring, one begins": (
        "s1 > h1 > c1 > e1 | s2 > c2 > h2 > e2 | s3 > c3 > h3 > e3; h1 -> c2; h2 -> c3; h3 -> c1",
        [],
    ),
    "answer only on the good way, timer saves": (
        (
            "s1 > d1 > g1; g1 > c1 > x9 > e1; g1 > T1 > x9 | S2 > x2 > h2 > e2; x2 > e2; d1 ->"
            " S2; h2 -> c1"
        ),
        [],
    ),
    "two answers awaited, one is given": (
        (
            "s1 > h1 > p1; p1 > c1 > p2; p1 > c2 > p2; p2 > e1 | S2 > x2 > h2 > e2; x2 > h3 >"
            " e2; h1 -> S2; h2 -> c1; h3 -> c2"
        ),
        ["c1", "c2"],
    ),
    "two answers, both given": (
        (
            "s1 > h1 > p1; p1 > c1 > p2; p1 > c2 > p2; p2 > e1 | S2 > p3; p3 > h2 > p4; p3 > h3"
            " > p4; p4 > e2; h1 -> S2; h2 -> c1; h3 -> c2"
        ),
        [],
    ),
    "crossed order of two catches": (
        "s1 > h1 > h2 > e1 | s2 > c2 > c1 > e2; h1 -> c1; h2 -> c2",
        [],
    ),
    "crossed with answers": (
        "s1 > h1 > c3 > h2 > e1 | s2 > c2 > c1 > h3 > e2; h1 -> c1; h2 -> c2; h3 -> c3",
        ["c2", "c3"],
    ),
    "waits inside after the other was cut off": (
        "s1 > h1 > c1 > e1 | S2 > p2; p2 > q2; p2 > t2 > h2 > e2; h1 -> S2; h2 -> c1",
        ["c1"],
    ),
    "a timer at the border of the wait": (
        (
            "s1 > h1 > r1 > e1; r1 !b1; b1 > e3 | S2 > p2; p2 > q2; p2 > t2 > h2 > e2; h1 -> S2;"
            " h2 -> r1"
        ),
        [],
    ),
    "loop asks until yes": (
        (
            "s1 > x1 > h1 > g1; g1 > c1 > x1; g1 > c2 > e1 | s2 > x2 > c3 > x3; x3 > h2 > x2; x3"
            " > h3 > e2; h1 -> c3; h2 -> c1; h3 -> c2"
        ),
        [],
    ),
    "loop asks once too often": (
        "s1 > x1 > h1 > c1 > x2; x2 > x1; x2 > e1 | s2 > c3 > h2 > e2; h1 -> c3; h2 -> c1",
        ["c1"],
    ),
    "receiver inside a loop waits for one more": (
        "s1 > h1 > e1 | s2 > x2 > c2 > x3; x3 > x2; x3 > e2; h1 -> c2",
        ["c2"],
    ),
    "nobody is in the second pool": (
        "s1 > x1 > h1 > e1; x1 > e1 | S2 > h2 > e2 | s3 > c3 > e3; h1 -> S2; h2 -> c3",
        ["c3"],
    ),
    "world sends to both": (
        "s1 > c1 > h1 > e1 | s2 > c2 > e2; world -> c1; h1 -> c2",
        [],
    ),
}


@pytest.mark.parametrize(("text", "waiting"), WAITING.values(), ids=WAITING)
def test_only_what_waits_in_vain_is_told(text: str, waiting: list[str]) -> None:
    assert [(trouble, where) for trouble, where, _ in told(text)] == [
        ("DEADLOCK", where) for where in waiting
    ]
