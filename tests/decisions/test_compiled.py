"""What decisions require: each evaluated once, functions, services, imports, circles, names."""

from __future__ import annotations

import pytest

from bpmn_xml.decisions import Decisions, decide
from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.run import MOST, MOST_NULLS, Evaluation
from bpmn_xml.errors import CheckError, UsageError

from .make import decision, needs, parameters, table, text

N = v.InputData(id="n", name="n", type="number")


def model(*elements: v.DrgElement, **more) -> v.DecisionModel:
    return v.DecisionModel(namespace="urn:a", elements=elements, **more)


def test_what_is_required_is_evaluated_once():
    a = decision("a", table("FIRST", "x", "- | n"), "n")
    b, c = decision("b", text("a + 1"), "a"), decision("c", text("a + 2"), "a")
    done = decide(model(N, decision("d", text("b + c"), "b", "c"), a, b, c), "d", {"n": 1})
    assert (done.value, len(done.matches)) == (5, 1)


def test_all_variables_are_seen_whether_they_are_drawn_as_inputs_or_not():
    asked = decision("d", text("n"))
    assert decide(model(N, asked), "d", {"n": 1}).value == 1
    assert decide(model(asked), "d", {"n": 1}).value == 1


def test_a_long_chain_of_decisions():
    zero = decision("d0", text("0"))
    chain = [decision(f"d{at}", text(f"d{at - 1} + 1"), f"d{at - 1}") for at in range(1, 3_000)]
    found = model(zero, N, *chain)
    assert decide(found, "d2999").value == 2_999
    assert found.decisions == (zero, *chain)


NAMED = [
    (decision("a", text("2"), label="the a"), "the a"),
    (v.Decision(id="id", name="a", label="other", logic=text("2")), "id"),
    (decision("a", table("FIRST", "size", "- | 2")), "size"),
    (decision("a", table("FIRST", "size weight", "- | 1; 2")), "weight"),
]


@pytest.mark.parametrize(("required", "name"), NAMED)
def test_a_required_decision_is_known_by_its_name_its_id_and_its_outputs(required, name):
    found = model(required, decision("d", text(name), required.id))
    assert decide(found, "d", {"n": 1}).value == 2


def test_an_output_without_value_is_known_by_no_name():
    none = decision("a", table("FIRST", "size weight", "< 0 | 1; 2"))
    assert decide(model(none, decision("d", text("weight"), "a")), "d", {"n": 1}).value is None


def function(type_: str = "", *names: str, body: str = "n + 1") -> v.BusinessKnowledge:
    logic = v.BoxedFunction(parameters=parameters(*(names or ("n",))), body=text(body))
    return v.BusinessKnowledge(id="f", name="f", type=type_, logic=logic)


FUNCTIONS = [
    (function(), 2),
    (function("number"), 2),
    (function("string"), None),
    (function("successor"), 2),
    (function("function"), 2),
    (function("", "n: string"), None),
    (v.BusinessKnowledge(id="f", name="f"), None),
]
SUCCESSOR = v.ItemType(
    name="successor",
    function=True,
    parts=(v.ItemType(name="n"), v.ItemType(name="", type="number")),
)


@pytest.mark.parametrize(("knowledge", "expected"), FUNCTIONS)
def test_a_business_knowledge_model_is_a_function(knowledge, expected):
    found = model(knowledge, decision("d", text("f(1)"), "f"), types=(SUCCESSOR,))
    assert decide(found, "d").value == expected


def test_functions_require_functions():
    g = v.BusinessKnowledge(
        id="g",
        name="g",
        logic=v.BoxedFunction(parameters=parameters("n"), body=text("f(n) * 2")),
        requires=needs("f"),
    )
    assert decide(model(g, function(), decision("d", text("g(1)"), "g")), "d").value == 4


PARTS = (
    N,
    v.InputData(id="m", name="m"),
    decision("inner", text("n * 10"), "n"),
    decision("given", text("1000")),
    decision("sum", text("inner + given + m"), "inner", "given", "m"),
    decision("twice", text("sum * 2"), "sum"),
)


def service(*outputs: str, **more) -> v.DecisionService:
    inputs = needs("n", "m", "given")
    return v.DecisionService(id="s", name="s", outputs=needs(*outputs), inputs=inputs, **more)


SERVICES = [
    (service("sum"), "s(1, 2, 3)", 15),
    (service("sum"), "s(given: 3, n: 1, m: 2)", 15),
    (service("sum"), "s(1, 2)", None),
    (service("sum", "twice"), "s(1, 2, 3).twice", 30),
    (service("sum", type="string"), "s(1, 2, 3)", None),
    (service("sum"), 's("x", 2, 3)', None),
]


