"""`bpmn-xml decide`: the value, which rules matched, and faults; and `.dmn` for other verbs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT

LOAN = ROOT / "diagrams" / "loan"


@pytest.fixture(autouse=True)
def loan(folder: Path) -> None:
    for path in LOAN.iterdir():
        if path.is_file():
            shutil.copy(path, folder)


def test_the_value_and_the_rules_that_matched(cli):
    done = cli("decide", "loan.dmn", "--vars", "loan.json", "--decision", "approval")
    assert (done.code, done.out) == (0, '{verdict: "approve", rate: 3.5}\n')
    assert 'approval (U): risk = "low", amount = 5000; rules that match: 1\n' in done.err
    assert "no questions asked" in done.err


def test_the_value_only(cli):
    done = cli("decide", "loan.dmn", "--vars", "loan.json", "--quiet", "--decision", "risk")
    assert (done.out, done.err) == ('"low"\n', "")


def test_why_there_is_no_value(cli):
    done = cli("decide", "loan.dmn", "--var", "amount=many")
    assert done.out == '{verdict: "decline", rate: null}\n'
    assert "debts by income = 1; rules that match: 3" in done.err
    assert "warning: the input amount is not of its type, number" in done.err


def test_no_rule_may_match(cli):
    done = cli("decide", "loan.dmn", "--var", "income=100", "--var", "debts=1")
    assert done.out == "null\n"
    assert 'risk = "low", amount = null; rules that match: none\n' in done.err
    assert done.err.endswith("warning: nothing has given 'amount', it was null\n")


def test_json(cli):
    told = json.loads(cli("decide", "loan.dmn", "--vars", "loan.json", "--json").out)
    assert told["value"] == {"verdict": "approve", "rate": 3.5}
    assert [match["decision"] for match in told["matches"]] == ["risk", "approval"]
    assert told["matches"][1]["inputs"] == {"risk": "low", "amount": 5000}
    assert told["matches"][1]["rules"] == [
        {
            "number": 1,
            "id": "r4",
            "outputs": {"verdict": "approve", "rate": 3.5},
            "notes": ["no questions asked"],
        }
    ]
    assert told["problems"] == []


REFUSED = [
    (("decide", "loan.dmn", "--decision", "rsk"), "no decision 'rsk'", "did you mean 'risk'?"),
    (("decide", "loan.bpmn"), "this is a BPMN diagram, not DMN 1.1 to 1.5", "BX031"),
    (("decide", "missing.dmn"), "cannot read missing.dmn", ""),
    (("run", "loan.dmn"), "there is no process among the files", "bpmn-xml decide loan.dmn"),
]


@pytest.mark.parametrize(("words", "message", "remedy"), REFUSED)
def test_refusals(cli, words, message, remedy):
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert remedy in done.err


def test_the_faults_of_all_files_are_told_at_once(cli, folder: Path):
    for name in "ab":
        (folder / f"{name}.dmn").write_text("<x")
    done = cli("decide", "a.dmn", "b.dmn", "loan.dmn")
    assert "a.dmn:1" in done.err
    assert "b.dmn:1" in done.err


def test_a_decision_that_is_wrong_is_shown_with_its_line(cli, folder: Path):
    path = folder / "loan.dmn"
    path.write_text(path.read_text().replace("share of income(debts, income)", "debts /"))
    done = cli("decide", "loan.dmn")
    assert done.code == 2
    assert "loan.dmn:42:11: error BX501 risk: expected a value but the text ends" in done.err
    assert cli("check", "loan.dmn").code == 1
    assert cli("run", "loan.bpmn").code == 2


def test_check_knows_decision_models(cli, folder: Path):
    assert cli("check", "loan.bpmn", "loan.dmn").out.startswith("2 files, no findings\n")
    (folder / "x.dmn").write_text("<x")
    done = cli("check", "x.dmn", "missing.dmn")
    assert done.code == 1
    assert "x.dmn:1" in done.out
    assert "missing.dmn: error BX403" in done.out


def test_a_process_runs_with_decisions_from_elsewhere(cli, folder: Path):
    (folder / "rules").mkdir()
    (folder / "loan.dmn").rename(folder / "rules" / "other.dmn")
    assert cli("run", "loan.bpmn", "--vars", "loan.json").code == 2
    done = cli("run", "loan.bpmn", "rules/other.dmn", "--vars", "loan.json", "--quiet")
    assert (done.code, done.out) == (0, "paid out 5000 at 3.5 %\n")


def test_a_run_notes_what_a_decision_asked_for_in_vain(cli, folder: Path):
    wrong = (
        (folder / "loan.dmn")
        .read_text("utf-8")
        .replace("share of income(debts, ", "share of income(depts, ")
    )
    (folder / "loan.dmn").write_text(wrong, "utf-8")
    done = cli("run", "loan.bpmn", "--vars", "loan.json")
    assert "note: risk: nothing has given 'depts', it was null; did you mean 'debts'?" in done.err


def test_a_run_notes_which_text_of_a_decision_has_no_result(cli, folder: Path):
    wrong = (folder / "loan.dmn").read_text("utf-8").replace("(debts, ", '("a" * debts, ')
    (folder / "loan.dmn").write_text(wrong, "utf-8")
    told = "'*' has no result for these values"
    assert told in cli("run", "loan.bpmn", "--vars", "loan.json").err
    assert told in cli("decide", "loan.dmn", "--decision", "risk", "--vars", "loan.json").err
