"""The schemas say what the OMG's own say."""

from __future__ import annotations

from pathlib import Path

import schema_mutations
from generators import SCHEMAS, bpmn_schema
from lxml import etree


def test_every_schema_is_one() -> None:
    for path in bpmn_schema.files():
        etree.XMLSchema(etree.parse(str(path)))


def test_our_schema_judges_real_files_as_the_original_does(shared_data: Path) -> None:
    ours = etree.XMLSchema(etree.parse(str(SCHEMAS / "bpmn.xsd")))
    theirs = etree.XMLSchema(etree.parse(str(shared_data / "omg-xsd" / "BPMN20.xsd")))
    for file in sorted(shared_data.glob("*/*.bpmn")):
        document = etree.parse(str(file))
        assert ours.validate(document) == theirs.validate(document), file.name


def test_our_schema_judges_changed_files_as_the_original_does(shared_data: Path) -> None:
    found = list(schema_mutations.cases(shared_data, 300))
    assert [case for case in found if case.ours != case.theirs] == []
    valid = sum(case.theirs for case in found)
    assert 30 < valid < 270, "neither all valid nor none"
