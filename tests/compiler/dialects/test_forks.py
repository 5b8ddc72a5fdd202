"""What calls of Activiti and Flowable pass."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.forks import WORDS
from bpmn_xml.compiler.dialects.settings import MappedValue, PassedData
from tests.compiler.dialects.places import setting

KEY = "businessKey"
ITS_OWN = "${execution.processBusinessKey}"

CASES = [
    ("inheritVariables", "true", PassedData(all_in=True)),
    ("inheritVariables", "false", PassedData()),
    (KEY, "${k}", PassedData(inputs=[MappedValue(KEY, "${k}")])),
    ("inheritBusinessKey", "true", PassedData(inputs=[MappedValue(KEY, ITS_OWN)])),
    ("inheritBusinessKey", "false", PassedData()),
]


@pytest.mark.parametrize(("name", "text", "passed"), CASES)
def test_what_a_call_passes(name: str, text: str, passed: PassedData) -> None:
    assert setting(f"flowable:{name}", text, m.CallActivity).passed == passed


def test_every_word_that_is_read_is_tested() -> None:
    assert {row.name for row in WORDS if row.read} == {f"@{name}" for name, _, _ in CASES}
