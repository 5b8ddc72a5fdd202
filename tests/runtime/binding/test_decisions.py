"""Tasks of both dialects ask decisions; what cannot be decided is refused before the start."""

from __future__ import annotations

import pytest

from bpmn_xml import Engine, ManualClock, errors, formats, read_decisions, run
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.runtime.binding.decisions import DecisionBook
from tests.documents import CAMUNDA_DEFINITIONS

RULES = """
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" namespace="urn:{name}">
  <decision id="{name}" name="The {name}"><decisionTable hitPolicy="{policy}">
    <input><inputExpression><text>n</text></inputExpression></input>
    <output name="x"/>{more}
    <rule><inputEntry><text>&gt; 0</text></inputEntry>
      <outputEntry><text>n</text></outputEntry>{extra}</rule>
    <rule><inputEntry><text>&gt; 1</text></inputEntry>
      <outputEntry><text>n * 2</text></outputEntry>{extra}</rule>
  </decisionTable></decision>
</definitions>
"""
PROCESS = (
    CAMUNDA_DEFINITIONS
    + """
  <process id="p" isExecutable="true"><startEvent id="s"/>
    <businessRuleTask id="t" {attributes}>{inner}</businessRuleTask><endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process>
</definitions>
"""
)
ZEEBE = (
    '<extensionElements><zeebe:calledDecision decisionId="{}" resultVariable="r"/>'
    "</extensionElements>"
)


def rules(policy: str = "COLLECT", name: str = "rules", *, two: bool = False):
    """Return a table of two rules: n if it is above 0, 2 n if it is above 1."""
    extra = "<outputEntry><text>1</text></outputEntry>" if two else ""
    more = '<output name="y"/>' if two else ""
    text = RULES.format(policy=policy, name=name, extra=extra, more=more)
    return read_decisions(text.encode(), name=f"{name}.dmn")


def camunda7(attributes: str, decision: str = "rules"):
    return formats.read(
        PROCESS.format(
            attributes=f'camunda:decisionRef="{decision}" {attributes}', inner=""
        ).encode()
    )


def camunda8(decision: str = "rules"):
    return formats.read(PROCESS.format(attributes="", inner=ZEEBE.format(decision)).encode())


RESULT = 'camunda:resultVariable="r"'
TAKEN = [
    (RESULT, "COLLECT", 5, [{"x": 5}, {"x": 10}]),
    (f'{RESULT} camunda:mapDecisionResult="collectEntries"', "COLLECT", 5, [5, 10]),
    (f'{RESULT} camunda:mapDecisionResult="singleEntry"', "FIRST", 5, 5),
    (f'{RESULT} camunda:mapDecisionResult="singleEntry"', "FIRST", 0, None),
    (f'{RESULT} camunda:mapDecisionResult="singleResult"', "UNIQUE", 1, {"x": 1}),
    (f'{RESULT} camunda:decisionRefBinding="latest"', "UNIQUE", 1, [{"x": 1}]),
]


@pytest.mark.parametrize(("attributes", "policy", "n", "expected"), TAKEN)
def test_camunda_7_takes_rows(attributes, policy, n, expected):
    done = run([camunda7(attributes), rules(policy)], {"n": n})
    assert (done.outcome, done.variables["r"]) == ("completed", expected)


VALUE = "<camunda:value>${decisionResult.size()}</camunda:value>"
OUTPUT = """<extensionElements><camunda:inputOutput>
  <camunda:outputParameter name="{name}">{text}</camunda:outputParameter>
  </camunda:inputOutput></extensionElements>"""


@pytest.mark.parametrize(
    ("text", "policy", "expected"),
    [
        ("${decisionResult.getSingleResult().get('x')}", "UNIQUE", 1),
        ("${decisionResult.singleEntry + 1}", "UNIQUE", 2),
        ("${decisionResult[0].x}", "COLLECT", 1),
        (f"<camunda:list>{VALUE}</camunda:list>", "COLLECT", [1]),
    ],
)
def test_a_mapping_of_camunda_7_asks_for_the_rows(text, policy, expected):
    inner = OUTPUT.format(name="found", text=text)
    drawn = PROCESS.format(attributes='camunda:decisionRef="rules"', inner=inner)
    done = run([formats.read(drawn.encode()), rules(policy)], {"n": 1})
    assert (done.outcome, done.variables) == ("completed", {"n": 1, "found": expected})


