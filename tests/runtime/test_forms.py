"""Forms: what is read as what, what is refused and why; a wrong answer leaves its task open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bpmn_xml.compiler.elements.people.entries import entered
from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.runtime.forms import FormError, checked
from tests.runtime.harness import bench

READ: list[tuple[dict[str, Any], Any, Any]] = [
    ({}, "hello", "hello"),
    ({}, "", None),
    ({}, None, None),
    ({"kind": "integer"}, " 5 ", 5),
    ({"kind": "integer"}, 5, 5),
    ({"kind": "number"}, "1.5", 1.5),
    ({"kind": "number"}, "-7", -7),
    ({"kind": "number"}, Decimal("0.1"), Decimal("0.1")),
    ({"kind": "number", "least": 1, "most": 2}, 1.5, 1.5),
    ({"kind": "boolean"}, "Yes", True),
    ({"kind": "boolean", "required": True}, False, False),
    ({"kind": "date"}, "2026-03-01", date(2026, 3, 1)),
    ({"kind": "date"}, "2026-03-01T10:00", datetime(2026, 3, 1, 10)),
    ({"kind": "date"}, date(2026, 3, 1), date(2026, 3, 1)),
    ({"kind": "date", "pattern": "%d/%m/%Y"}, "01/03/2026", date(2026, 3, 1)),
    ({"kind": "date", "pattern": "%d/%m/%Y"}, "2026-03-01", date(2026, 3, 1)),
    ({"kind": "date", "pattern": "%d.%m.%y %H:%M"}, "1.3.26 10:30", datetime(2026, 3, 1, 10, 30)),
    ({"kind": "choice", "choices": (("a", "A"), ("b", "B"))}, "b", "b"),
    ({"shortest": 2, "longest": 3}, "abc", "abc"),
    ({"kind": "something else"}, "x", "x"),
    ({"kind": "any"}, [1], [1]),
    ({"kind": "choices", "choices": (("a", "A"), ("b", "B"))}, "a, b", ["a", "b"]),
    ({"kind": "choices", "choices": (("a", "A"),)}, ("a",), ["a"]),
    ({"pattern": "^[a-c]+$"}, "abc", "abc"),
    ({"kind": "number", "required": True, "strict": True}, 0, 0),
    ({"kind": "any", "required": True, "strict": True}, 0.0, 0.0),
    ({"kind": "choice", "choices": ((1, "one"), (True, "yes"))}, True, True),
]


@pytest.mark.parametrize(("field", "value", "expected"), READ)
def test_values_are_read(field: dict[str, Any], value: Any, expected: Any) -> None:
    found = entered(FormField(name="f", **field), value)
    assert (found, type(found)) == (expected, type(expected))


REFUSED: list[tuple[dict[str, Any], Any, str]] = [
    ({"required": True}, "", "a value is needed"),
    ({"required": True}, None, "a value is needed"),
    ({"kind": "boolean", "required": True, "strict": True}, False, "a value is needed"),
    ({"kind": "any", "required": True, "strict": True}, [], "a value is needed"),
    ({}, 5, "5 is no text"),
    ({"kind": "integer"}, "five", "no whole number"),
    ({"kind": "integer"}, True, "no whole number"),
    ({"kind": "integer"}, "9" * 5000 + "x", "no whole number"),
    ({"kind": "number"}, "NaN", "no number"),
    ({"kind": "number"}, "one", "no number"),
    ({"kind": "number"}, False, "no number"),
    ({"kind": "number", "least": 1}, 0, "must be 1 at least"),
    ({"kind": "integer", "most": 9}, "10", "may be 9 at most"),
    ({"kind": "boolean"}, "perhaps", "neither true nor false"),
    ({"kind": "date"}, "tomorrow", "no date"),
    ({"kind": "date"}, 7, "no date"),
    ({"kind": "date", "pattern": "%d/%m/%Y"}, "31/02/2026", "no date"),
    ({"kind": "choice", "choices": (("a", "A"),)}, "b", "'b' is none of a"),
    ({"shortest": 2}, "a", "2 characters at least"),
    ({"longest": 2}, "abc", "2 characters at most"),
    ({"pattern": "^[a-c]+$"}, "abd", "'abd' does not match"),
    ({"kind": "choices", "choices": (("a", "A"),)}, ["a", "b"], "'b' is none of a"),
    ({"kind": "choices"}, 5, "5 is no list"),
]


@pytest.mark.parametrize(("field", "value", "why"), REFUSED)
def test_values_are_refused(field: dict[str, Any], value: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        entered(FormField(name="f", **field), value)


FORM = (
    FormField(name="ok", kind="boolean", required=True),
    FormField(name="n", kind="integer", default="3"),
    FormField(name="note"),
)


def test_what_is_not_given_has_its_default() -> None:
    assert checked(FORM, {"ok": "no", "other": 1}) == {"ok": False, "n": 3, "other": 1}
    assert checked(FORM, {"ok": True, "note": ""}) == {"ok": True, "n": 3, "note": None}


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FormError, match="ok: a value is needed; n: 'x' is no whole number"):
        checked(FORM, {"n": "x"})


def test_a_task_stays_open_while_its_answer_does_not_fit() -> None:
    with bench("s > u > e", workers=0, work={"u": Work(form=FORM)}) as at:
        run = at.run()
        assert run.tasks[0].form == FORM
        with pytest.raises(FormError):
            run.tasks[0].complete({})
        run.tasks[0].complete({"ok": "yes"})
        assert run.variables == {"ok": True, "n": 3}
        assert run.outcome == "completed"
