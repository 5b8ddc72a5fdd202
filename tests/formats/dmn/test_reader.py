"""Decision models are read whole, or refused with every fault at its place."""

from __future__ import annotations

import pytest

from bpmn_xml import formats
from bpmn_xml.decisions import decide
from bpmn_xml.decisions import values as v
from bpmn_xml.errors import ReadError
from bpmn_xml.formats.dmn.reader import read_dmn

NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


def document(inner: str, namespace: str = NAMESPACES[2]) -> bytes:
    """Return a file with something in it."""
    start = f'<definitions xmlns="{namespace}" namespace="urn:a" name="m">'
    return f"{start}{inner}</definitions>".encode()


def read(inner: str) -> v.DecisionModel:
    return read_dmn(document(inner), "a.dmn")[0]


def logic(inner: str) -> v.BoxedExpression | None:
    """Return the logic of a decision."""
    return read(f'<decision id="d" name="d">{inner}</decision>').decisions[0].logic


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_is_read(namespace):
    found, doubts = read_dmn(document(f'<decision id="d">{literal("1")}</decision>', namespace))
    assert (decide(found, "d").value, doubts) == (1, ())


def test_a_prefix_and_an_encoding():
    text = (
        '<?xml version="1.0" encoding="utf-16"?><dmn:definitions namespace="urn:a" '
        f'xmlns:dmn="{NAMESPACES[4]}"><dmn:decision id="d" name="größe"><dmn:variable '
        'name=" die  größe " typeRef="feel:number"/><dmn:literalExpression><dmn:text>1</dmn:text>'
        "</dmn:literalExpression></dmn:decision></dmn:definitions>"
    )
    (found,) = read_dmn(text.encode("utf-16"))[0].decisions
    assert (found.name, found.label, found.type) == ("die größe", "größe", "number")


VALUES = [
    (literal("6 * n"), 42),
    ('<literalExpression expressionLanguage="juel"><text>${n}</text></literalExpression>', 7),
    ("<literalExpression/>", None),
    ("", None),
    (
        (
            f'<context><contextEntry><variable name="a"/>{literal("1")}</contextEntry>'
            f"<contextEntry>{literal('a + 1')}</contextEntry></context>"
        ),
        2,
    ),
    ('<context><contextEntry><variable name="a"/></contextEntry></context>', {"a": None}),
    (f"<list>{literal('1')}<list>{literal('2')}</list></list>", [1, [2]]),
    (
        (
            f'<relation><column name="a"/><column name="b"/><row>{literal("1")}{literal("2")}</row>'
            "</relation>"
        ),
        [{"a": 1, "b": 2}],
    ),
    (
        (
            f'<context><contextEntry><variable name="f"/><functionDefinition>'
            f'<formalParameter name="x" typeRef="number"/>{literal("x * 2")}</functionDefinition>'
            f"</contextEntry><contextEntry><invocation>{literal('f')}<binding>"
            f'<parameter name="x"/>{literal("4")}</binding>'
            "</invocation></contextEntry></context>"
        ),
        8,
    ),
    (
        (
            f"<conditional><if>{literal('n = 7')}</if><then>{literal('1')}</then>"
            f"<else>{literal('2')}</else></conditional>"
        ),
        1,
    ),
    (f"<filter><in>{literal('[1, 2]')}</in><match>{literal('item = 2')}</match></filter>", [2]),
    (
        (
            f'<for iteratorVariable="i"><in>{literal("[1, 2]")}</in>'
            f"<return>{literal('i * n')}</return></for>"
        ),
        [7, 14],
    ),
    (
        (
            f'<some iteratorVariable="i"><in>{literal("[1, n]")}</in>'
            f"<satisfies>{literal('i > 5')}</satisfies></some>"
        ),
        True,
    ),
    (
        (
            f'<every iteratorVariable="i"><in>{literal("[1, n]")}</in>'
            f"<satisfies>{literal('i > 5')}</satisfies></every>"
        ),
        False,
    ),
    (
        (
            '<decisionTable hitPolicy="COLLECT" aggregation="SUM"><input label="N"><inputExpression'
            ' typeRef="number"><text>n</text></inputExpression><inputValues><text>&gt; 0</text>'
            '</inputValues></input><input xmlns:c="urn:c" '
            'c:inputVariable="n"/><output name="x" typeRef="number"><outputValues><text>1'
            "</text></outputValues><defaultOutputEntry><text>0</text></defaultOutputEntry></output>"
            "<rule><description>why</description><inputEntry><text>7</text></inputEntry><inputEntry>"
            "<text>-</text></inputEntry><outputEntry><text>n + 1</text></outputEntry>"
            "<annotationEntry><text>so</text></annotationEntry></rule></decisionTable>"
        ),
        8,
    ),
]


@pytest.mark.parametrize(("inner", "expected"), VALUES)
def test_every_boxed_expression_is_read_and_decided(inner, expected):
    found = read(
        '<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="d" name="d"><informationRequirement><description/><requiredInput href="#n"/>'
        f"</informationRequirement>{inner}</decision>"
    )
    assert decide(found, "d", {"n": 7}).value == expected


