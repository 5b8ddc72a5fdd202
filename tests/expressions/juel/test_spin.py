"""Camunda Spin: JSON in texts and in variables, read by its own methods."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bpmn_xml import evaluate
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.outside import OutsideError

TEXT = '{"name": "Jo", "age": 30, "ok": true, "none": null, "items": [{"price": 5}], "\u00fc": 1}'
NAMES = {"text": TEXT, "given": {"a": {"b": 1}}, "odd": {"a": object()}, "xml": " <a/>"}

GIVES = {
    "S(text).prop('name').stringValue()": "Jo",
    "S(text, 'application/json').prop('age').numberValue() + 1": 31,
    "JSON(text).prop('ok').boolValue()": True,
    "S(text).prop('name').value()": "Jo",
    "S(text).prop('none').value()": None,
    "S(text).prop('none').isNull()": True,
    "S(text).prop('name').isNull()": False,
    "S(text).prop('none').isString()": False,
    "S(text).prop('name').isString()": True,
    "S(text).prop('age').isNumber()": True,
    "S(text).prop('ok').isNumber()": False,
    "S(text).prop('ok').isBoolean()": True,
    "S(text).prop('ok').isValue()": True,
    "S(text).isValue()": False,
    "S(text).isObject() and S(text).prop('items').isArray()": True,
    "S(text).hasProp('age') and not S(text).hasProp('other')": True,
    "S(text).prop('items').elements().get(0).prop('price').numberValue()": 5,
    "S(text).jsonPath('$.items[0].price').numberValue()": 5,
    "S(text).jsonPath('$.items[*].price').elementList()": [5],
    "S(text).prop('items').jsonPath('$[0]').element().prop('price').value()": 5,
    "S(given).jsonPath(given.path == null ? '$.a.b' : '$')": 1,
    "S(text).prop('items').toString()": '[{"price":5}]',
    "S(text).jsonPath('$.items').element().toString()": '[{"price":5}]',
    "S('{\"\u00fc\": null}').toString()": '{"\u00fc":null}',
    "S(text).prop('name').stringValue().toString()": "Jo",
    "given.a.toString()": "{b=1}",
}


@pytest.mark.parametrize("text", GIVES)
def test_what_is_read(text: str) -> None:
    assert evaluate(f"${{{text}}}", NAMES, language="juel") == GIVES[text]


FAULTS = {
    "S(xml)": "only JSON is read here, no XML",
    "S(text, 'application/xml')": "only JSON is read here, no XML",
    "S('{')": "'{' is no JSON",
    "S('NaN')": "'NaN' is no JSON",
    "S(odd).toString()": "has no text of JSON",
    "S(text).prop('other')": "there is no 'other' in it",
    "S(text).prop('name').numberValue()": "a number is needed here",
    "S(text).prop('ok').numberValue()": "a number is needed here",
    "S(text).prop('none').stringValue()": "there is no stringValue",
    "S(text).value()": "true, false or null is needed here",
    "S(text).jsonPath('$.other')": "there is nothing at",
    "S(text).jsonPath(given.path == null ? '$..b' : '$')": "is no JSONPath",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(ExpressionError, match=FAULTS[text]):
        evaluate(f"${{{text}}}", NAMES, language="juel")


@pytest.mark.parametrize(
    "text",
    [
        "S(text).jsonPath('$..price').elementList()",
        "S(text).prop('name', 'Max')",
        "S(text).deleteProp('name')",
        "S(text).mapTo('java.util.Map')",
        "XML(xml).childElement('a').textContent()",
    ],
)
def test_the_rest_is_no_value_of_the_variables(text: str) -> None:
    with pytest.raises(OutsideError):
        evaluate(f"${{{text}}}", NAMES, language="juel")


def test_decimals_are_numbers() -> None:
    names = {"price": {"net": Decimal("2.5")}}
    assert evaluate("${S(price).prop('net').numberValue() > 2}", names, language="juel") is True
