"""Forms of Camunda's form editor, answered: rules, and what they compute of the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bpmn_xml.compiler.elements.people.forms import DEEPEST, read_form
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.runtime.forms import FormError, checked


def form(*components: Any) -> tuple[FormField, ...]:
    return read_form(json.dumps({"components": list(components)}))


def field(key: str = "t", type_: str = "textfield", **more: Any) -> dict[str, Any]:
    return {"type": type_, "key": key, **more}


REQUIRED = {"required": True}
HIDE_NOTE = {"conditional": {"hide": "= ok"}}
COMPANY = [
    field("kind", "select", values=[{"value": "firm", "label": "Firm"}, {"value": "person"}]),
    field("vat", validate=REQUIRED, conditional={"hide": '= kind != "firm"'}),
]
LINES = {
    "type": "dynamiclist",
    "path": "lines",
    "components": [
        field("pieces", "number", validate={"min": 1}),
        field("sum", "expression", expression="= pieces * this.price"),
    ],
}
ADDRESS = {"type": "group", "path": "to.address", "components": [field("city", validate=REQUIRED)]}

Given = tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any], dict[str, Any]]

TAKEN: list[Given] = [
    ([field(defaultValue="a")], {}, {}, {"t": "a"}),
    ([field(defaultValue="a")], {}, {"t": "b"}, {}),
    ([field("t", "checkbox")], {"t": False}, {}, {"t": False}),
    ([field("t", "number", serializeToString=True)], {"t": 1.5}, {}, {"t": "1.5"}),
    ([field("t", "number", validate={"min": "= n"})], {"t": 5}, {"n": 5}, {"t": 5}),
    ([field("t", "number", validate={"min": "= n"})], {"t": 5}, {}, {"t": 5}),
    ([field("t", "number", validate={"max": "= n"})], {"t": 5}, {"n": 10**400}, {"t": 5}),
    ([field("t", "number", validate={"max": "= n"})], {"t": 5}, {"n": float("inf")}, {"t": 5}),
    ([field(validate={"maxLength": "= n"})], {"t": "abc"}, {"n": 3}, {"t": "abc"}),
    ([field(validate={"validationType": "email"})], {"t": "a.b@c.de"}, {}, {"t": "a.b@c.de"}),
    ([field(validate={"validationType": "phone"})], {"t": "+49 731 5"}, {}, {"t": "+49 731 5"}),
    (COMPANY, {"kind": "person"}, {}, {"kind": "person"}),
    (COMPANY, {"kind": "person", "vat": "x"}, {}, {"kind": "person"}),
    (COMPANY, {"kind": "firm", "vat": "x"}, {}, {"kind": "firm", "vat": "x"}),
    ([field("t", "select", valuesKey="all")], {"t": "b"}, {"all": ["a", "b"]}, {"t": "b"}),
    ([field("t", "select", valuesKey="all")], {"t": "2"}, {"all": [1, 2]}, {"t": 2}),
    ([field("t", "select", valuesKey="all")], {"t": "z"}, {}, {"t": "z"}),
    (
        [field("t", "taglist", valuesExpression="= for n in all return {value: n.id}")],
        {"t": ["b"]},
        {"all": [{"id": "a"}, {"id": "b"}]},
        {"t": ["b"]},
    ),
    (
        [field("n", "number"), field("twice", "expression", expression="= n * m")],
        {"n": "3"},
        {"m": 2, "twice": 0},
        {"n": 3, "twice": 6},
    ),
    (
        [field("order.note")],
        {"order": {"note": "x", "id": 1}},
        {},
        {"order": {"note": "x", "id": 1}},
    ),
    ([ADDRESS], {"to": {"address": {"city": "Ulm"}}}, {}, {"to": {"address": {"city": "Ulm"}}}),
    (
        [LINES],
        {"lines": [{"pieces": "2", "price": 5}]},
        {},
        {"lines": [{"pieces": 2, "price": 5, "sum": 10}]},
    ),
    ([LINES], {}, {}, {}),
    ([LINES], {"lines": []}, {}, {"lines": []}),
    ([{"type": "group", "components": [field()], **HIDE_NOTE}], {"t": "x"}, {"ok": True}, {}),
    ([{"type": "group", "components": [field()], **HIDE_NOTE}], {"t": "x"}, {}, {"t": "x"}),
    ([{**ADDRESS, **HIDE_NOTE}], {}, {"ok": True}, {}),
]


@pytest.mark.parametrize(("components", "values", "variables", "expected"), TAKEN)
def test_what_becomes_of_an_answer(
    components: Any, values: dict[str, Any], variables: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert checked(form(*components), values, variables) == expected


Wrong = tuple[list[dict[str, Any]], dict[str, Any], str]

REFUSED: list[Wrong] = [
    ([field("t", "checkbox", validate=REQUIRED)], {"t": False}, "t: a value is needed"),
    ([field("t", "checklist", validate=REQUIRED)], {"t": []}, "t: a value is needed"),
    ([field(validate=REQUIRED, defaultValue="")], {}, "t: a value is needed"),
    ([field("t", "number", validate={"min": "= n"})], {"t": 5, "n": 6}, "must be 6 at least"),
    ([field(validate={"minLength": "= 2"})], {"t": "a"}, "2 characters at least"),
    ([field(validate={"required": "= n > 1"})], {"n": 2}, "t: a value is needed"),
    ([field(readonly="= n > 1")], {"n": 2, "t": "a"}, "t: it is only shown"),
    ([field(validate={"validationType": "email"})], {"t": "a.b"}, "'a.b' does not match"),
    ([field(validate={"validationType": "phone"})], {"t": "0731"}, "'0731' does not match"),
    (COMPANY, {"kind": "firm"}, "vat: a value is needed"),
    ([field("t", "select", valuesKey="all")], {"t": "c", "all": ["a"]}, "'c' is none of a"),
    ([field("t", "expression", expression="= 1")], {"t": 2}, "t: it is only shown"),
    ([ADDRESS], {}, "to: address: city: a value is needed"),
    ([ADDRESS], {"to": 5}, "to: 5 is no mapping"),
    ([LINES], {"lines": [{"pieces": 0}, {"pieces": 1}]}, "lines: pieces: 0 must be 1 at least"),
    ([LINES], {"lines": 5}, "lines: 5 is no list"),
    ([LINES], {"lines": [5]}, "lines: 5 is no mapping"),
]


@pytest.mark.parametrize(("components", "values", "why"), REFUSED)
def test_what_does_not_fit(components: Any, values: dict[str, Any], why: str) -> None:
    with pytest.raises(FormError, match=why):
        checked(form(*components), values)


def test_expressions_that_are_none_and_forms_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match=r"'= \(' is no FEEL"):
        form(field(conditional={"hide": "= ("}))
    nested = field()
    for _ in range(DEEPEST):
        nested = {"type": "group", "components": [nested]}
    with pytest.raises(ValueError, match="inside of each other"):
        form(nested)
    with pytest.raises(ValueError, match="a component is no object"):
        form({"type": "group", "components": [5]})
