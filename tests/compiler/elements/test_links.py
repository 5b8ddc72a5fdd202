"""Link events: each throw leads to the catch of its name on its level."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler.program import Kind
from tests.compiler.drawing import compiled, file, flow, said, tells


def throw(name: str, /, *links: str, **fields: object) -> m.IntermediateThrowEvent:
    return m.IntermediateThrowEvent(id=name, event_definitions=named(name, links), **fields)


def catch(name: str, /, *links: str, **fields: object) -> m.IntermediateCatchEvent:
    return m.IntermediateCatchEvent(id=name, event_definitions=named(name, links), **fields)


def named(name: str, links: tuple[str, ...]) -> tuple[m.LinkEventDefinition, ...]:
    return tuple(m.LinkEventDefinition(id=f"{name}{link}", name=link) for link in links)


TASK = m.Task(id="t")


def test_a_link_is_a_flow() -> None:
    ends = throw("a", "L"), throw("b", "L"), catch("c", "L")
    program = compiled(file(*ends, TASK, flow("c t")))
    ways = [(f.id, program.nodes[f.source].id, program.nodes[f.target].id) for f in program.flows]
    assert ways == [("c-t", "c", "t"), ("a=>c", "a", "c"), ("b=>c", "b", "c")]
    assert {program.nodes[i].kind for i in range(3)} == {Kind.THROW_EVENT}


def test_a_link_without_a_name_is_called_as_its_event() -> None:
    thrown = throw("a", "", name="A"), throw("b", "", name="B"), throw("c", "C", name="B")
    caught = catch("x", "B"), catch("y", "", name="A"), catch("z", "", name="C")
    assert [f.id for f in compiled(file(*thrown, *caught)).flows] == ["a=>y", "b=>x", "c=>z"]


def test_two_ends_without_a_name_are_one_link() -> None:
    ends = throw("a", "", name="to the store"), catch("c", "", name="from the shop")
    assert [found.id for found in compiled(file(*ends)).flows] == ["a=>c"]


def test_files_with_the_same_links_are_told_apart() -> None:
    ends = throw("a", "L"), catch("c", "L")
    program = compiled(file(*ends), file(*ends, id="Q"))
    assert [found.id for found in program.flows] == ["a=>c", "Q:a=>c"]


UNREACHED = (
    "no link event on its level throws what it catches, so it is never reached; "
    "draw one with the same name"
)
FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        file(throw("a", "L")),
        [("error BX134 a: no link event on its level catches 'L'; draw one with the same name")],
    ),
    (
        file(
            throw("a", "L"),
            m.SubProcess(id="z", flow_elements=(TASK, catch("c", "L"))),
            catch("d", "K"),
        ),
        [
            f"warning BX128 c: {UNREACHED}",
            (
                "error BX134 a: no link event on its level catches 'L' (known: K); "
                "draw one with the same name"
            ),
        ],
    ),
    (
        file(throw("a", "L"), catch("c", "")),
        [("error BX134 a: no link event on its level catches 'L'; draw one with the same name")],
    ),
    (
        file(throw("a", "L"), catch("c", "L"), catch("d", "L")),
        ["error BX134 d: another link event catches 'L' too; keep one of them"],
    ),
    (file(TASK, catch("c", "L")), [f"warning BX128 c: {UNREACHED}"]),
    (file(TASK, catch("c", "L"), flow("t c")), []),
    (
        file(throw("a", "L", **said(camunda_skipExpression="${a}")), catch("c", "L")),
        [
            (
                "error BX105 a: a task that is skipped where _ACTIVITI_SKIP_EXPRESSION_ENABLED "
                "and its expression hold cannot be run yet; draw a gateway before it, or leave it "
                "out with --stub"
            )
        ],
    ),
]


test_links_without_partner_are_said = tells(FAULTS)
