"""Expressions that call Python: what they find, what they may, and that they call it once."""

from __future__ import annotations

import types
from typing import Any

import pytest

from bpmn_xml.compiler.elements.execution_facts import is_apart
from bpmn_xml.compiler.program import BeanCalls, Kind, Program, Work
from bpmn_xml.errors import BindingError, BpmnError, ExpressionError, UsageError
from bpmn_xml.runtime.binding.beans import Execution, bean_method, evaluator, passed_by
from tests.core.harness import program
from tests.runtime.harness import DRIVERS, bench


class Mail:
    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, to: str) -> str:
        self.sent.append(to)
        return f"sent to {to}"

    def touch(self, execution: Any) -> None:
        execution.setVariable("seen", execution.getVariable("to"))

    def hide(self, execution: Any) -> None:
        execution.removeVariable("to")
        assert execution.getVariable("to") is None

    def fail(self) -> None:
        self.sent.append("failing")
        raise BpmnError("NO_MAIL", "none")

    def _secret(self) -> None:
        """Not to be called."""


HERE = {"execution.currentActivityId": "t1"}


def calling(text: str, *calls: str, result: str = "") -> Program:
    work = Work(beans=BeanCalls(text, calls, HERE, is_apart(text, calls)), result=result)
    return program("s > t1 > e", work={"t1": work})


# expression, what it calls, the variable of its result, the variables at the end
CASES: list[tuple[str, tuple[str, ...], str, dict[str, Any]]] = [
    ("${mail.send(to)}", ("mail.send",), "r", {"r": "sent to Ada"}),
    ("${mail.send(to)}", ("mail.send",), "", {}),
    ("Mail ${mail.send(to)}!", ("mail.send",), "r", {"r": "Mail sent to Ada!"}),
    ("${twice(2)}", ("twice",), "r", {"r": 4}),
    ("${mail.touch(execution)}", ("mail.touch",), "", {"seen": "Ada"}),
    ("${execution.getVariables().size()}", ("execution.getVariables",), "r", {"r": 1}),
    (
        "${execution.getVariables().containsKey('to')}",
        ("execution.getVariables",),
        "r",
        {"r": True},
    ),
    ("${execution.getVariableNames()}", ("execution.getVariableNames",), "r", {"r": ["to"]}),
    ("${execution.removeVariable('to')}", ("execution.removeVariable",), "", {"to": None}),
    ("${mail.hide(execution)}", ("mail.hide",), "", {"to": None}),
    (
        "${execution.getVariablesLocal()}",
        ("execution.getVariablesLocal",),
        "r",
        {"r": {"to": "Ada"}},
    ),
    ("${execution.hasVariablesLocal()}", ("execution.hasVariablesLocal",), "r", {"r": True}),
    (
        "${execution.setVariablesLocal(both())}",
        ("execution.setVariablesLocal", "both"),
        "",
        {"a": 1, "b": 2},
    ),
    ("${execution.removeVariables()}", ("execution.removeVariables",), "", {"to": None}),
    ("${task.hasVariables()}", ("task.hasVariables",), "r", {"r": True}),
    ("${execution.setVariables(both())}", ("execution.setVariables", "both"), "", {"a": 1, "b": 2}),
    ("${execution.setVariables(null)}", ("execution.setVariables",), "", {}),
    ("${execution.setVariable('x', twice(3))}", ("execution.setVariable", "twice"), "", {"x": 6}),
]


@pytest.mark.parametrize(("text", "calls", "result", "end"), CASES)
@pytest.mark.parametrize("driver", DRIVERS)
def test_what_an_expression_does(
    text: str, calls: tuple[str, ...], result: str, end: dict[str, Any], driver: str
) -> None:
    handlers = {"mail": Mail(), "twice": lambda n: 2 * n, "both": lambda: {"a": 1, "b": 2}}
    with bench(calling(text, *calls, result=result), handlers, DRIVERS[driver]) as it:
        run = it.run({"to": "Ada"})
        left = {name: value for name, value in {"to": "Ada", **end}.items() if value is not None}
        assert (run.outcome, run.variables) == ("completed", left)


def test_a_function_of_a_module_is_called_like_the_method() -> None:
    beside = types.ModuleType("leave")
    exec("def send(to):\n    return to", vars(beside))
    with bench(calling("${mail.send(to)}", "mail.send", result="r"), beside) as it:
        assert it.run({"to": "Ada"}).variables["r"] == "Ada"
    assert repr(Execution({}, {"id": "P-1"})) == "<Execution of P-1>"


def test_what_fails_is_called_once_and_keeps_its_error() -> None:
    mail = Mail()
    text = "${mail.send(to)}${mail.fail()}"
    with bench(calling(text, "mail.send", "mail.fail"), {"mail": mail}) as it:
        run = it.run({"to": "Ada"})
        assert run.outcome == "failed"
        assert mail.sent == ["Ada", "failing"]


def test_a_missing_variable_is_told() -> None:
    handler = evaluator(BeanCalls("${f(to)}", ("f",)), "", lambda _name: print)
    with pytest.raises(ExpressionError, match="there is no 'to'"):
        handler.function(*handler.gather({}))