@pytest.mark.parametrize(("found", "words", "expected"), SERVICES)
def test_a_decision_service_is_a_function(found, words, expected):
    whole = model(*PARTS, found, decision("d", text(words), "s"))
    assert decide(whole, "d", {"n": 500, "m": 500}).value == expected


def test_a_decision_service_can_be_asked():
    assert decide(model(*PARTS, service("sum")), "s", {"n": 1, "m": 2, "given": 3}).value == 15


def test_a_decision_within_a_service_that_is_wrong_is_refused():
    whole = model(*PARTS[:4], decision("sum", text("1 +")), service("sum"))
    with pytest.raises(CheckError, match="BX501 sum"):
        decide(whole, "s", {})


IMPORTED = v.DecisionModel(
    namespace="urn:b",
    types=(v.ItemType(name="grade", type="number", allowed=text("< 7")),),
    elements=(decision("a", text("5")), decision("b", text("6"))),
)
IMPORT = v.DecisionImport(name="other", namespace="urn:b")


def importing(words: str, **more) -> v.Decision:
    required = (v.Requirement("a", "urn:b"), v.Requirement("b", "urn:b"))
    return v.Decision(id="d", name="d", logic=text(words), requires=required, **more)


def test_what_is_imported_is_known_by_the_name_of_the_import():
    found = model(importing("other.a + other.b"), imports=(IMPORT,))
    assert decide([found, IMPORTED], "d").value == 11
    typed = model(importing("other.a + 5", type="other.grade"), imports=(IMPORT,))
    assert decide([typed, IMPORTED], "d").value is None


def test_an_import_that_is_not_given_is_refused():
    found = Decisions([model(importing("other.a"), imports=(IMPORT,))])
    assert [finding.code for finding in found.findings] == ["BX506", "BX502", "BX502"]
    with pytest.raises(CheckError, match="BX502 d: it requires 'a', which is not there"):
        found.decide("d", {})


def test_other_imports_than_models_have_no_effect():
    schema = v.DecisionImport(name="x", namespace="urn:x", location="types.xsd")
    assert Decisions([model(decision("d", text("1")), imports=(schema,))]).findings == []


def test_decisions_that_require_each_other_are_refused():
    found = Decisions([model(decision("a", text("b"), "b"), decision("b", text("a"), "a"), N)])
    assert [finding.code for finding in found.findings] == ["BX503", "BX503"]
    with pytest.raises(CheckError, match="it requires itself"):
        found.decide("a", {})


def test_what_is_wrong_elsewhere_does_not_matter():
    found = Decisions([model(decision("a", text("1 +")), decision("b", text("2")))])
    assert found.decide("b", {}).value == 2
    assert [finding.id for finding in found.findings] == ["a"]


def test_types_that_are_not_known_are_found():
    types = (v.ItemType(name="t", parts=(v.ItemType(name="p", type="q"),)),)
    found = Decisions([model(N, types=types)])
    assert [str(f) for f in found.findings] == [
        "<memory>: error BX504: there is no type 'q'; correct the name"
    ]


ASKED = [
    ("", "there are 2 decisions: name one of a, b, c"),
    ("aa", "no decision 'aa': did you mean"),
    ("x", "no decision 'x': name one of a, b, c"),
    ("same", "several decisions are called 'same'"),
]


@pytest.mark.parametrize(("name", "message"), ASKED)
def test_what_cannot_be_found(name, message):
    a, b = (decision(each, text("1"), label="same") for each in "ab")
    found = Decisions([model(N, a, b, decision("c", text("a"), "a"))])
    if name == "aa":
        found = Decisions([model(decision("aaa", text("1")), decision("b", text("2")))])
    with pytest.raises(UsageError, match=message):
        found.find(name)


def test_there_may_be_no_decision_at_all():
    with pytest.raises(UsageError, match="there are 0 decisions: name one of none"):
        Decisions([model(N)]).find()


def test_the_decision_that_no_other_requires_is_the_one():
    found = model(N, decision("a", text("n"), "n"), decision("b", text("a * 2"), "a"))
    assert decide(found, variables={"n": 4}).value == 8
    assert decide(model(decision("d", text("1"), label="The Name")), "The Name").value == 1


def test_of_two_files_with_the_same_ids_the_first_counts():
    first, second = (model(decision("d", text(words))) for words in ("1", "2"))
    assert decide([first, second], "d").value == 1


