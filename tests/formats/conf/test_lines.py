"""Lines become what `configparser` makes of them, or are refused with their number."""

from __future__ import annotations

import configparser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import ReadError
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.conf.lines import parse


def read(text: str) -> dict[str, dict[str, str]]:
    """Return the values of all options, or raise `ReadError`."""
    faults = Faults("x.conf", 100)
    sections = parse(text, faults)
    faults.refuse()
    return {
        name: {option: found.value for option, found in section.options.items()}
        for name, section in sections.items()
    }


VALUES = {
    "[s]\na=1\n": {"s": {"a": "1"}},
    "[s]\r\na = 1\rb: 2": {"s": {"a": "1", "b": "2"}},
    "; c\n# c\n\n[s]\n  # c\na=1 ; kept": {"s": {"a": "1 ; kept"}},
    "[s]\na=1=2:3": {"s": {"a": "1=2:3"}},
    "[s]\nA=1\na=2": {"s": {"A": "1", "a": "2"}},
    "[s]\na=\nb=": {"s": {"a": "", "b": ""}},
    "[s]\na=1\n  2\n\n\t3": {"s": {"a": "1\n2\n3"}},
    "[s]\n  a=1\n  b=2\n    3": {"s": {"a": "1", "b": "2\n3"}},
    "[s]\na=1\n [t]": {"s": {"a": "1\n[t]"}},
    "  [s]\na=%(b)s": {"s": {"a": "%(b)s"}},
    "[a b]\n[ c ]": {"a b": {}, "c": {}},
    "": {},
}


@pytest.mark.parametrize("text", VALUES)
def test_values(text):
    assert read(text) == VALUES[text]


def test_lines_are_known():
    section = parse("\n# x\n[s]\na=\n  1\n\nb=2", Faults("", 9))["s"]
    assert (section.line, section.options["a"].line, section.options["b"].line) == (3, 4, 7)


REFUSED = {
    "a=1": "x.conf:1: error BX050: the option 'a' stands before the first section",
    "[s]\nwords": "x.conf:2: error BX050: cannot make sense of 'words'",
    "[s]\n=1": "x.conf:2: error BX050: cannot make sense of '=1'",
    "[s\na=1": "x.conf:1: error BX050: cannot make sense of '[s'",
    "[]": "x.conf:1: error BX050: cannot make sense of '[]'",
    "[s] x": "x.conf:1: error BX050: cannot make sense of '[s] x'",
    "[s]\na=1\n[t]\n[s]": "x.conf:4: error BX051: section [s] stands twice, first in line 1",
    "[s]\na=1\nb=2\na=3": "x.conf:4: error BX051: the option 'a' of [s] stands twice, first in",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text):
    with pytest.raises(ReadError) as caught:
        read(text)
    assert REFUSED[text] in str(caught.value)


def test_all_faults_at_once():
    with pytest.raises(ReadError) as caught:
        read("a=1\n[s]\nwords\n[s]\n=")
    assert [finding.place.line for finding in caught.value.findings] == [1, 3, 4, 5]


LINES = st.sampled_from(
    [
        "[s]",
        "[t]",
        " [u]",
        "a=1",
        "b : 2",
        "a",
        "  a=2",
        "   more",
        "",
        "#",
        "  ;x",
        "c = = :",
        "=",
        "[v",
        "DEFAULT",
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_what_is_read_is_what_configparser_reads(text):
    try:
        ours = read(text)
    except ReadError:
        return
    reference = configparser.RawConfigParser(strict=True)
    reference.optionxform = str
    reference.read_string(text)
    assert ours == {
        name: {
            option: "\n".join(filter(None, value.split("\n")))
            for option, value in reference.items(name)
        }
        for name in reference.sections()
    }
