"""Every code is told in `codes.txt`, once, and is the name of one thing."""

from __future__ import annotations

import re
from collections import Counter

from bpmn_xml.check.catalogue import catalogue
from bpmn_xml.check.rules.table import RULES
from bpmn_xml.codes import meanings
from tests.conftest import ROOT

SOURCES = [path.read_text("utf-8") for path in (ROOT / "bpmn_xml").rglob("*.py")]
NAMED = re.compile(r'^[A-Z_]+: Final = "((?:BX|DI|XSD|EXT)\d+)"$', re.MULTILINE)
SAID = re.compile(r'"((?:BX|XSD|DI)\d{2,3})"')
BORROWED = {"EXT023"}
"""Codes of rules that have a name where they are looked for."""


def test_what_a_module_names_is_told_and_what_is_told_is_named() -> None:
    said = {code for text in SOURCES for code in SAID.findall(text)}
    assert said - {"BX60"} == meanings().keys()


def test_no_code_has_two_names() -> None:
    named = Counter(code for text in SOURCES for code in NAMED.findall(text))
    assert {code for code, times in named.items() if times > 1} == set()
    assert {code for code in named if code.startswith("EXT")} == BORROWED
    assert len(named) > 150


def test_codes_stand_in_order_once() -> None:
    text = (ROOT / "bpmn_xml" / "codes.txt").read_text("utf-8")
    told = re.findall(r"^[A-Z]+\d+", text, re.MULTILINE)
    assert told == sorted(set(told))
    assert told == list(meanings())


def test_every_code_is_explained_by_sentences_without_their_stops() -> None:
    assert len(catalogue()) == len(meanings()) + len(RULES)
    for one in catalogue().values():
        assert one.title[0].isupper() or not one.title[0].isalpha(), one
        assert one.remedy, one
        assert not one.title.endswith("."), one
        assert not one.remedy.endswith("."), one
