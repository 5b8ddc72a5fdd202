"""What is called is a method of the list, a registered function, or refused before it runs."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions import evaluate
from bpmn_xml.expressions.juel import OutsideError

OUTSIDE = [
    ("${bean.method(a, b)}", ["bean.method()"]),
    ("${bean.a.b(1)}", ["bean.a.b()"]),
    ("${bean['method'](a)}", ["bean.method()"]),
    ("${bean[a](b.c())}", ["bean[...]()", "b.c()"]),
    ("${bean[1].run()}", ["bean[...].run()"]),
    ("${(a ? b : c).run()}", ["(...).run()"]),
    ("${f(x)}", ["f()"]),
    ("${fn:length(x)}", ["fn:length()"]),
    ("${now()} and ${dateTime().plusDays(1)}", []),
    ("${later()} and ${later()}", ["later()"]),
    ("${now(1)}", ["now()"]),
    ("${dateTime().plusDays(1).toDate()}", []),
    ("${a.b().c(d.e())}", ["a.b()", "a.b().c()", "d.e()"]),
    ("${f(x).size() + g(h(1))}", ["f()", "g()", "h()"]),
    ("${x.get(1, 2)}", ["x.get()"]),
    ("${x.size(1)}", ["x.size()"]),
    ("${execution.setVariable('x', 1)}", ["execution.setVariable()"]),
    ("${execution.getVariable()}", ["execution.getVariable()"]),
    ("${execution.getProcessBusinessKey(1)}", ["execution.getProcessBusinessKey()"]),
    ("${execution.processInstance.id}", ["execution.processInstance"]),
    ("${execution.getVariable('x').run()}", ["execution.getVariable().run()"]),
    ("${execution.tenantId}", ["execution.tenantId"]),
    ("${execution.getProcessDefinitionId()}", ["execution.getProcessDefinitionId()"]),
    ("${execution.getCurrentActivityId()}", ["execution.getCurrentActivityId()"]),
    ("${task.name}", ["task.name"]),
    ("${task.getVariable('x')}", ["task.getVariable()"]),
    ("${task.assignee.trim()}", ["task.assignee"]),
    ("${x.run() ? y.size() : z}", ["x.run()"]),
    ("${x.contains('a') && execution.hasVariable('y')}", []),
    ("${a.b.c[0].d}", []),
    ("${SPIN(x).prop('a')}", ["SPIN()"]),
]


@pytest.mark.parametrize(("text", "calls"), OUTSIDE)
def test_outside_calls(text, calls):
    if not calls:
        assert compiled(text, "juel").language == "juel"
        return
    with pytest.raises(OutsideError) as caught:
        compiled(text, "juel")
    assert list(caught.value.calls) == calls
    assert str(caught.value).startswith(calls[0])
    assert "what can be called is execution.getVariable" in str(caught.value)
    assert caught.value.text == text
    assert 0 < caught.value.offset < len(text)


def test_of_many_calls_the_first_are_named():
    with pytest.raises(OutsideError, match=r"a\(\), b\(\), c\(\) and more: not a value") as caught:
        compiled("${a() + b() + c() + d()}", "juel")
    assert len(caught.value.calls) == 4


@pytest.mark.parametrize(
    ("text", "value", "names"),
    [
        ("${execution.getVariable('a') + 1}", 8, ("a",)),
        ("${execution.getVariable('b') == null}", True, ("b",)),
        ("${execution.getVariable('b') == 'x'}", False, ("b",)),
        ("${execution.getVariable(key)}", 7, ("key",)),
        ("${execution['getVariable']('a')}", 7, ("a",)),
        ("${execution.getVariable('list').size() == 2}", True, ("list",)),
        ("${execution.hasVariable('a')}", True, ("a",)),
        ("${!execution.hasVariable('b')}", True, ("b",)),
        ("${execution.processInstanceId}", "P-1", ("execution",)),
        ("${execution.getProcessInstanceId()}", "P-1", ("execution",)),
        ("${execution.getProcessBusinessKey().length()}", 4, ("execution",)),
        ("${execution.processBusinessKey}/${a}", "B-42/7", ("execution", "a")),
    ],
)
def test_execution(text, value, names):
    facts = {"processInstanceId": "P-1", "processBusinessKey": "B-42"}
    found = compiled(text, "juel")
    variables = {"a": 7, "key": "a", "list": [1, 2], "execution": facts}
    value = value if not text.endswith(".length()}") else len(facts["processBusinessKey"])
    assert (found.evaluate(variables), found.names) == (value, names)


@pytest.mark.parametrize(
    "text", ["${execution.currentActivityId}", "${execution.getCurrentActivityId()}"]
)
def test_whoever_compiles_tells_where_an_expression_stands(text):
    known = {"execution.currentActivityId": lambda: "pay"}
    assert compiled(text, "juel", functions=known).evaluate({}) == "pay"


@pytest.mark.parametrize(
    ("text", "value"),
    [("${task.getVariable('x')}", 5), ("${task.hasVariable('y')}", False), ("${task.name}", "Pay")],
)
def test_a_listener_asks_its_task(text, value):
    known = {"task.eventName": lambda: "create", "task.name": lambda: "Pay"}
    assert compiled(text, "juel", functions=known).evaluate({"x": 5}) == value


def test_a_variables_name_is_a_text():
    with pytest.raises(ExpressionError, match="a variable's name is a text, not a number"):
        compiled("${execution.getVariable(1)}", "juel").evaluate({})


def test_variables_that_are_known_to_be_there_are_variables():
    variables = {"task": {"name": "Pay"}, "execution": {"any": {"thing": 1}}}
    assert evaluate("${task.name}", variables, language="juel") == "Pay"
    assert evaluate("${execution.any.thing}", variables, language="juel") == 1
    with pytest.raises(OutsideError, match=r"^task\.run\(\)"):
        evaluate("${task.run()}", variables, language="juel")


@pytest.mark.parametrize(
    ("text", "value", "names"),
    [
        ("${shop.total(order, 2)}", 10, ("order",)),
        ("${shop.total(order, 2) > 5 ? add(1, 2) : 0}", 3, ("order",)),
        ("${shop.books.total(1)}", 1, ()),
        ("${execution.setVariable('x', 1)}", None, ()),
        ("${fn:length('abc')}", 3, ()),
    ],
)
def test_registered_functions(text, value, names):
    functions = {
        "shop.total": lambda order, times: order * times,
        "shop.books.total": abs,
        "execution.setVariable": lambda name, value: None,
        "add": lambda left, right: left + right,
        "fn:length": len,
    }
    found = compiled(text, "juel", functions=functions)
    assert (found.evaluate({"order": 5}), found.names) == (value, names)
