"""Where tokens stand, as tests say it."""

from __future__ import annotations

import pytest

from bpmn_xml.testing import Rehearsal, assert_waiting
from tests.documents import DEFINITIONS
from tests.testing.test_rehearsal import HEAD

JOINED = f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="s"/>
  <userTask id="a"/><task id="b"/><userTask id="c"/><parallelGateway id="j"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
  <sequenceFlow id="f2" sourceRef="s" targetRef="b"/>
  <sequenceFlow id="f3" sourceRef="s" targetRef="c"/>
  <sequenceFlow id="f4" sourceRef="a" targetRef="j"/>
  <sequenceFlow id="f5" sourceRef="b" targetRef="j"/></process></definitions>"""


@pytest.mark.parametrize(
    ("named", "only", "told"),
    [
        (["a", "c"], True, ""),
        (["a", "c", "j"], True, ""),
        (["a"], True, "also waits at c"),
        (["a"], False, ""),
        (["j"], False, ""),
        (["a", "a"], False, "not at a"),
        (["b"], False, "not at b"),
    ],
)
def test_joins_need_not_be_named(named: list[str], only: bool, told: str) -> None:
    with Rehearsal(JOINED.encode()) as stage:
        run = stage.start()
        if not told:
            assert_waiting(run, *named, only=only)
            return
        with pytest.raises(AssertionError, match=told):
            assert_waiting(run, *named, only=only)


def test_several_tokens_at_one_element_are_named_once_each() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    task = f'<userTask id="sign">{loop}</multiInstanceLoopCharacteristics></userTask>'
    flow = '<sequenceFlow id="f" sourceRef="start" targetRef="sign"/></process></definitions>'
    with Rehearsal(f"{HEAD}{task}{flow}".encode()) as stage:
        run = stage.start()
        assert_waiting(run, "sign", "sign", "sign")
        told = r"also waits at sign \(2 tokens\): name 'sign' once for each token"
        with pytest.raises(AssertionError, match=told):
            assert_waiting(run, "sign")