INPUTS = [({"n": 5}, 5, 0), ({"n": [5]}, 5, 0), ({"n": "5"}, None, 1), ({}, None, 1)]


@pytest.mark.parametrize(("variables", "expected", "problems"), INPUTS)
def test_input_data_is_of_its_type(variables, expected, problems):
    done = decide(model(N, decision("d", text("n"), "n")), "d", variables)
    assert (done.value, len(done.problems)) == (expected, problems)


def test_not_more_than_some_matches_and_problems_are_kept():
    loop = v.BoxedLoop(variable="n", domain=text("[1..300]"), body=table("UNIQUE", "x", "- | 1"))
    assert len(decide(model(decision("d", loop)), "d").matches) == MOST
    run = Evaluation({})
    for number in range(MOST + 1):
        run.violation(str(number))
    assert len(run.problems) == len(run.violations) == MOST


def test_signs_in_names_are_read_as_names():
    name = v.InputData(id="n", name="profit & loss (net)")
    found = model(name, decision("d", text("profit & loss (net) + 1"), "n"))
    assert decide(found, "d", {"profit & loss (net)": 1}).value == 2


@pytest.mark.parametrize(
    ("logic", "told"),
    [
        (text("othr * 2"), ["d: nothing has given 'othr', it was null; did you mean 'other'?"]),
        (text("other"), []),
        (text("fo(3)"), ["d: there is no function 'fo'"]),
        (text("sum([n])"), []),
        (text("if nn = null then n else nn"), []),
        (text("[{a: 1}][b = 2]"), []),
        (table("FIRST", "x", "> 1 | 1", "- | 2", inputs="othr"), ["did you mean 'other'?"]),
        (table("FIRST", "x", "null | 1", "- | 2", inputs="nn"), []),
        (table("FIRST", "x", "> 1 | 1", "- | later"), []),
        (table("FIRST", "x", "> limit | 1", "- | 2"), ["nothing has given 'limit'"]),
    ],
)
def test_names_that_nothing_has_given_are_told(logic, told):
    found = model(N, decision("d", logic, "n"), decision("other", text("1")))
    done = decide(found, "d", {"n": 4, "other": 5})
    assert len(done.missing) == len(told)
    assert all(part in said for part, said in zip(told, done.missing, strict=True))
    assert done.problems == done.missing


WHO = {"name": "Ann", "kind": None}
NULLS = [
    (text("who.nme"), ["d: 'who.nme' was null: there is no 'nme' in", "did you mean 'name'?"]),
    (text("sum(for i in 1..9 return who.nme)"), ["return who.nme)' was null"]),
    (text('10 + "a"'), ["was null: '+' has no result for these values"]),
    (text('date("29.11.2026")'), ["was null: date() has no result for these arguments"]),
    (table("FIRST", "x", "> 1 | 1", "- | 2", inputs="who.nme"), ["d: 'who.nme' was null"]),
    (table("FIRST", "x", '- | "1" * 2'), ["was null: '*' has no result"]),
    (text("who.kind"), []),
    (text("who.kind + 1"), []),
    (text("if who.nme = null then null else 1"), []),
    (text("if n = 4 then n else 10 + who.nme"), []),
    (table("FIRST", "x", "null | 1", "- | 2", inputs="who.nme"), []),
]


@pytest.mark.parametrize(("logic", "told"), NULLS)
def test_texts_without_a_result_are_told(logic, told):
    done = decide(model(N, decision("d", logic, "n")), "d", {"n": 4, "who": WHO})
    assert done.problems == done.missing
    assert len(done.problems) == bool(told)
    assert all(part in done.problems[0] for part in told)


def test_each_text_is_told_once_and_not_too_many():
    lost = [text(f"who.x{number}") for number in range(2 * MOST_NULLS)]
    found = model(decision("d", v.BoxedList(items=(*lost[:1], *lost))))
    assert len(decide(found, "d", {"who": WHO}).problems) == MOST_NULLS


def test_what_a_table_did_is_told_once_though_a_null_is_explained():
    knows = v.BoxedFunction(
        parameters=parameters("n"), body=table("FIRST", "x", '> 1 | "a" + n', "- | 2")
    )
    share = v.BusinessKnowledge(id="share", name="share", logic=knows)
    done = decide(model(share, decision("d", text("share(4) + 1"), "share")), "d", {})
    assert (done.value, len(done.matches)) == (None, 1)
    assert "share: '\"a\" + n' was null: '+' has no result" in done.problems[0]