@pytest.mark.parametrize(
    ("call", "instead"),
    [
        ("task.setOwner", "keep an owner in a variable"),
        ("task.addUserIdentityLink", "use addCandidateUser"),
        ("execution.createIncident", "raise an exception in Python"),
    ],
)
def test_what_python_cannot_stand_in_for_is_refused_with_what_does_it(
    call: str, instead: str
) -> None:
    with pytest.raises(BindingError, match=rf"there is no {call}\(\)") as refused:
        bench(calling(f"${{{call}('to')}}", call), {"mail": Mail()}).__enter__()
    assert instead in str(refused.value)
    assert "bindings.toml" not in str(refused.value)
    assert passed_by(BeanCalls(f"${{{call}('to')}}", (call,))) == {}


@pytest.mark.parametrize(
    ("text", "calls", "said"),
    [
        ("${mail.send()}", ("mail.send",), r"mail\.send\(\) 0 values, which takes \(to\)"),
        ("${mail.send(to, 1)}", ("mail.send",), r"mail\.send\(\) 2 values, which takes"),
        ("${twice()}", ("twice",), r"twice\(\) 0 values, which takes \(n\)"),
        ("${execution.setVariable('x')}", ("execution.setVariable",), r"takes \(name, value\)"),
        ("${task.setPriority()}", ("task.setPriority",), r"setPriority\(\) 0 values"),
    ],
)
def test_a_wrong_number_of_values_is_refused_before_the_first_step(
    text: str, calls: tuple[str, ...], said: str
) -> None:
    handlers = {"mail": Mail(), "twice": lambda n: 2 * n}
    with pytest.raises(BindingError, match=said):
        bench(calling(text, *calls), handlers).__enter__()


def test_of_what_is_written_in_c_no_number_is_known() -> None:
    with bench(calling("${least(3, 2)}", "least", result="r"), {"least": min}) as it:
        assert it.run({"to": "Ada"}).variables["r"] == 2


def test_variables_are_set_from_a_mapping_alone() -> None:
    text = "${execution.setVariables(to)}"
    with bench(calling(text, "execution.setVariables"), {}) as it:
        run = it.run({"to": "Ada"})
        told = [incident.message for incident in run.incidents]
    assert told == ["a str is no mapping of names to values"]
    assert run.variables == {"to": "Ada"}


def test_what_is_not_bound_is_refused() -> None:
    with pytest.raises(BindingError, match=r"nothing is bound to 'post.send'"):
        bench(calling("${post.send(to)}", "post.send"), {"mail": Mail()}).__enter__()


@pytest.mark.parametrize("name", ["_secret", "__init__", "nothing", "sent"])
def test_only_public_methods_are_called(name: str) -> None:
    with pytest.raises(UsageError, match=f"Mail has no method '{name}'"):
        bean_method(Mail(), name)
    with pytest.raises(BindingError):
        bench(calling(f"${{mail.{name}()}}", f"mail.{name}"), {"mail": Mail()}).__enter__()


def test_listeners_are_bound_like_tasks() -> None:
    from tests.core.drawn import around

    seen: list[str] = []
    drawn = program("s > t1 > e; l1; l2", frames={"t1": around(before="l1", after="l2")})
    assert [n.kind for n in drawn.nodes if n.id == "l1"] == [Kind.LISTENER]
    handlers = {name: lambda name=name: seen.append(name) for name in ("l1", "t1", "l2")}
    with bench(drawn, handlers) as it:
        assert it.run().outcome == "completed"
    assert seen == ["l1", "t1", "l2"]


@pytest.mark.parametrize("driver", DRIVERS)
def test_an_expression_knows_where_it_is(driver: str) -> None:
    told: list[object] = []
    place = "execution.currentActivityId"
    text = f"${{note(execution.processInstanceId, execution.getBusinessKey(), {place})}}"
    handlers = {"note": lambda *found: told.append(found)}
    with bench(calling(text, "note"), handlers, DRIVERS[driver]) as it:
        run = it.run({"businessKey": "k"})
    assert told == [(run.id, "k", "t1")]


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_only_takes_an_answer_is_no_variable_of_a_run(driver: str) -> None:
    seen: list[dict[str, Any]] = []
    asks = Work(beans=BeanCalls("${shop.lines()}", ("shop.lines",)), result="asked:t.lines")
    drawn = program("s > l1 > u1 > e", work={"l1": asks})
    with bench(drawn, {"shop.lines": lambda: [1, 2]}, DRIVERS[driver]) as it:
        run = it.run({"n": 1})
        (task,) = run.tasks
        seen = [run.variables, task.variables]
    assert seen == [{"n": 1}, {"n": 1}]


def test_what_an_execution_knows_of_itself() -> None:
    execution = Execution({}, {"id": "i-1"})
    assert (dict(execution), len(execution)) == ({"id": "i-1"}, 1)


def test_a_listener_of_a_task_gives_it_to_python() -> None:
    told: list[object] = []

    def note(task: Any) -> None:
        told.extend([task["name"], task["taskDefinitionKey"], task.getVariable("to")])
        task.setVariable("noted", True)

    facts = {"task.name": "Pay", "task.taskDefinitionKey": "t1"}
    work = Work(beans=BeanCalls("${log.note(task)}", ("log.note",), facts))
    with bench(program("s > t1 > e", work={"t1": work}), {"log.note": note}) as it:
        run = it.run({"to": "Ada"})
    assert told == ["Pay", "t1", "Ada"]
    assert run.variables == {"to": "Ada", "noted": True}
