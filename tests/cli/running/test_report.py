"""What is told of runs: outcome, what is open, and the numbers."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.cli.running.incidents import LIBRARIES, MOST_LINES, ToldIncident
from bpmn_xml.cli.running.report import FinalState, report
from bpmn_xml.core.records import InstanceEnded
from bpmn_xml.trace.standstill import Cause, Standstill
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary


def came(**fields: Any) -> FinalState:
    given = {"process": "P", "instance": "i", "status": "completed", "ended": None, "variables": {}}
    return FinalState(**{**given, **fields})


def still(node: str, since: int | None = None) -> Standstill:
    began = None if since is None else since * 1_000_000
    return Standstill(instance="i", node=node, cause=Cause.PERSON, since=began)


def told(capsys: pytest.CaptureFixture[str], *runs: FinalState, **numbers: Any) -> list[str]:
    summary = RunSummary(**{"nodes": (), "flows": (), **numbers})
    report(runs, summary, 1.5, labels={"a": "Ask"}, debug=False)
    return capsys.readouterr().err.splitlines()


TOLD: dict[str, tuple[dict[str, Any], list[str]]] = {
    "completed": ({}, ["P: completed in 1.5 s"]),
    "failed": (
        {"status": "failed", "ended": InstanceEnded("failed", "E", "why")},
        ["P: failed in 1.5 s", "  E: why"],
    ),
    "at an end event": ({"at": "Paid"}, ["P: completed at Paid in 1.5 s"]),
    "nobody's error": (
        {
            "status": "failed",
            "at": "Refused",
            "ended": InstanceEnded("failed", "E", "why"),
            "uncaught": (("Refused", "E", "why", 1),),
            "catches": "no event catches any error",
        },
        [
            "P: failed at Refused in 1.5 s",
            "  error E at Refused: why",
            "    nothing around it catches it; no event catches any error",
        ],
    ),
    "errors that ended tokens": (
        {"uncaught": (("Pay", "E", "", 3),), "catches": "what is caught: Late"},
        [
            "P: completed in 1.5 s",
            "  error E at Pay (3 times)",
            "    nothing around it catches it, so its token ended; what is caught: Late",
        ],
    ),
    "cancelled": (
        {"status": "cancelled", "ended": InstanceEnded("cancelled", "", "not wanted")},
        ["P: cancelled in 1.5 s", "  not wanted"],
    ),
    "waiting": (
        {"status": "waiting", "now": 9_000_000, "waiting": (still("a", 0), still("b"), still("a"))},
        [
            "P: waiting in 1.5 s",
            "  waits at     for       since",
            "  a (2 times)  a person  9.0 s ago",
            "  b            a person",
        ],
    ),
    "stopped": ({"status": "running"}, ["P: stopped before its end in 1.5 s"]),
    "an incident without traceback": (
        {"status": "incident", "incidents": (ToldIncident("a", "no\nway"),)},
        ["P: incident in 1.5 s", "  incident at a: no\\nway"],
    ),
    "an incident of an expression": (
        {
            "status": "incident",
            "incidents": (ToldIncident("a", "there is no variable 'n'", "in n > 1"),),
        },
        ["P: incident in 1.5 s", "  incident at a: there is no variable 'n'", "    in n > 1"],
    ),
}


@pytest.mark.parametrize(("fields", "lines"), TOLD.values(), ids=TOLD)
def test_a_run_is_told(
    capsys: pytest.CaptureFixture[str], fields: dict[str, Any], lines: list[str]
) -> None:
    assert told(capsys, came(**fields)) == lines


def test_of_many_incidents_some_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    incidents = tuple(ToldIncident(f"t{n}", "no") for n in range(MOST_LINES + 5))
    lines = told(capsys, came(status="incident", incidents=incidents))
    assert len(lines) == MOST_LINES + 2
    assert lines[-1] == "  and 5 more"


def traceback(line: int, *libraries: str) -> str:
    """A traceback as Python writes it, from a handler down into libraries."""
    places = [("/home/ada/shop.py", line, "pack"), *((name, 7, "load") for name in libraries)]
    told = [f'  File "{file}", line {at}, in {name}\n    {name}()' for file, at, name in places]
    return "\n".join(["Traceback (most recent call last):", *told, "ValueError: no"])


def test_incidents_of_one_place_stand_above_it(capsys: pytest.CaptureFixture[str]) -> None:
    bad = [ToldIncident("a", f"bad {n}", traceback(3), f"read.1:{n}") for n in range(12)]
    others = [ToldIncident("b", "worse", traceback(5), f"read.1:{n}") for n in range(2)]
    assert told(capsys, came(status="incident", incidents=(*bad, *others)))[1:] == [
        *(f"  incident at a: bad {n} (item read.1:{n})" for n in range(MOST_LINES // 2)),
        "  and 7 more",
        '    File "/home/ada/shop.py", line 3, in pack',
        "    pack()",
        "  incident at b: worse (2 times, first item read.1:0)",
        '    File "/home/ada/shop.py", line 5, in pack',
        "    pack()",
    ]


def test_the_place_is_ones_own_rather_than_a_library_s(capsys: pytest.CaptureFixture[str]) -> None:
    deep = traceback(9, *(f"{folder}/load.py" for folder in LIBRARIES))
    lines = told(capsys, came(status="incident", incidents=(ToldIncident("a", "no", deep),)))
    assert lines[-2:] == ['    File "/home/ada/shop.py", line 9, in pack', "    pack()"]
    installed = deep.replace("/home/ada", LIBRARIES[0])
    lines = told(capsys, came(status="incident", incidents=(ToldIncident("a", "no", installed),)))
    assert lines[-2].startswith(f'    File "{LIBRARIES[-1]}/load.py"')


def test_runs_that_came_to_the_same_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    stuck = came(status="incident", incidents=(ToldIncident("a", "no"),))
    other = came(status="incident", incidents=(ToldIncident("a", "never"),))
    waits = [came(status="waiting", now=9_000_000, waiting=(still("a", n),)) for n in (1, 2)]
    assert told(capsys, stuck, stuck, other, *waits, came(), stuck) == [
        "P: incident",
        "  incident at a: never",
        "P: waiting, 2 times",
        "  waits at  for       since",
        "  a         a person  7.0 s ago",
        "P: completed",
        "P: incident, 3 times in 1.5 s",
        "  incident at a: no",
    ]


def test_several_runs_share_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    node = ElementSummary(
        id="a\x1b",
        state=ElementState.DONE,
        count=1000,
        completed=1000,
        failures=2,
        total=5_000_000,
        shortest=1_000,
        mean=5_000,
        p95=9_000,
        longest=12_000,
    )
    passed = ElementSummary(id="g", state=ElementState.DONE, count=3)
    lines = told(capsys, came(process="A"), came(process="B"), nodes=(node, passed), items=1234)
    assert lines[:2] == ["A: completed", "B: completed in 1.5 s, 1,234 items"]
    assert [line.split() for line in lines[2:]] == [
        ["node", "count", "failed", "min", "mean", "p95", "max"],
        ["a\\x1b", "1,000", "2", "1.0", "ms", "5.0", "ms", "9.0", "ms", "12", "ms"],
    ]


def test_what_each_node_did_once_takes_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    once = {"state": ElementState.DONE, "count": 1}
    nodes = (
        ElementSummary(id="a", completed=1, failures=3, errors=1, total=2_000, **once),
        ElementSummary(id="w", active=1, **once),
    )
    lines = told(capsys, came(), nodes=nodes)
    assert [line.split() for line in lines[1:]] == [
        ["node", "active", "failed", "errors", "time"],
        ["Ask", "2", "1", "2.0", "ms"],
        ["w", "1"],
    ]
