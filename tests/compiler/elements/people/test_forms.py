"""Forms of Camunda's form editor: what is checked of an answer, and what cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bpmn_xml.compiler.elements.people.forms import LARGEST, read_form
from bpmn_xml.compiler.program.fields import FormField


def form(*components: Any) -> str:
    return json.dumps({"id": "F", "components": list(components)})


CHOICES = [{"value": "a", "label": "A"}, {"value": "b"}, {"label": "odd"}, "odd"]

COMPONENTS: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
    ({"type": "textfield", "key": "t"}, {}),
    ({"type": "textarea", "key": "t", "label": "Text"}, {"label": "Text"}),
    ({"type": "number", "key": "t", "defaultValue": 3}, {"kind": "number", "default": 3}),
    ({"type": "checkbox", "key": "t"}, {"kind": "boolean"}),
    (
        {"type": "select", "key": "t", "values": CHOICES},
        {"kind": "choice", "choices": (("a", "A"), ("b", ""), ("odd", "odd"))},
    ),
    (
        {"type": "checklist", "key": "t", "values": CHOICES[:1]},
        {"kind": "choices", "choices": (("a", "A"),)},
    ),
    ({"type": "datetime", "key": "t", "subtype": "date"}, {"kind": "date"}),
    ({"type": "datetime", "key": "t", "subtype": "time"}, {}),
    ({"type": "textfield", "key": "t", "disabled": True}, {"readonly": True}),
    ({"type": "textfield", "key": "t", "readonly": True}, {"readonly": True}),
    ({"type": "textfield", "key": "t", "validate": {"required": True}}, {"required": True}),
    ({"type": "radio", "key": "t"}, {"kind": "any"}),
    (
        {"type": "number", "key": "t", "serializeToString": True},
        {"kind": "number", "as_text": True},
    ),
    ({"type": "filepicker", "key": "t"}, {"kind": "any"}),
    ({"type": "textfield", "key": "t", "conditional": {}}, {}),
    ({"type": "textfield", "key": "t", "conditional": "odd"}, {}),
    ({"type": "textfield", "key": "t", "validate": {"validationType": {}}}, {}),
    ({"type": [], "key": "t"}, None),
    (
        {
            "type": "textfield",
            "key": "t",
            "validate": {"minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"},
        },
        {"shortest": 2, "longest": 4, "pattern": "^[a-z]+$"},
    ),
    (
        {"type": "number", "key": "t", "validate": {"min": 1, "max": "9"}},
        {"kind": "number", "least": 1.0, "most": 9.0},
    ),
    ({"type": "textfield", "key": "t", "validate": "odd"}, {}),
    ({"type": "text", "text": "# Hello"}, None),
    ({"type": "button", "key": "t"}, None),
    ({"type": "textfield"}, None),
    ({"type": "group", "components": [{"type": "textfield", "key": "t"}]}, {}),
]


@pytest.mark.parametrize(("component", "expected"), COMPONENTS)
def test_components(component: dict[str, Any], expected: dict[str, Any] | None) -> None:
    fields = () if expected is None else (FormField(name="t", strict=True, **expected),)
    assert read_form(form(component)) == fields


WRONG = [
    ("", "it is no JSON"),
    ("[" * 100_000, "it is no JSON"),
    ("[]", "no list of components"),
    ('{"components": 1}', "no list of components"),
    ('{"components": [1]}', "a component is no object"),
    (" " * (LARGEST + 1), "more than 1,000,000 characters"),
    (form({"type": "textfield", "key": "t", "validate": {"pattern": "(("}}), "pattern"),
]


@pytest.mark.parametrize(("text", "what"), WRONG)
def test_what_is_no_form(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read_form(text)
