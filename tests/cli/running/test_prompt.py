"""Tasks that are done at a terminal: what is asked, what is typed, what comes of it."""

from __future__ import annotations

import io
from typing import Any

import pytest

from bpmn_xml.cli.running.prompt import Prompt
from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.fields import FormField
from tests.runtime.harness import bench

FORM = (
    FormField(name="ok", label="Is it right?", kind="boolean", required=True),
    FormField(name="n", kind="integer", least=1),
    FormField(name="size", kind="choice", choices=(("s", "Small"), ("l", "Large")), default="l"),
)

ROW = FormField(name="pieces", kind="integer")
NESTED = (
    FormField(name="to", kind="group", fields=(FormField(name="city"),)),
    FormField(name="lines", kind="rows", fields=(ROW,)),
    FormField(name="sum", readonly=True, default="5"),
    FormField(name="gone", hidden=True, required=True),
)

TYPED: dict[str, tuple[tuple[FormField, ...], str, dict[str, object], str]] = {
    "a form": (FORM, "yes\n5\ns\n", {"ok": True, "n": 5, "size": "s"}, "completed"),
    "what is there": (FORM, "no\n\n\n", {"ok": False, "n": 7, "size": "l"}, "completed"),
    "asked again": (FORM, "\nmaybe\nyes\n0\n2\nxl\nl\n", {"ok": True, "n": 2}, "completed"),
    "what is inside": (
        NESTED,
        "Ulm\nyes\n2\nno\n",
        {"to": {"city": "Ulm"}, "lines": [{"pieces": 2}], "sum": "5"},
        "completed",
    ),
    "free": ((), "a=1\nb=two\n\n", {"a": 1, "b": "two"}, "completed"),
    "free, and wrong": ((), "a\na=1\n\n", {"a": 1}, "completed"),
    "nothing": ((), "\n", {}, "completed"),
    "somebody who leaves": (FORM, "yes\n", {}, "waiting"),
}


@pytest.mark.parametrize("case", TYPED.values(), ids=TYPED)
def test_a_task_is_done_at_a_terminal(case: tuple[Any, str, dict[str, object], str]) -> None:
    form, typed, expected, status = case
    target = io.StringIO()
    work = {"u": Work(form=form)}
    with bench("s > u > e", workers=0, work=work) as at:
        run = at.run({"n": 7})
        prompt = Prompt(io.StringIO(typed), target)
        assert prompt.answer(run.tasks) is (status == "completed")
        assert run.status == status
        assert expected.items() <= run.variables.items()
        if status == "waiting":
            assert not prompt.answer(run.tasks)
    assert target.getvalue().startswith("u\n  ")


def test_what_is_asked() -> None:
    target = io.StringIO()
    with bench("s > u > e", workers=0, work={"u": Work(form=FORM)}) as at:
        run = at.run({"n": 7})
        Prompt(io.StringIO("maybe\nyes\n\n\n"), target).answer(run.tasks)
    assert target.getvalue() == (
        "u\n"
        "  Is it right? (yes or no):   'maybe' is neither true nor false\n"
        "  Is it right? (yes or no):   n (integer) [7]:   size (s or l) [l]: "
    )


def test_a_task_that_is_gone_is_told() -> None:
    target = io.StringIO()
    with bench("s > u > e", workers=0) as at:
        run = at.run()
        tasks = run.tasks
        tasks[0].complete()
        assert Prompt(io.StringIO("\n"), target).answer(tasks)
    assert "no longer open" in target.getvalue()
