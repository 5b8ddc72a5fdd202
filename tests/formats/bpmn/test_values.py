"""Values of simple types are read strictly enough and written as the schema wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.formats.bpmn.values import is_lax, is_text, parse, spell
from bpmn_xml.formats.bpmn.vocabulary.types import (
    BOOLEAN,
    DOUBLE,
    GATEWAY_DIRECTION,
    ID,
    IMPLEMENTATION,
    INTEGER,
    PARTICIPANT_BAND_KIND,
    STRING,
    URI,
)

READ = [
    ("true", BOOLEAN, True, False),
    (" 1 ", BOOLEAN, True, False),
    ("FALSE", BOOLEAN, False, True),
    ("-12", INTEGER, -12, False),
    ("+007", INTEGER, 7, False),
    ("1e3", DOUBLE, 1000.0, False),
    ("-.5", DOUBLE, -0.5, False),
    (" a ", STRING, " a ", False),
    (" a ", URI, "a", False),
    (" a ", ID, "a", False),
    ("Mixed", GATEWAY_DIRECTION, "Mixed", False),
    ("MIXED", GATEWAY_DIRECTION, "Mixed", True),
    ("topInitiating", PARTICIPANT_BAND_KIND, "top_initiating", True),
    ("##other", IMPLEMENTATION, "##other", False),
]


@pytest.mark.parametrize(("text", "simple", "value", "lax"), READ)
def test_what_is_read(text, simple, value, lax):
    assert parse(text, simple) == value
    assert type(parse(text, simple)) is simple.python
    assert is_lax(text, value, simple) == lax


WRONG = [
    ("yes", BOOLEAN, "true or false"),
    ("", BOOLEAN, "true or false"),
    ("1.0", INTEGER, "a whole number"),
    ("1_0", INTEGER, "a whole number"),
    ("\u0663", INTEGER, "a whole number"),
    ("9" * 5000, INTEGER, "a whole number"),
    ("nan", DOUBLE, "a number"),
    ("-INF", DOUBLE, "a number"),
    ("1e400", DOUBLE, "a number"),
    ("0x10", DOUBLE, "a number"),
    ("1 2", DOUBLE, "a number"),
    ("Sideways", GATEWAY_DIRECTION, "one of Unspecified, Converging, Diverging, Mixed"),
]


@pytest.mark.parametrize(("text", "simple", "expected"), WRONG)
def test_what_is_refused(text, simple, expected):
    with pytest.raises(ValueError, match=f"^{expected}$"):
        parse(text, simple)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back_the_same(number):
    assert parse(spell(number, DOUBLE), DOUBLE) == number


SPELLED = [(100.0, "100"), (0.1, "0.1"), (-2.0, "-2"), (1e22, "1e+22"), (80, "80")]


@pytest.mark.parametrize(("number", "text"), SPELLED)
def test_numbers_are_written_short(number, text):
    assert spell(number, DOUBLE) == text


def test_the_rest_is_written_as_it_is():
    assert spell(value=True, simple=BOOLEAN) == "true"
    assert spell(-3, INTEGER) == "-3"
    assert spell(" a ", STRING) == " a "


def test_which_types_take_any_text():
    assert [is_text(simple) for simple in (STRING, IMPLEMENTATION)] == [True, True]
    assert not any(is_text(simple) for simple in (BOOLEAN, DOUBLE, GATEWAY_DIRECTION))
