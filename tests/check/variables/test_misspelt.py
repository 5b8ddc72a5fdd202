"""Names that seem to be slips of others, or several words that are read as one name."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.variables.dataflow import NEVER_WRITTEN
from bpmn_xml.check.variables.misspelt import BLANKS, LITERAL, MISSPELT
from bpmn_xml.compiler.options import Options
from bpmn_xml.decisions import DecisionModel
from bpmn_xml.errors import Severity
from tests.check.variables.test_dataflow import BX, findings, told
from tests.decisions.make import decision, table

WRITES = "serviceTask t bx:result=amount\ns > t > g\ng > a ? {} > 1\ng > b\na > e\nb > e\n"
NEARLY = {
    "one letter too few": (
        "amoun",
        [("g_a", "nothing here writes 'amoun', but 'amount' is written")],
    ),
    "the name itself": ("amount", []),
    "another word": ("limit", []),
    "letters that are swapped": (
        "amuont",
        [("g_a", "nothing here writes 'amuont', but 'amount' is written")],
    ),
    "another case": (
        "Amount",
        [("g_a", "nothing here writes 'Amount', but 'amount' is written")],
    ),
    "another number": ("amount2", []),
    "a further word": ("amountId", []),
    "many of them, where the one is never read": (
        "amounts",
        [("g_a", "nothing here writes 'amounts', but 'amount' is written")],
    ),
    "many of them, where the one is read, too": ("amount + amounts", []),
}


@pytest.mark.parametrize(("name", "wanted"), NEARLY.values(), ids=NEARLY)
def test_a_name_that_is_nearly_one_that_is_written(
    name: str, wanted: list[tuple[str, str]]
) -> None:
    shorthand = f"{WRITES.format(name)}exclusiveGateway g default=g_b\n"
    assert told(shorthand, MISSPELT) == wanted


def test_a_slip_of_what_others_read_is_a_warning() -> None:
    shorthand = (
        "s > g\ng > a ? limit > 1\ng > b ? limti > 2\ng > c ? limit > 3\ng > d\na > e\nb > e\n"
        "c > e\nd > e\nexclusiveGateway g default=g_d\n"
    )
    wanted = [("g_b", "nothing here writes 'limti', but 'limit' is read elsewhere")]
    assert told(shorthand, MISSPELT) == wanted


def test_a_slip_of_what_is_read_as_often_is_noted_at_both() -> None:
    shorthand = "s > g\ng > a ? ${valid}\ng > b ? ${!vlaid}\na > e\nb > e\n"
    found = [one for one in findings(shorthand) if one.code == MISSPELT]
    assert [(one.id, one.severity) for one in found] == [
        ("g_a", Severity.NOTE),
        ("g_b", Severity.NOTE),
    ]
    other = "s > g\ng > a ? ${valid}\ng > b ? ${item}\na > e\nb > e\n"
    assert told(other, MISSPELT) == []


SEVERAL = {
    "=is defined a": "write is defined(...)",
    "=not ready": "write not(...)",
    "=a b": "write what joins the words",
}


@pytest.mark.parametrize(("text", "remedy"), SEVERAL.items(), ids=SEVERAL)
def test_several_words_are_one_name(text: str, remedy: str) -> None:
    shorthand = f"s > g\ng > a ? {text}\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n"
    (found,) = [one for one in findings(shorthand) if one.code == BLANKS]
    assert (found.id, found.remedy) == ("g_a", remedy)
    declared = f"property p name='{text.removeprefix('=')}'\n{shorthand}"
    assert told(declared, BLANKS) == []


CASES = {
    "a condition": ("g > a ? =False", [("g_a", "'False' is read as a variable")]),
    "what Python calls nothing": ("g > a ? =n = None", [("g_a", "'None' is read as a variable")]),
    "a literal": ("g > a ? =n = null", []),
    "Python": ("g > a ? n == None", []),
}


@pytest.mark.parametrize(("way", "wanted"), CASES.values(), ids=CASES)
def test_a_literal_in_capitals_is_no_literal(way: str, wanted: list[tuple[str, str]]) -> None:
    shorthand = f"s > g\n{way}\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n"
    found = [(id_, text.partition(",")[0]) for id_, text in told(shorthand, LITERAL)]
    assert found == wanted


def test_a_mapping_of_results_is_read_too() -> None:
    mapped = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:z="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:x">
      <process id="P" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>
      <userTask id="t"><extensionElements><z:ioMapping>
      <z:output source="=TRUE" target="done"/></z:ioMapping></extensionElements></userTask>
      <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
      <sequenceFlow id="g" sourceRef="t" targetRef="e"/></process></definitions>"""
    (found,) = [one for one in check(mapped.encode(), aim="run") if one.code == LITERAL]
    assert (found.id, found.place.line) == ("t", 5)


