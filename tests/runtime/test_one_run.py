"""A process in one line of Python."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bpmn_xml.errors import BindingError, UsageError
from bpmn_xml.runtime import run
from tests.cli.files import FILES
from tests.core.harness import program
from tests.runtime.test_starting import CALLS


def count_up(n: int) -> dict[str, int]:
    return {"n": n + 1}


def test_one_line_runs_a_process() -> None:
    done = run(program("s > t1 > e"), {"n": 1}, {"t1": count_up})
    assert (done.outcome, done.variables) == ("completed", {"n": 2})


@pytest.mark.parametrize(("given", "noted"), [({"t1": count_up}, 1), ({"n": 1}, 0), (None, 0)])
def test_handlers_that_are_given_as_variables_are_noted(given: Any, noted: int) -> None:
    with pytest.raises(BindingError) as caught:
        run(program("s > t1 > e"), given, {"n": 1})
    assert len(getattr(caught.value, "__notes__", ())) == noted


def test_a_function_in_the_place_of_variables_is_refused_where_the_task_has_one_anyway() -> None:
    with pytest.raises(UsageError, match="'t1' is a function, and a task is called so"):
        run(program("s > t1 > e"), {"t1": count_up}, {"t1": count_up})
    done = run(program("s > t1 > e"), {"by": len, "n": 1}, {"t1": count_up})
    assert done.variables == {"by": len, "n": 2}


def test_the_process_that_no_other_calls_is_run() -> None:
    done = run(CALLS.encode(), None, {"a_a": lambda: None, "a": lambda: None})
    assert (done.process, done.outcome) == ("B", "completed")
    with pytest.raises(UsageError, match="several processes may begin: name one of A, B"):
        run(FILES["both.bpmn"].encode(), None, {"a": lambda: None, "b": lambda: None})


@pytest.mark.parametrize("configured", [False, True])
def test_incidents_are_logged_only_where_logging_is_set_up(
    configured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    handlers = [logging.StreamHandler()] if configured else []
    monkeypatch.setattr(logging.root, "handlers", handlers)
    assert run(program("s > t1 > e"), {}, {"t1": count_up}).status == "incident"
    assert ("incident at t1" in capsys.readouterr().err) is configured


def test_variables_that_are_given_like_options_are_noted() -> None:
    with pytest.raises(UsageError, match="an engine has no option 'amount'") as caught:
        run(program("s > t1 > e"), amount=5)  # type: ignore[call-arg] # what people try
    assert caught.value.__notes__ == ["variables are a mapping, as in run(file, {'amount': 5})"]
