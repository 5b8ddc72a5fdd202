"""Which process begins when none is named: the command line and Python decide alike."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.compiler.compile import analyse, compile_models
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import CheckError, UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine
from bpmn_xml.runtime.clock import ManualClock
from bpmn_xml.runtime.starting import container_of
from tests.cli.files import FILES, bpmn, chain, process

CALLED = process(chain("task a", prefix="a_"), id_="A")
CALLS = bpmn(CALLED, process(chain("callActivity c calledElement='A'", prefix="b_"), id_="B"))


def compiled(text: str) -> Program:
    return compile_models([read(text.encode())])


@pytest.mark.parametrize(("text", "asked", "found"), [(CALLS, "", "B"), (CALLS, "A", "A")])
def test_what_no_other_calls_begins(text: str, asked: str, found: str) -> None:
    program = compiled(text)
    assert container_of(program, asked) == program.processes[found]


@pytest.mark.parametrize(
    ("text", "asked", "found"), [(CALLS, "A", "A"), (bpmn(CALLED), "", "A")], ids=["named", "only"]
)
def test_what_is_clear_is_not_looked_for(text: str, asked: str, found: str) -> None:
    program = compiled(text)
    without = msgspec.structs.replace(program, nodes=None)
    assert container_of(without, asked) == program.processes[found]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "several processes may begin: name one of A, B"),
        ("C", "there is no process 'C': name one of A, B"),
    ],
)
def test_what_is_not_clear_is_refused(asked: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        container_of(compiled(FILES["both.bpmn"]), asked)


FIELDS = """<extensionElements xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><camunda:formData>
  <camunda:formField id="amount" type="long" defaultValue="100"/>
  <camunda:formField id="rush" type="boolean" defaultValue="false"/>
  <camunda:formField id="item" type="string"/>
  <camunda:formField id="until" type="date"/>
</camunda:formData></extensionElements>"""
FILLED = bpmn(
    process(f"""<startEvent id="s">{FIELDS}</startEvent><startEvent id="other"/>
  <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>
  <sequenceFlow id="g" sourceRef="other" targetRef="e"/>""")
)


@pytest.mark.parametrize(
    ("start", "given", "variables"),
    [
        ("s", {"item": "lamp"}, {"item": "lamp", "amount": 100, "rush": False}),
        ("s", {"amount": 5, "rush": None}, {"amount": 5, "rush": None}),
        ("other", {}, {}),
    ],
)
def test_the_form_of_a_start_event_gives_what_nobody_gives(
    start: str, given: dict[str, object], variables: dict[str, object]
) -> None:
    with Engine(FILLED.encode(), workers=0) as engine:
        run = engine.start("P", given, start=start)
    assert run.variables == variables


def test_a_default_of_another_kind_than_its_field_is_told() -> None:
    text = FILLED.replace('"100"', '"many"')
    with pytest.raises(CheckError, match=r"default of its field 'amount': 'many' is no whole"):
        Engine(text.encode(), workers=0)


def test_a_default_that_needs_python_is_told() -> None:
    text = FILLED.replace('"date"', '"date" defaultValue="${calendar.next()}"')
    found = [one for one in analyse([read(text.encode())], Options())[1] if one.code == "BX164"]
    assert [(one.id, "field 'until' '${calendar.next()}'" in one.message) for one in found] == [
        ("s", True)
    ]
    with Engine(text.encode(), workers=0) as engine:
        run = engine.start("P", {}, start="s")
    assert run.variables == {"amount": 100, "rush": False}


@pytest.mark.parametrize(
    ("default", "given", "amount"),
    [
        ("${n + 1}", {"n": 4}, 5),
        ("${n + 1}", {"n": 4, "amount": 7}, 7),
        ("${execution.processBusinessKey}", {"businessKey": "12"}, 12),
    ],
)
def test_a_default_is_computed_at_the_start(
    default: str, given: dict[str, object], amount: int
) -> None:
    text = FILLED.replace('"100"', f'"{default}"').replace('"false"', '"${amount gt 5}"')
    text = text.replace('"date"', '"date" defaultValue="${now()}"')
    with Engine(text.encode(), workers=0, clock=ManualClock(0)) as engine:
        found = engine.start("P", given, start="s").variables
    assert (found["amount"], found["rush"], str(found["until"])[:10]) == (
        amount,
        amount > 5,
        "1970-01-01",
    )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, r"default of the field 'amount' of the start form: .*'n'"),
        ({"n": "many"}, r"default of the field 'amount' of the start form: 'many' is no whole"),
    ],
)
def test_a_default_without_a_value_begins_nothing(given: dict[str, object], why: str) -> None:
    text = FILLED.replace('"100"', '"${n}"')
    with (
        Engine(text.encode(), workers=0) as engine,
        pytest.raises(UsageError, match=why) as refused,
    ):
        engine.start("P", given, start="s")
    assert "give 'amount', or what its default needs" in str(refused.value)