def test_what_a_rule_is_about_is_kept():
    found = logic(VALUES[-1][0])
    assert isinstance(found, v.DecisionTable)
    assert found.rules[0].notes == ("why", "so")
    assert (found.inputs[0].label, found.outputs[0].default.text) == ("N", "0")


def test_types_services_functions_and_imports_are_read():
    found = read(
        '<import namespace="urn:b" name="b" locationURI="b.dmn"/>'
        '<itemDefinition name="t" isCollection="true"><typeRef>number</typeRef>'
        '<allowedValues><text>"a"</text></allowedValues><typeConstraint><text>1</text>'
        '</typeConstraint></itemDefinition><itemDefinition name="c"><itemComponent name="p">'
        "<typeRef>list&lt;feel:x&gt;</typeRef></itemComponent></itemDefinition>"
        '<itemDefinition name="f"><functionItem outputTypeRef="number"><parameters name="n" '
        'typeRef="string"/></functionItem></itemDefinition>'
        '<businessKnowledgeModel id="k" name="k"/><decisionService id="s" name="s">'
        '<outputDecision href="#o"/><encapsulatedDecision href="#e"/><inputDecision href="#i"/>'
        '<inputData href="urn:b#n"/></decisionService>'
    )
    many, parts, function = found.types
    assert (many.many, many.allowed.text, many.constraint.text) == (True, '"a"', "1")
    assert parts.parts[0].type == "list<feel:x>"
    assert (function.function, [part.type for part in function.parts]) == (
        True,
        ["string", "number"],
    )
    assert found.imports[0].location == "b.dmn"
    knowledge, service = found.elements
    assert knowledge.logic is None
    assert [(one.namespace, one.id) for one in service.inputs] == [("urn:b", "n"), ("", "i")]


def test_names_come_from_the_id_where_there_is_nothing_else():
    assert read('<decision id="d"/>').elements[0].label == "d"
    assert read('<decision name="d"/>').elements[0].id == "d"


FAULTS = [
    ('<decisionTable hitPolicy="BEST"><output/></decisionTable>', "BX010", "'BEST' is none of"),
    ('<decisionTable aggregation="AVG"><output/></decisionTable>', "BX010", "'AVG' is none of"),
    ("<decisionTable/>", "BX032", "a decision table without an output"),
    (
        "<decisionTable><input/><output/><rule><outputEntry/></rule></decisionTable>",
        "BX032",
        "a rule has 0 input cells for 1 input columns",
    ),
    (
        "<decisionTable><output/><rule><outputEntry/><outputEntry/></rule></decisionTable>",
        "BX032",
        "a rule has 2 output cells for 1 output columns",
    ),
    ('<relation><column name="a"/><row/></relation>', "BX032", "a row has 0 cells for 1 columns"),
    (
        "<informationRequirement><requiredInput/></informationRequirement>",
        "BX010",
        "href must be #id",
    ),
]


@pytest.mark.parametrize(("inner", "code", "message"), FAULTS)
def test_faults(inner, code, message):
    with pytest.raises(ReadError, match=message) as caught:
        logic(inner)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_all_faults_come_at_once_each_with_its_place():
    inner = "\n".join(f'<decision id="d"><decisionTable id="t{n}"/></decision>' for n in range(3))
    with pytest.raises(ReadError) as caught:
        read(inner)
    places = [(str(found.place), found.code) for found in caught.value.findings]
    assert places[:2] == [("a.dmn:1:111", "BX032"), ("a.dmn:2:1", "BX013")]
    assert len(places) == 5


REFUSED = [
    (b"", "an empty file"),
    (b"{}", "this is JSON, not DMN"),
    (b"<a/>", "this is <a> in no namespace, not DMN"),
    (document("", "urn:x"), "not DMN 1.1 to 1.5"),
    (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        "this is a BPMN diagram, not DMN",
    ),
    (b"<!DOCTYPE x []><x/>", "a document type declaration"),
    (document("<decision>"), "BX002"),
    (document("<list>" * 150 + "</list>" * 150), "nested deeper than 100"),
    (document("<decision>\xe4</decision>").replace(b"\xc3", b""), "BX001"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_no_decision_model_is_refused(data, message):
    with pytest.raises(ReadError, match=message):
        read_dmn(data)


def test_a_deep_model_is_read_compiled_and_decided():
    deep = "<list>" * 90 + literal("1") + "</list>" * 90
    found = read(f'<decision id="d">{deep}</decision>')
    assert str(decide(found, "d").value) == "[" * 90 + "1" + "]" * 90


def test_a_bomb_of_entities_is_refused_at_once():
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    with pytest.raises(ReadError, match="BX003"):
        read_dmn(bomb)


def test_files_are_read_by_path(tmp_path):
    path = tmp_path / "a.dmn"
    path.write_bytes(document('<decision id="d"/>'))
    assert formats.read_decisions(path).place.file == str(path)
    assert formats.read_decisions(path, name="x").place.file == "x"
