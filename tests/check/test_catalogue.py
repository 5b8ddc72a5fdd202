"""Every code that the package can give is explained."""

from __future__ import annotations

import re
from collections import Counter

from bpmn_xml.check.catalogue import ELSEWHERE, TITLED, catalogue
from bpmn_xml.check.rules.table import RULES
from tests.conftest import ROOT

CODE = re.compile(r'(?:= |\()"((?:BX|XSD|DI|EXT)\d{2,3})"')


def test_no_code_is_forgotten() -> None:
    sources = (ROOT / "bpmn_xml").rglob("*.py")
    named = {code for source in sources for code in CODE.findall(source.read_text("utf-8"))}
    assert len(named) > 100
    assert named <= catalogue().keys()


def test_every_entry_is_a_sentence_without_its_stop() -> None:
    for entry in catalogue().values():
        assert entry.title[0].isupper() or not entry.title[0].isalpha(), entry
        assert not entry.title.endswith("."), entry


def test_every_entry_says_how_to_mend() -> None:
    assert [code for code, entry in catalogue().items() if not entry.remedy] == []


def test_no_code_means_two_things() -> None:
    told = [code for module in TITLED for code in module.TITLES]
    told += [*ELSEWHERE, *(rule.code for rule in RULES)]
    assert [code for code, times in Counter(told).items() if times > 1] == []