def test_the_rows_are_gone_when_a_listener_has_had_them():
    heard = """<extensionElements><camunda:executionListener event="end">
      <camunda:script scriptFormat="groovy">note(decisionResult)</camunda:script>
      </camunda:executionListener></extensionElements>"""
    text = PROCESS.format(attributes='camunda:decisionRef="rules"', inner=heard)
    note = {"t/end": lambda decisionResult: {"count": len(decisionResult)}}
    done = run([formats.read(text.encode()), rules()], {"n": 5}, note)
    assert (done.outcome, done.variables) == ("completed", {"n": 5, "count": 2})


def test_without_a_result_variable_nothing_is_kept():
    assert run([camunda7(""), rules()], {"n": 5}).variables == {"n": 5}


def test_camunda_8_takes_the_value():
    assert run([camunda8(), rules()], {"n": 5}).variables["r"] == [5, 10]
    assert run([camunda8("The rules"), rules("FIRST")], {"n": 5}).variables["r"] == 5


FAILED = [
    (camunda8(), rules("UNIQUE"), "2 rules match, its hit policy allows one"),
    (camunda7(f'{RESULT} camunda:mapDecisionResult="singleEntry"'), rules(), "one row"),
    (
        camunda7(f'{RESULT} camunda:mapDecisionResult="singleEntry"'),
        rules("FIRST", two=True),
        "one",
    ),
]


@pytest.mark.parametrize(("process", "model", "message"), FAILED)
def test_a_decision_without_result_is_an_incident(process, model, message):
    done = run([process, model], {"n": 5})
    assert message in done.incidents[0].message


def test_several_files_even_of_one_namespace():
    models = [camunda8("b"), rules(name="a"), rules("FIRST", name="b")]
    assert run(models, {"n": 5}).variables["r"] == 5
    with Engine(camunda8("b"), decisions=models[1:]) as engine:
        started = engine.start("p", {"n": 5})
        engine.wait()
    assert started.variables["r"] == 5


CHOSEN = [
    camunda8("= which"),
    camunda7(f"{RESULT} camunda:mapDecisionResult='collectEntries'", "${which}"),
]


@pytest.mark.parametrize("process", CHOSEN, ids=["camunda8", "camunda7"])
def test_an_expression_says_which_decision_it_is(process):
    models = [process, rules(name="a"), rules(name="b")]
    assert run(models, {"n": 5, "which": "b"}).variables["r"] == [5, 10]
    assert "no decision 'c' (there are: a, b)" in run(models, {"which": "c"}).incidents[0].message
    assert "there is no decision" in run(models, {"which": 3}).incidents[0].message
    with pytest.raises(errors.BindingError, match=r"there is no decision for '.*which.*' to name"):
        run(process)


def test_models_are_compiled_once():
    book = DecisionBook([rules()])
    assert book.find("rules")[0] is book.find("The rules")[0]


def test_an_expression_that_is_wrong_is_refused():
    with pytest.raises(errors.CheckError, match=r"its decision '= 1 \+' is no FEEL"):
        run([camunda8("= 1 +"), rules()])


def test_python_of_that_name_comes_first():
    assert run([camunda8(), rules()], {"n": 5}, {"rules": lambda n: n * 100}).variables["r"] == 500
    assert run(camunda8(), {"n": 5}, {"rules": lambda n: n * 100}).variables["r"] == 500


async def rated_later(n: int) -> dict[str, int]:
    return {"rate": n}


