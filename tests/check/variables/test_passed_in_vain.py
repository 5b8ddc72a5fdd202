"""What an activity gives to its inside in vain: doubted where a name like it is missing there."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.variables.passed_in_vain import IN_VAIN
from bpmn_xml.errors import Severity

LOOP = (
    b'<multiInstanceLoopCharacteristics xmlns:c="http://camunda.org/schema/1.0/bpmn" '
    b'c:collection="${orders}" c:elementVariable="order"/>'
)
BEGIN = b'<startEvent id="s2"'
TEXT = xml("executable\ns > t > e\nsubProcess t\n  s2 > g\n  g > a ? ${ordr}\n  g > b\n")


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (b"ordr", [(Severity.WARNING, True)]),
        (b"urgent", [(Severity.NOTE, False)]),
        (b"order", []),
    ],
)
def test_two_names_are_joined_only_if_they_are_alike(
    read: bytes, told: list[tuple[Severity, bool]]
) -> None:
    text = TEXT.replace(b"ordr", read).replace(BEGIN, LOOP + BEGIN)
    found = [one for one in check(text) if one.code == IN_VAIN]
    assert [(one.severity, read.decode() in one.message) for one in found] == told
