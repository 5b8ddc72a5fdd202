"""Features: the table of elements, all of it or by a word, for people and for programs."""

from __future__ import annotations

import json

from bpmn_xml.cli.verbs.features import table
from tests.cli.conftest import Cli


def test_all_rows_are_listed_and_counted(cli: Cli) -> None:
    done = cli("features")
    assert done.code == 0
    heading, *rows, last = done.out.splitlines()
    assert heading.split() == ["element", "reads", "runs", "clause", "by"]
    assert len(rows) == len(table())
    assert last == f"{sum(' yes    yes   ' in row for row in rows)} of {len(rows)} run"


def test_a_word_selects(cli: Cli) -> None:
    done = cli("features", "TERMINATE")
    assert done.out.splitlines()[1:] == [
        "end event: terminate  yes    yes   13.5.6  the text",
        "1 of 1 run",
    ]


def test_for_programs_it_says_what_tests_it(cli: Cli) -> None:
    rows = json.loads(cli("features", "terminate", "--json").out)
    assert [row["tested"] for row in rows] == [["diagrams/elements/terminate.bpmn"]]


def test_an_unknown_word_is_refused(cli: Cli) -> None:
    done = cli("features", "teleport")
    assert done.code == 2
    assert "no element is called 'teleport'" in done.err
    assert "did you mean 'timer' or 'timers'?" in cli("features", "tmer").err