@pytest.mark.parametrize(
    ("python", "written"),
    [
        (lambda n: {"rate": n, "why": "x"}, {"r": {"rate": 5, "why": "x"}}),
        (rated_later, {"r": {"rate": 5}}),
        (lambda n: {"r": n, "why": "x"}, {"r": 5, "why": "x"}),
        (lambda n: {}, {"r": {}}),
        (lambda n: None, {}),
    ],
)
def test_a_mapping_that_python_gives_in_a_decisions_place_is_its_value(python, written):
    done = run(camunda8(), {"n": 5}, {"rules": python})
    assert done.variables == {"n": 5, **written}


@pytest.mark.parametrize(("which", "written"), [("rules", {"r": 5}), ("none", {}), (None, {})])
def test_a_stub_run_passes_where_an_expression_gives_no_decision(which, written):
    drawn = camunda8("=which")
    with Engine([drawn, rules("FIRST")], clock=ManualClock(), options=Options(stub=True)) as engine:
        done = engine.start("p", {"which": which, "n": 5})
        engine.wait()
    assert (done.outcome, done.variables) == ("completed", {"which": which, "n": 5, **written})


def test_a_missing_decision_is_refused_with_the_nearest_name():
    with pytest.raises(errors.BindingError) as caught:
        run([camunda8("rule"), rules()])
    (finding,) = caught.value.findings
    assert finding.message == "there is no decision 'rule', and no Python of that name"
    assert finding.remedy.startswith("did you mean 'rules'? Else put the .dmn that has it beside")


def test_a_decision_that_is_wrong_is_refused_before_the_start():
    text = RULES.format(policy="UNIQUE", name="rules", extra="", more="").replace("n * 2", "n *")
    broken = read_decisions(text.encode(), name="rules.dmn")
    with pytest.raises(errors.BindingError, match=r"rules.dmn:9:20: error BX501 rules: expected a"):
        run([camunda8(), broken])


def test_files_beside_the_drawing_are_found(tmp_path):
    program = compile_models([camunda8()])
    drawing, beside = tmp_path / "p.bpmn", tmp_path / "rules.dmn"
    beside.write_text(RULES.format(policy="FIRST", name="rules", extra="", more=""))
    (tmp_path / "other.dmn").write_text("<nonsense")
    with Engine(program, drawings=[drawing]) as engine:
        started = engine.start("p", {"n": 5})
        engine.wait()
    assert started.variables["r"] == 5


def test_files_beside_are_read_where_an_expression_chooses(tmp_path):
    program = compile_models([camunda8("= which")])
    path = tmp_path / "rules.dmn"
    path.write_text(RULES.format(policy="FIRST", name="rules", extra="", more=""))
    (tmp_path / "other.dmn").write_text("<nonsense")
    with Engine(program, drawings=[tmp_path / "p.bpmn"]) as engine:
        started = engine.start("p", {"n": 5, "which": "rules"})
        engine.wait()
    assert started.variables["r"] == 5


def test_files_beside_that_cannot_be_read_are_told_where_a_decision_is_missing(tmp_path):
    program = compile_models([camunda8()])
    (tmp_path / "rules.dmn").write_text("<nonsense")
    with pytest.raises(errors.ReadError, match=r"rules.dmn:1"):
        Engine(program, drawings=[tmp_path / "p.bpmn"])


def test_what_is_given_is_not_read_again(tmp_path):
    path = tmp_path / "rules.dmn"
    path.write_text(RULES.format(policy="FIRST", name="rules", extra="", more=""))
    program = compile_models([camunda8("missing")])
    with pytest.raises(errors.BindingError, match="no decision 'missing'"):
        Engine(program, drawings=[tmp_path / "p.bpmn"], decisions=[read_decisions(path)])


def test_a_decision_has_the_time_of_the_step():
    text = """<definitions namespace="u" id="m"
        xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
      <decision id="rules" name="rules"><literalExpression>
        <text>[today(), now()]</text></literalExpression></decision></definitions>"""
    clock = ManualClock("2031-05-06T07:08Z")
    with Engine([camunda8(), read_decisions(text.encode(), name="r.dmn")], clock=clock) as engine:
        done = engine.start("p")
        done.wait()
    assert done.variables["r"] == [clock.time.date(), clock.time]
