"""Rules of Camunda 7's form fields that it knows only by the name of what checks them."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.program.fields import Validator
from bpmn_xml.model import ForeignElement
from tests.compiler.drawing import extended, word


def rules(**configs: str) -> ForeignElement:
    """The validation of a form field."""
    found = [word("camunda:constraint", name=name, config=c) for name, c in configs.items()]
    return word("camunda:validation", *found)


def form_of(field: ForeignElement) -> Settings:
    """What is read of a user task whose form has this field."""
    return read_settings(m.UserTask(id="u", **extended(word("camunda:formData", field))))


def test_rules_that_python_checks_are_named_by_their_config_or_by_themselves() -> None:
    named = rules(validator="org.acme.V"), rules(validator="${even}"), rules(iban="de", min="1")
    settings = form_of(word("camunda:formField", *named, id="a"))
    assert not settings.problems
    (field,) = settings.form
    assert field.validators == (Validator("org.acme.V"), Validator("even"), Validator("iban", "de"))
    assert field.least == 1


def test_a_rule_that_looks_like_one_of_the_known_is_told() -> None:
    settings = form_of(word("camunda:formField", rules(requierd="", iban="de"), id="a"))
    (problem,) = settings.problems
    assert problem.code == codes.NO_FORM
    assert problem.message == (
        "the rule 'requierd' of its field 'a' is Python's; did you mean 'required'?"
    )


@pytest.mark.parametrize("name", ["validator", ""])
def test_a_rule_without_a_name_is_a_fault(name: str) -> None:
    field = word("camunda:formField", rules(**{name: " "}), id="a")
    (problem,) = form_of(field).problems
    assert problem.code == codes.VALUE
    assert problem.message == f"the rule {name!r} of its field 'a': it names nothing"