SEVEN = b' xmlns:c="http://camunda.org/schema/1.0/bpmn"'


def test_a_decision_that_is_called_asks_for_what_is_nearly_written() -> None:
    rules = ("FIRST", "x", "> 5 | 1", "- | 2")
    for asked, wanted in (("amuont", ["r"]), ("amount", []), ("other", [])):
        other = decision("o", table(*rules, inputs=asked))
        model = DecisionModel(elements=(other, decision("d", table(*rules, inputs="x"), "o")))
        text = xml(
            "executable\nserviceTask t bx:result=amount\nbusinessRuleTask r\ns > t > r > e\n"
        )
        text = text.replace(b"<definitions", b"<definitions" + BX + SEVEN).replace(
            b'<businessRuleTask id="r"', b'<businessRuleTask id="r" c:decisionRef="d"'
        )
        found = check(text, aim="run", options=Options(stub=True), decisions=[model])
        assert [one.id for one in found if one.code == MISSPELT] == wanted, asked


FIELD = (
    b'<startEvent id="s"><extensionElements xmlns:c="http://camunda.org/schema/1.0/bpmn">'
    b'<c:formData><c:formField id="amount" type="long"%s/></c:formData></extensionElements>'
)


def test_a_field_of_a_start_form_with_a_default_need_not_be_given() -> None:
    text = xml("executable\ns > g\ng > a ? ${amount > 1}\ng > b\na > e\nb > e\n")
    for default, wanted in ((b"", ["g_a"]), (b' defaultValue="5"', [])):
        changed = text.replace(b'<startEvent id="s">', FIELD % default)
        found = check(changed, aim="run", options=Options(stub=True))
        assert [one.id for one in found if one.code == NEVER_WRITTEN] == wanted


ASKS = (
    "serviceTask charge bx:result=charged\nserviceTask pack\ns > charge > g\ng > pack ? {} > 2\n"
    "g > e\npack > e\nexclusiveGateway g default=g_e\n"
)


def charge(quantity: int, context: object, quantitie: int = 0) -> bool:
    return quantity > quantitie


def pack(qantity: int) -> None: ...


def pack_all(quantity: int, *, chargd: bool) -> None: ...


def asked(condition: str, **handlers: object) -> list[tuple[str, str]]:
    """Ids and messages of misspelt names of a drawing whose Python is known."""
    text = xml(f"executable\n{ASKS.format(condition)}").replace(
        b"<definitions", b"<definitions" + BX
    )
    found = check(text, {"charge": charge, **handlers}, aim="run")
    return [(one.id, one.message) for one in found if one.code == MISSPELT]


def test_a_parameter_that_is_nearly_what_is_read_elsewhere() -> None:
    told = f"of what its Python {__name__}:pack needs, nothing here writes 'qantity'"
    assert asked("quantity", pack=pack) == [("pack", f"{told}, but 'quantity' is read elsewhere")]


def test_a_parameter_that_is_nearly_what_is_written() -> None:
    told = f"of what its Python {__name__}:pack_all needs, nothing here writes 'chargd'"
    assert asked("quantity", pack=pack_all) == [("pack", f"{told}, but 'charged' is written")]


def test_a_condition_that_reads_nearly_what_python_needs() -> None:
    wanted = [("g_pack", "nothing here writes 'qantity', but 'quantity' is read elsewhere")]
    assert asked("qantity", pack=lambda quantity: None) == wanted


def counted(quantity: int) -> dict[str, int]:
    return {"pieces": quantity}


def test_a_condition_that_reads_nearly_what_python_returns() -> None:
    wanted = [("g_pack", "nothing here writes 'pices', but 'pieces' is written")]
    assert asked("pices", charge=counted, pack=lambda pieces: None) == wanted
    assert asked("pieces", charge=counted, pack=lambda pieces: None) == []


def test_parameters_that_are_names_of_their_own() -> None:
    assert asked("quantity", pack=lambda quantity, quantity2=1, **others: None) == []
    assert asked("quantity", pack=lambda quantities, amount: None) == []
    assert asked("quantity", pack=lambda charged: None) == []
