"""What messages call an element."""

from __future__ import annotations

import re

import pytest

from bpmn_xml import model as m
from bpmn_xml.model.about import element_word
from bpmn_xml.model.walk import descendants


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (m.Task, "task"),
        (m.SubProcess, "sub-process"),
        (m.AdHocSubProcess, "ad-hoc sub-process"),
        (m.EventBasedGateway, "event-based gateway"),
        (m.IntermediateCatchEvent, "intermediate catch event"),
        (m.BusinessRuleTask, "business rule task"),
    ],
)
def test_words_for_elements(kind: type[m.FlowNode], word: str) -> None:
    assert element_word(kind(id="x")) == word


def test_no_word_is_a_class_name() -> None:
    for kind in descendants(m.FlowNode):
        fields = {"attached_to_ref": "t"} if "attached_to_ref" in kind.__struct_fields__ else {}
        fields |= {
            name: "A" for name in ("initiating_participant_ref",) if name in kind.__struct_fields__
        }
        assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", element_word(kind(id="x", **fields)))
