"""A plan holds all that a class can take, and each tag goes to one place."""

from __future__ import annotations

import pytest

from bpmn_xml.formats.bpmn.plans import plan_of
from bpmn_xml.formats.bpmn.vocabulary import ROWS, lineage
from bpmn_xml.model import BaseElement, Definitions, Task


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_each_tag_goes_to_one_place(row):
    plan = plan_of(row.cls)
    children = [child for base in lineage(row.cls) for child in base.children]
    assert {slot.child.tag for slot in plan.slots.values()} == {child.tag for child in children}
    for tag, slot in plan.slots.items():
        takers = [other for other in plan.slots if other == tag and plan.slots[other] != slot]
        assert takers == []
        assert slot.field in row.cls.__struct_fields__


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_only_base_elements_get_ids_made_up(row):
    assert plan_of(row.cls).identified == issubclass(row.cls, BaseElement | Definitions)


def test_a_plan_is_made_once():
    assert plan_of(Task) is plan_of(Task)
