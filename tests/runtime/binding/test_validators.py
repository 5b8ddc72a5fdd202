"""Rules of Camunda 7's forms that Python checks: found as tasks' Python is, asked at each answer.

Camunda 7: a constraint `validator` names a class or a bean in its `config`; another name is that of
a validator of one's own. Each is asked for the submitted value, also if that is null.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import bpmn_xml
from bpmn_xml.errors import BindingError, UsageError
from bpmn_xml.runtime import Engine, FormError
from bpmn_xml.runtime.binding.answers import HandlerError

FORM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="t">
<process id="P" isExecutable="true"><startEvent id="s"><outgoing>a</outgoing></startEvent>
<userTask id="u"><extensionElements><camunda:formData>
<camunda:formField id="limit" type="long"/>
<camunda:formField id="pieces" type="long"><camunda:validation>{}</camunda:validation>
</camunda:formField></camunda:formData></extensionElements>
<incoming>a</incoming><outgoing>b</outgoing></userTask>
<endEvent id="e"><incoming>b</incoming></endEvent>
<sequenceFlow id="a" sourceRef="s" targetRef="u"/><sequenceFlow id="b" sourceRef="u" targetRef="e"/>
</process></definitions>"""

CLASS = '<camunda:constraint name="validator" config="org.acme.EvenValidator"/>'
BEAN = '<camunda:constraint name="validator" config="${even}"/>'
OWN = '<camunda:constraint name="multiple" config="3"/>'


def form(*constraints: str) -> Any:
    return bpmn_xml.read(FORM.format("".join(constraints)).encode())


def answer(handlers: object, given: dict[str, Any], *constraints: str) -> dict[str, Any]:
    """What an answer leads to, given in the caller's thread."""
    with Engine(form(*constraints), handlers, workers=0) as engine:
        run = engine.start("P", {"most": 10})
        run.wait()
        (task,) = run.tasks
        try:
            task.complete(given)
        except UsageError:
            assert [one.node for one in run.tasks] == ["u"]
            raise
        run.wait()
        return run.variables


def even(value: int) -> bool:
    return value % 2 == 0


def test_false_refuses_the_value_and_the_task_stays_open() -> None:
    handlers = {"org.acme.EvenValidator": even}
    assert answer(handlers, {"pieces": "4"}, CLASS) == {"most": 10, "pieces": 4}
    with pytest.raises(FormError) as caught:
        answer(handlers, {"pieces": "3"}, CLASS)
    assert caught.value.what == "pieces: 3 is refused by org.acme.EvenValidator"


def test_a_value_error_says_why_beside_the_other_faults() -> None:
    def refuse(value: int) -> None:
        if value > 5:
            raise ValueError("we have five")

    with pytest.raises(FormError) as caught:
        answer({"even": refuse}, {"pieces": 6, "limit": "many"}, BEAN)
    assert caught.value.what == "limit: 'many' is no whole number; pieces: we have five"
    assert answer({"even": refuse}, {"pieces": 5}, BEAN)["pieces"] == 5


def test_variables_other_fields_and_the_config_come_by_name() -> None:
    seen = list[object]()

    def multiple(value: int, config: str, most: int, limit: int, pieces: int) -> None:
        seen.append((value, config, most, limit, pieces))

    answer({"multiple": multiple}, {"pieces": "6", "limit": "7"}, OWN)
    assert seen == [(6, "3", 10, 7, 6)]


def test_a_rule_is_asked_too_where_nothing_is_given() -> None:
    with pytest.raises(FormError, match="pieces: None is refused by even"):
        answer({"even": lambda value: value is not None}, {}, BEAN)


def test_a_rule_is_not_asked_about_what_is_no_value_of_the_field() -> None:
    with pytest.raises(FormError) as caught:
        answer({"even": even}, {"pieces": "x"}, BEAN)
    assert caught.value.what == "pieces: 'x' is no whole number"


