"""By whose rules data and errors go."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, STANDARD, ScopeRules
from bpmn_xml.errors import Place
from tests.compiler.drawing import NAMESPACES, extended, file, flow, said, told, word

SEVEN = m.ServiceTask(id="t1", **said(camunda_topic="pay"))
RELATIVES = (
    m.ServiceTask(id="t2", **said(activiti_class="Pay")),
    m.ServiceTask(id="t3", **said(flowable_class="Pay")),
)
EIGHT = m.ServiceTask(id="t4", **extended(word("zeebe:taskDefinition", type="pay")))
OURS = m.ServiceTask(id="t5", **said(bx_threads="2", other_threads="x"))


def drawn(*tasks: m.Task, platform: str = "", name: str = "a.bpmn") -> m.Definitions:
    renamed = [
        m.ServiceTask(
            id=f"{name}_{task.id}",
            extension_attributes=task.extension_attributes,
            extension_elements=task.extension_elements,
        )
        for task in tasks
    ]
    process = m.Process(
        id=name, is_executable=True, flow_elements=(m.Task(id=f"{name}_t"), *renamed)
    )
    words = said(modeler_executionPlatform=platform) if platform else {}
    return m.Definitions(id="D", root_elements=(process,), place=Place(name), **words)


RULES = [
    ((drawn(),), STANDARD),
    ((drawn(OURS),), STANDARD),
    ((drawn(SEVEN),), CAMUNDA7),
    ((drawn(OURS, *RELATIVES),), CAMUNDA7),
    ((drawn(OURS, EIGHT),), CAMUNDA8),
    ((drawn(SEVEN, EIGHT),), CAMUNDA7),
    ((drawn(SEVEN, *RELATIVES, EIGHT),), CAMUNDA7),
    ((drawn(SEVEN, *RELATIVES, EIGHT, platform="Camunda Cloud"),), CAMUNDA8),
    ((drawn(SEVEN, EIGHT, platform="Camunda Platform"),), CAMUNDA7),
    ((drawn(SEVEN, platform="Camunda Cloud"),), CAMUNDA7),
    ((drawn(SEVEN, platform="Other"),), CAMUNDA7),
    ((drawn(OURS, platform="Camunda Cloud"),), CAMUNDA8),
    ((drawn(platform="Camunda Platform"),), CAMUNDA7),
    ((drawn(platform="Operaton"),), CAMUNDA7),
    ((drawn(platform="Other"),), STANDARD),
]


@pytest.mark.parametrize(("files", "rules"), RULES)
def test_the_rules_are_those_of_the_engine(
    files: tuple[m.Definitions, ...], rules: ScopeRules
) -> None:
    program, findings = analyse(files, Options())
    assert program is not None
    assert {container.rules.dialect for container in program.containers} == {rules.dialect}
    assert findings == []


def test_the_modeler_of_operaton_says_it_by_a_namespace_of_its_own() -> None:
    words = said(operatonmodeler_executionPlatform="Operaton")
    file = replace(drawn(), **words)
    program, findings = analyse([file], Options())
    assert program is not None
    assert program.containers[0].rules is CAMUNDA7
    assert findings == []


def test_each_file_goes_by_the_rules_of_its_own_engine() -> None:
    files = [drawn(SEVEN), drawn(OURS, name="b.bpmn"), drawn(EIGHT, name="c.bpmn")]
    program, findings = analyse(files, Options())
    assert program is not None
    assert [container.rules for container in program.containers] == [CAMUNDA7, STANDARD, CAMUNDA8]
    assert findings == []


def test_the_words_of_every_namespace_are_known() -> None:
    assert len(set(NAMESPACES.values())) == len(NAMESPACES)


def test_conditions_of_camunda_7_are_no_xpath() -> None:
    start, gateway = m.StartEvent(id="s"), m.ExclusiveGateway(id="g")
    (line,) = told(file(start, gateway, SEVEN, flow("s g"), flow("g t1", "paid = 1")))
    assert "error BX110 g-t1: its condition 'paid = 1'" in line


def test_conditions_of_camunda_8_begin_with_a_sign() -> None:
    worker = m.ServiceTask(id="t", **extended(word("zeebe:taskDefinition", type="w")))
    start, gateway = m.StartEvent(id="s"), m.ExclusiveGateway(id="g")
    (line,) = told(file(start, gateway, worker, flow("s g"), flow("g t", "paid = true")))
    assert line.endswith("begin it with '=', or answer with --choose g=g-t")
