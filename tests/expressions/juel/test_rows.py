"""Whole expressions: kept types, joined texts, decisions that stop early, missing variables."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.closures import build
from bpmn_xml.expressions.juel import parse
from bpmn_xml.expressions.juel.language import LANGUAGE

VARIABLES = {
    "a": 7,
    "z": 0,
    "x": 2.5,
    "s": "text",
    "yes": True,
    "no": False,
    "word": "true",
    "none": None,
    "list": [3, 1],
    "order": {"amount": 5, "lines": [{"price": 2}]},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${a}", 7),
        (" ${a}\n", 7),
        ("${list}", [3, 1]),
        ("${order.lines[0]['price'] * 2}", 4),
        ("${null}", None),
        ("${true}", True),
        ("${a}${z}", "70"),
        ("a${none}b${yes}c${x}${list}", "abtruec2.5[3, 1]"),
        ("plain", "plain"),
        ("", ""),
        ("${yes && word}", True),
        ("${no or none}", False),
        ("${no and nowhere}", False),
        ("${yes or nowhere}", True),
        ("${yes ? s : nowhere}", "text"),
        ("${none ? nowhere : s}", "text"),
        ("${word ? 1 : 2}", 1),
        ("${not no and !none}", True),
        ("${a > 5 and s eq 'text' and x lt 3}", True),
        ("${s == 'text'}", True),
        ("${a == '7'}", True),
        ("${a / 2}", 3.5),
        ("${empty none and not empty list}", True),
        ("${order.missing}", None),
        ("${order.missing.more[1]}", None),
        ("${empty order.missing}", True),
    ],
)
def test_value(text, value):
    found = compiled(text, "juel").evaluate(VARIABLES)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("${nowhere}", 2, "there is no variable 'nowhere'"),
        ("${lst}", 2, "there is no variable 'lst'; did you mean 'list'?"),
        ("${empty lst}", 8, "there is no variable 'lst'; did you mean 'list'?"),
        ("${lst == 1}", 2, "there is no variable 'lst'; did you mean 'list'?"),
        ("Dear ${nme}", 7, "there is no variable 'nme'"),
        ("${a ? 1 : 2}", 4, "true or false is needed here, not a number"),
        ("${yes and a}", 6, "true or false is needed here, not a number"),
        ("${1 / z}", 4, "division by zero"),
        ("${1 % z}", 4, "division by zero"),
        ("${s.length}", 3, "'.length' reads an entry of a mapping, not of text"),
    ],
)
def test_no_value(text, offset, reason):
    with pytest.raises(ExpressionError) as caught:
        compiled(text, "juel").evaluate(VARIABLES)
    assert (caught.value.text, caught.value.offset) == (text, offset)
    assert reason in str(caught.value)


def test_a_template_is_of_bounded_length():
    text = compiled("${s}" * 2_000, "juel")
    assert len(text.evaluate({"s": "x" * 500})) == 1_000_000
    with pytest.raises(ExpressionError, match="more than 1000000 characters"):
        text.evaluate({"s": "x" * 501})


def test_explains_null():
    (reason,) = compiled("${order.price}", "juel").explain(VARIABLES)
    assert str(reason) == "there is no 'price' in what stands before it"


def test_names():
    text = "${a.b[c] > d ? e(f.size()) : execution.getVariable('g')} ${h.contains(a)}"
    assert compiled(text, "juel", functions={"e": len}).names == ("a", "c", "d", "f", "g", "h")


def test_what_only_parses_cannot_be_built():
    with pytest.raises(KeyError):
        build(parse("${bean.run()}"), LANGUAGE, {}, "")