def test_what_fails_in_a_rule_is_told_with_its_cause() -> None:
    with pytest.raises(HandlerError, match="even has failed: TypeError: ") as caught:
        answer({"even": even}, {}, BEAN)
    assert type(caught.value.__cause__) is TypeError


def test_a_variable_that_is_not_there_is_told() -> None:
    def wants(value: int, colour: str) -> bool:
        return bool(value and colour)

    with pytest.raises(HandlerError, match="even cannot check its field: there is no 'colour'"):
        answer({"even": wants}, {"pieces": 4}, BEAN)


class EvenValidator:
    """As in Java: an object that is asked."""

    def __call__(self, value: int) -> bool:
        return even(value)


NAMED: list[tuple[object, str]] = [
    ({"org.acme.EvenValidator": even}, "its name is given"),
    (SimpleNamespace(even_validator=even), "it is called so by convention"),
    (SimpleNamespace(EvenValidator=EvenValidator), "it is called so by convention"),
]


@pytest.mark.parametrize(("handlers", "rule"), NAMED)
def test_a_rule_is_found_as_the_python_of_tasks(handlers: object, rule: str) -> None:
    with Engine(form(CLASS), handlers, workers=0) as engine:
        (way,) = engine.bindings
        assert (way.node, way.name, way.rule) == ("u", "org.acme.EvenValidator", rule)
        assert "ven" in way.python
    with pytest.raises(FormError):
        answer(handlers, {"pieces": 3}, CLASS)


def test_a_table_binds_a_rule_and_the_module_beside_the_drawing_does(tmp_path: Path) -> None:
    (tmp_path / "order.bpmn").write_text(FORM.format(CLASS + OWN))
    rules = "def multiple(value, config):\n    return value % int(config) == 0\n"
    (tmp_path / "order.py").write_text(rules + "def odd(value):\n    return value % 2 == 1\n")
    (tmp_path / "bindings.toml").write_text('"org.acme.EvenValidator" = "python:order:odd"\n')
    with Engine(tmp_path / "order.bpmn", workers=0) as engine:
        assert [way.python for way in engine.bindings] == ["order:odd", "order:multiple"]
        run = engine.start("P")
        run.wait()
        with pytest.raises(FormError, match=r"pieces: 6 is refused by org\.acme\.EvenValidator"):
            run.tasks[0].complete({"pieces": 6})
        with pytest.raises(FormError, match="pieces: 5 is refused by multiple"):
            run.tasks[0].complete({"pieces": 5})
        run.tasks[0].complete({"pieces": 9})
        run.wait()
        assert run.outcome == "completed"


def test_rules_without_python_are_refused_before_the_start_all_at_once() -> None:
    with pytest.raises(BindingError) as caught:
        Engine(form(BEAN, OWN), {"evn": even}, workers=0)
    assert [found.message for found in caught.value.findings] == [
        "a rule of its field 'pieces': nothing is bound to 'even'",
        "a rule of its field 'pieces': nothing is bound to 'multiple'",
    ]
    assert {found.code for found in caught.value.findings} == {"BX201"}
    assert "did you mean 'evn'?" in caught.value.findings[0].remedy


async def soon(value: int) -> bool:
    return even(value)


def told(value: int, context: object) -> bool:
    return bool(value and context)


@pytest.mark.parametrize("python", [soon, told])
def test_what_cannot_be_asked_at_once_is_refused(python: Callable[..., Any]) -> None:
    with pytest.raises(BindingError, match="is asked at once"):
        Engine(form(BEAN), {"even": python}, workers=0)


def test_a_stub_run_lets_rules_pass_and_lists_them() -> None:
    options = bpmn_xml.Options(stub=True)
    with Engine(form(BEAN), workers=0, options=options) as engine:
        (doubt,) = engine.doubts
        assert doubt.message == (
            "what is given for its field 'pieces' is not checked: nothing is bound to 'even'"
        )
        run = engine.start("P")
        run.wait()
        run.tasks[0].complete({"pieces": 3})
        run.wait()
        assert run.outcome == "completed"
