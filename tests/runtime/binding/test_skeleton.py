"""The first Python for a drawing: it has what the drawing says, type-checks, and runs."""

from __future__ import annotations

import ast
import subprocess
import sys
import types
from pathlib import Path

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.formats import read
from bpmn_xml.runtime import run
from bpmn_xml.runtime.binding.skeleton import Skeleton, skeleton
from tests.compiler.drawing import around, extended, file, flow, said, word
from tests.real import real_files


def made(*definitions: m.Definitions) -> Skeleton:
    program, _ = analyse(definitions, Options(stub=True))
    assert program is not None
    return skeleton(program, definitions[0], "shop")


def task(id_: str = "t", *words: m.ForeignElement, **fields: object) -> m.ServiceTask:
    return m.ServiceTask(id=id_, **extended(*words), **fields)


def test_a_function_has_what_the_drawing_says_about_its_task() -> None:
    text = m.Documentation(text='Ask the bank. Then """ask\nagain\\.')
    mapping = word(
        "zeebe:ioMapping",
        word("zeebe:input", source="= order.price", target="price"),
        word("zeebe:output", source="= receipt", target="paper"),
    )
    definition = word("zeebe:taskDefinition", type="charge-card")
    headers = word("zeebe:taskHeaders", word("zeebe:header", key="bank", value="B"))
    drawn = task("t", definition, mapping, headers, name="Charge", documentation=(text,))
    found = made(around(drawn))
    assert (found.module, found.table, found.tasks) == (
        '''"""What the tasks of shop do."""

from __future__ import annotations

from typing import Any


def charge_card(
    price: Any,
    bank: str,
) -> dict[str, Any]:
    """Charge (service task t).

    Ask the bank. Then \'\'\'ask again/.

    The drawing maps receipt of what is returned.

    It does nothing yet: delete this line when it does.
    """
    return {"receipt": None}
''',
        {"charge-card": "python:shop:charge_card"},
        ("t",),
    )


def test_what_the_drawing_reads_is_a_parameter_where_nothing_is_mapped() -> None:
    gateway = m.ExclusiveGateway(id="g", default="g-e")
    drawn = file(
        m.StartEvent(id="s"),
        task(**said(camunda_class="org.acme.Check", camunda_resultVariable="ok")),
        gateway,
        m.EndEvent(id="e"),
        m.EndEvent(id="f"),
        *(flow("s t"), flow("t g"), flow("g e"), flow("g f", "${amount > limit}")),
    )
    made_ = made(drawn)
    (function,) = [n for n in ast.parse(made_.module).body if isinstance(n, ast.FunctionDef)]
    assert function.name == "check"
    assert [argument.arg for argument in function.args.args] == ["amount", "limit"]
    assert "return None" in made_.module
    assert "The result becomes the variable ok." in (ast.get_docstring(function) or "")
    assert made_.table == {"org.acme.Check": "python:shop:check"}


def test_what_is_read_next_is_passed_on_so_that_it_runs() -> None:
    drawn = file(
        m.StartEvent(id="s"),
        task(),
        m.ExclusiveGateway(id="g", default="g-e"),
        *(m.EndEvent(id="e"), m.EndEvent(id="f"), flow("s t"), flow("t g")),
        *(flow("g e"), flow("g f", "risk == 5")),
    )
    made_ = made(drawn)
    assert 'return {"risk": risk}' in made_.module
    module = types.ModuleType("shop")
    exec(made_.module, vars(module))
    for variables in ({}, {"risk": 5}):
        assert run(drawn, variables, handlers=module).variables == {"risk": None} | variables


NAMES = [
    (task(), "t"),
    (task(name="Do it, now!"), "do_it_now"),
    (task(name="Größe"), "t"),
    (task(**said(camunda_topic="class")), "t"),
    (task("class"), "task"),
    (m.ScriptTask(id="t", script_format="groovy", script=m.Script(text="x")), "t"),
]


@pytest.mark.parametrize(("drawn", "name"), NAMES)
def test_how_functions_are_called(drawn: m.Task, name: str) -> None:
    assert f"\ndef {name}() -> dict[str, Any]:\n" in made(around(drawn)).module


