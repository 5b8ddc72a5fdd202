"""The schemas are fresh, and say what the OMG's own say."""

from __future__ import annotations

from pathlib import Path

import pytest
import schema_mutations
from bpmn_schema import FOLDER, schemas
from lxml import etree

BUILT = schemas()


@pytest.mark.parametrize("file", BUILT)
def test_the_schema_is_fresh(file: str) -> None:
    assert (FOLDER / file).read_text("utf-8") == BUILT[file], "run tools/bpmn_schema.py"


def test_every_schema_is_one() -> None:
    for file in BUILT:
        etree.XMLSchema(etree.parse(str(FOLDER / file)))


def test_our_schema_judges_real_files_as_the_original_does(shared_data: Path) -> None:
    ours = etree.XMLSchema(etree.parse(str(FOLDER / "bpmn.xsd")))
    theirs = etree.XMLSchema(etree.parse(str(shared_data / "omg-xsd" / "BPMN20.xsd")))
    for file in sorted(shared_data.glob("*/*.bpmn")):
        document = etree.parse(str(file))
        assert ours.validate(document) == theirs.validate(document), file.name


def test_our_schema_judges_changed_files_as_the_original_does(shared_data: Path) -> None:
    found = list(schema_mutations.cases(shared_data, 300))
    assert [case for case in found if case.ours != case.theirs] == []
    valid = sum(case.theirs for case in found)
    assert 30 < valid < 270, "neither all valid nor none"
