"""`bpmn-xml eval`: values as FEEL and JSON, faults with their place, lines typed in a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

VALUES = [
    (("= 1 + 1",), "2"),
    (('= "a" + "b"',), '"ab"'),
    (("= n * 2", "--var", "n=21"), "42"),
    (("${n * 2}", "--var", "n=21"), "42"),
    (("n * 2", "--var", "n=21"), "42"),
    (("n in [1, 2]", "--language", "feel", "--var", "n=2"), "true"),
    (("> 5", "--language", "feel-unary-tests", "--var", "?=7"), "true"),
    (("n = 2 and not(m)", "--language", "xpath", "--var", "n=2", "--var", "m=null"), "true"),
    (('= {a: date("2024-02-29"), b b: [1.50, null]}',), "{a: 2024-02-29, b b: [1.50, null]}"),
    (('= {a: date("2024-02-29"), b: 0.5}', "--json"), '{"a": "2024-02-29", "b": 0.5}'),
    (("= [[1..3], abs, function(x) x]", "--json"), '["[1..3]", "function", "function"]'),
    ((r'= "a\u001b[2J\u009b31m\u202eb"',), r'"a\u001b[2J\u009b31m\u202eb"'),
    ((r'= "a\u001b[2J\u009b31m\u202eb"', "--json"), r'"a\u001b[2J\u009b31m\u202eb"'),
    (("= profit & loss + 1", "--var", "profit & loss=1"), "2"),
]


@pytest.mark.parametrize(("words", "expected"), VALUES)
def test_values(cli, words, expected):
    done = cli("eval", *words)
    assert (done.code, done.out.strip(), done.err) == (0, expected, "")


def test_variables_come_from_files(cli, folder: Path):
    (folder / "vars.json").write_text(json.dumps({"order": {"sum": 5}}))
    assert cli("eval", "= order.sum", "--vars", "vars.json").out == "5\n"


def test_why_a_value_is_null_is_told(cli):
    done = cli("eval", "= 1 +\n  price")
    assert (done.code, done.out) == (0, "null\n")
    assert "warning: there is no variable 'price'" in done.err
    assert "    2 |   price\n      |   ^" in done.err


FAULTS = [
    ("= 1 + + 2", "expected a value but there is '+'", "    1 | = 1 + + 2\n      |       ^"),
    ("price > 1", "there is no variable 'price'", "    1 | price > 1\n      | ^"),
    ("= (1", "expected ')' but the text ends", "    1 | = (1\n      |     ^"),
]


@pytest.mark.parametrize(("text", "message", "excerpt"), FAULTS)
def test_faults_are_shown_at_their_place(cli, text, message, excerpt):
    done = cli("eval", text)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert excerpt in done.err


def test_an_empty_text_has_no_place(cli):
    assert "expected a value but the text ends" in cli("eval", "").err


def test_feel_that_lacks_its_sign_is_known(cli):
    hint = "= it can be read as FEEL, which begins with ="
    assert hint in cli("eval", 'date("2024-02-29")').err
    assert hint not in cli("eval", "foo(1)").err
    assert hint not in cli("eval", "1 +").err


class Terminal(io.StringIO):
    """A terminal at which somebody has typed."""

    def isatty(self) -> bool:
        return True


TYPED = [("= 1\n\n= 2 +\n= 3\n", "1\n3\n\n"), ("= 1\nexit\n= 2\n", "1\n")]


@pytest.mark.parametrize(("typed", "out"), TYPED)
def test_lines_are_typed_in_a_terminal(cli, monkeypatch, typed, out):
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    done = cli("eval")
    assert (done.code, done.out.replace("> ", "")) == (0, out)


def test_a_pipe_is_one_expression(cli, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("= 1 +\n  2\n"))
    assert cli("eval").out == "3\n"