def test_two_names_become_two_functions_and_one_name_becomes_one() -> None:
    drawn = file(
        m.StartEvent(id="s"),
        task("a", **said(camunda_topic="pay-it")),
        task("b", **said(camunda_topic="pay_it")),
        task("c", **said(camunda_topic="pay-it")),
        *(flow("s a"), flow("a b"), flow("b c")),
    )
    found = made(drawn)
    assert found.table == {
        "pay-it": "python:shop:pay_it",
        "pay_it": "python:shop:pay_it_2",
    }
    assert found.tasks == ("a", "b", "c")


def test_what_has_its_python_is_left_out() -> None:
    assert made(around(task(**said(bx_binding="python:a:b")))).tasks == ()


def test_a_long_name_is_cut() -> None:
    module = made(around(task(name="very " * 40))).module
    assert max(map(len, module.splitlines())) < 100


def test_real_drawings_get_functions_that_type_check(tmp_path: Path) -> None:
    for path in real_files("camunda7", "camunda8"):
        text = made(read(path)).module
        (tmp_path / f"m{len(list(tmp_path.iterdir()))}.py").write_text(text, "utf-8")
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "c"), "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_drawing_runs_with_its_functions(shared_data: Path) -> None:
    drawn = read(shared_data / "camunda7" / "retry-example.bpmn")
    module = types.ModuleType("shop")
    exec(made(drawn).module, vars(module))
    assert run(drawn, handlers=module).outcome == "completed"


def test_what_an_expression_calls_is_bound_by_its_name_and_takes_what_is_passed() -> None:
    text = "${shop.pay(order.total, class, 5, 6) + execution.setVariable('a', rate(day))}"
    drawn = around(task("t", name="Pay", **said(camunda_expression=text)))
    made_ = made(drawn)
    assert made_.table == {"shop.pay": "python:shop:pay", "rate": "python:shop:rate"}
    assert made_.tasks == ("t",)
    functions = [n for n in ast.parse(made_.module).body if isinstance(n, ast.FunctionDef)]
    assert {f.name: [a.arg for a in f.args.args] for f in functions} == {
        "pay": ["total", "value", "value_2", "value_3"],
        "rate": ["day"],
    }
    program, _ = analyse([drawn], Options(stub=True))
    assert program is not None
    assert skeleton(program, drawn, "shop", {"shop": "python:a:b"}).table == {
        "rate": "python:shop:rate"
    }


def test_an_expression_runs_with_what_is_written_for_it() -> None:
    drawn = around(task(**said(camunda_expression="${shop.pay(days)}", camunda_resultVariable="r")))
    made_ = made(drawn)
    module = types.ModuleType("shop")
    exec(made_.module, vars(module))
    handlers = {key: getattr(module, value.split(":")[2]) for key, value in made_.table.items()}
    assert run(drawn, {"days": 2}, handlers=handlers).status == "completed"


def test_a_name_that_only_the_run_knows_gets_no_function() -> None:
    definition = word("zeebe:taskDefinition", type="= kind")
    assert made(around(task("t", definition))).tasks == ()


def taken(drawn: m.ServiceTask) -> list[str]:
    """The parameters of the last function that is written for a task."""
    function = ast.parse(made(around(drawn)).module).body[-1]
    assert isinstance(function, ast.FunctionDef)
    return [one.arg for one in function.args.args]


def test_a_function_takes_the_item_that_it_is_called_for() -> None:
    words = word("zeebe:loopCharacteristics", inputCollection="= bills", inputElement="bill")
    loop = m.MultiInstanceLoopCharacteristics(id="l", **extended(words))
    assert taken(task(loop_characteristics=loop)) == ["bill"]
    mapping = word("zeebe:ioMapping", word("zeebe:input", source="= bill.sum", target="sum"))
    assert taken(task("t", mapping, loop_characteristics=loop)) == ["bill", "sum"]


def test_a_function_gives_back_neither_its_item_nor_what_another_output_makes() -> None:
    words = word(
        "zeebe:loopCharacteristics",
        inputCollection="= bills",
        inputElement="bill",
        outputCollection="all",
        outputElement="= {bill: bill, paid: paid, left: left}",
    )
    mapping = word(
        "zeebe:ioMapping",
        word("zeebe:output", source="= receipt", target="paid"),
        word("zeebe:output", source="= left + 1", target="left"),
    )
    loop = m.MultiInstanceLoopCharacteristics(id="l", **extended(words))
    written = made(around(task("t", mapping, loop_characteristics=loop))).module
    assert 'return {"left": None, "receipt": None}' in written


def repeated(*inside: m.FlowElement) -> m.Definitions:
    """A drawing of a sub-process that is done for each bill, and collects `paid`."""
    words = {"inputCollection": "= bills", "inputElement": "bill", "outputCollection": "all"}
    collected = word("zeebe:loopCharacteristics", **words, outputElement="= paid")
    loop = m.MultiInstanceLoopCharacteristics(id="l", **extended(collected))
    return around(m.SubProcess(id="t", flow_elements=inside, loop_characteristics=loop))


def test_a_function_in_a_repeated_sub_process_takes_its_item_and_gives_what_is_collected() -> None:
    inside = (m.StartEvent(id="is"), task("pay"), m.EndEvent(id="ie"))
    ways = flow("is pay"), flow("pay ie")
    assert made(repeated(*inside, *ways)).functions["pay"].startswith("def pay(\n    bill: Any,\n)")
    assert 'return {"paid": None}' in made(repeated(*inside, *ways)).functions["pay"]
    several = (*inside, task("log"), flow("is pay"), flow("pay log"), flow("log ie"))
    assert 'return {"paid": None}' not in made(repeated(*several)).functions["pay"]
    assert "    bill: Any,\n" in made(repeated(*several)).functions["log"]


def outputs(*pairs: tuple[str, str]) -> m.ForeignElement:
    mapped = [word("zeebe:output", source=source, target=target) for source, target in pairs]
    return word("zeebe:ioMapping", *mapped)


def test_a_function_gives_what_is_collected_of_it() -> None:
    words = {"inputCollection": "= bills", "inputElement": "bill", "outputCollection": "all"}
    for element, given in (
        ("= paid", '{"paid": None}'),
        ("= {b: bill, at: day}", '{"day": None}'),
        ("= bill", "{}"),
    ):
        collected = word("zeebe:loopCharacteristics", **words, outputElement=element)
        loop = m.MultiInstanceLoopCharacteristics(id="l", **extended(collected))
        written = made(around(task(loop_characteristics=loop))).module
        assert f"return {given}" in written


def test_a_function_leaves_what_is_there_and_an_output_reads() -> None:
    before = task("b", outputs(("= found", "price")))
    drawn = around(task("t", outputs(("= price + tax", "sum"))), before, flow("s b"))
    assert 'return {"price": price, "tax": None}' in made(drawn).functions["t"]
    assert "    price: Any = None,\n" in made(drawn).functions["t"]


def test_a_function_takes_what_no_parameter_can_be_called_like() -> None:
    mapping = word("zeebe:ioMapping", word("zeebe:input", source="= 1", target="from"))
    drawn = around(task("t", mapping, word("zeebe:taskHeaders", word("zeebe:header", key="a-b"))))
    (text,) = made(drawn).functions.values()
    assert text.startswith("def t(\n    **others: Any,\n)")
    assert "others['from'] and others['a-b'] are given" in text
    told = list[object]()
    handlers = {"t": lambda **others: told.append(others["from"])}
    assert run(drawn, handlers=handlers).outcome == "completed"
    assert told == [1]


def test_a_function_takes_an_input_for_which_python_is_asked() -> None:
    script = word("camunda:script", scriptFormat="groovy", text="name.toUpperCase() + 1 as String")
    parameters = (
        word("camunda:inputParameter", name="plain", text="${price}"),
        word("camunda:inputParameter", script, name="upper"),
    )
    inputs = word("camunda:inputOutput", *parameters)
    assert taken(task("t", inputs, **said(camunda_class="org.acme.Score"))) == ["plain", "upper"]


def test_who_steers_an_ad_hoc_sub_process_is_told_what_to_return() -> None:
    worker = word("zeebe:taskDefinition", type="ask-model")
    sub = m.AdHocSubProcess(id="agent", flow_elements=(m.Task(id="a"),), **extended(worker))
    written = made(around(sub)).functions["ask_model"]
    assert "It is asked again whenever something inside is done." in written
    assert "-> Any:" in written


def test_what_answers_a_question_is_told_so() -> None:
    call = m.CallActivity(id="c", called_element="P", **said(camunda_variableMappingClass="a.Maps"))
    functions = made(around(call)).functions
    assert "the value that the drawing asks for" in functions["map_input_variables"]
    assert "Listener c/mapOutputVariables." in functions["map_output_variables"]


def test_what_stands_for_a_connector_is_told_to_return_its_answer() -> None:
    header = word("zeebe:header", key="resultExpression", value="= {temperature: body.temp}")
    definition = word("zeebe:taskDefinition", type="io.camunda:http-json:1")
    mapping = word("zeebe:ioMapping", word("zeebe:input", source="= city", target="url"))
    drawn = task("t", definition, mapping, word("zeebe:taskHeaders", header))
    (text,) = made(around(drawn)).functions.values()
    assert text.startswith("def io_camunda_http_json_1(\n    url: Any,\n) -> Any:\n")
    assert "What is returned is the answer, as a connector gives it:" in text
    assert text.endswith("    return {}")


def test_what_another_drawing_reads_is_no_parameter(tmp_path: Path) -> None:
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    drawn = []
    for name, read_there in (("P", "${mine > 1}"), ("Q", "${theirs > 1}")):
        (tmp_path / f"{name}.bpmn").write_text(
            f'''{head}<process id="{name}" isExecutable="true"><startEvent id="s{name}"/>
            <serviceTask id="t{name}" implementation="work-{name}"/><endEvent id="e{name}"/>
            <serviceTask id="u{name}" implementation="more-{name}"/>
            <sequenceFlow id="a{name}" sourceRef="s{name}" targetRef="t{name}"/>
            <sequenceFlow id="c{name}" sourceRef="t{name}" targetRef="u{name}"/>
            <sequenceFlow id="b{name}" sourceRef="u{name}" targetRef="e{name}">
            <conditionExpression>{read_there.replace(">", "&gt;")}</conditionExpression>
            </sequenceFlow></process></definitions>'''
        )
        drawn.append(read(tmp_path / f"{name}.bpmn"))
    functions = made(*drawn).functions
    assert functions["work_p"].startswith("def work_p(\n    mine: Any = None,\n)")


def test_what_is_asked_is_called_by_what_it_is_for() -> None:
    until = m.FormalExpression(body="${votes.done()}")
    loop = m.MultiInstanceLoopCharacteristics(
        id="l", loop_cardinality=m.FormalExpression(body="3"), completion_condition=until
    )
    vote, gateway = m.UserTask(id="vote", loop_characteristics=loop), m.ExclusiveGateway(id="g")
    ways = flow("s vote"), flow("vote g"), flow("g e", "${shop.is_open()}"), flow("g x")
    ends = m.EndEvent(id="e"), m.EndEvent(id="x")
    program, _ = analyse([file(m.StartEvent(id="s"), vote, gateway, *ends, *ways)], Options())
    assert program is not None
    functions = skeleton(program, file(), "shop").functions
    assert "Completion condition of vote." in functions["done"]
    assert "Condition of g-e." in functions["is_open"]


def test_a_rule_of_a_form_is_bound_by_its_name_and_takes_the_value_and_what_is_said_of_it() -> None:
    own = word("camunda:constraint", name="iban", config="de")
    named = word("camunda:constraint", name="validator", config="org.acme.EmailValidator")
    field = word("camunda:formField", word("camunda:validation", own, named), id="mail")
    person = m.UserTask(id="u", **extended(word("camunda:formData", field)))
    found = made(around(person))
    assert found.table == {
        "iban": "python:shop:iban",
        "org.acme.EmailValidator": "python:shop:email_validator",
    }
    assert "def iban(\n    value: Any,\n    config: Any,\n) -> Any:" in found.module
    assert "def email_validator(\n    value: Any,\n) -> Any:" in found.module
    assert "It checks the field mail: False or a ValueError refuses the value." in found.module
