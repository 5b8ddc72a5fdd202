"""Messages: their names by what is drawn, their receivers, and what is missing."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.compile import analyse, compile_models
from bpmn_xml.formats import read
from tests.documents import DEFINITIONS

HEAD = DEFINITIONS + """<message id="M" name="paid"/><message id="N"/>"""


def file(collaboration: str, *nodes: str, more: str = "") -> bytes:
    flows = '<sequenceFlow id="f" sourceRef="s" targetRef="n"/>'
    inside = f'<startEvent id="s"/>{"".join(nodes)}{flows}'
    return (
        f'{HEAD}<collaboration id="C">{collaboration}</collaboration>'
        f'<process id="P" isExecutable="true">{inside}</process>{more}</definitions>'
    ).encode()


def flow(source: str, target: str, words: str = "") -> str:
    return f'<messageFlow id="way" sourceRef="{source}" targetRef="{target}" {words}/>'


POOL = '<participant id="pool"/>'
CATCH = '<intermediateCatchEvent id="n"><messageEventDefinition{}/></intermediateCatchEvent>'
OTHER = (
    '<process id="Q" isExecutable="true"><subProcess id="sub" triggeredByEvent="true">'
    '<startEvent id="q"><messageEventDefinition messageRef="N"/></startEvent></subProcess>'
    '<userTask id="u"/></process>'
)

STARTED = (
    '<process id="R" isExecutable="true"><startEvent id="begin">'
    '<messageEventDefinition messageRef="N"/></startEvent></process>'
)
AGAIN = STARTED.replace(
    "</process>",
    '<startEvent id="again"><messageEventDefinition messageRef="M"/></startEvent></process>',
)
COMPUTED = (
    '<message id="E" name="${who}"/><process id="R" isExecutable="true">'
    '<intermediateCatchEvent id="w"><messageEventDefinition messageRef="E"/>'
    "</intermediateCatchEvent></process>"
)
POOL_OF_R = '<participant id="p" processRef="P"/><participant id="r" processRef="R"/>'

SERVICE = (
    '<interface id="I" name="I"><operation id="O" name="O"><inMessageRef>M</inMessageRef>'
    "</operation></interface>"
)
TAKES = (
    '<intermediateCatchEvent id="n"><messageEventDefinition><operationRef>O</operationRef>'
    "</messageEventDefinition></intermediateCatchEvent>"
)

NAMED: list[tuple[str, str, str, tuple[str, str]]] = [
    # message flows, node, other processes, name and receiver
    ("", CATCH.format(' messageRef="M"'), "", ("paid", "")),
    ("", CATCH.format(' messageRef="N"'), "", ("N", "")),
    (flow("pool", "n"), CATCH.format(""), "", ("way", "")),
    (flow("pool", "n", 'name="the money"'), CATCH.format(""), "", ("the money", "")),
    (flow("pool", "n", 'messageRef="M"'), CATCH.format(""), "", ("paid", "")),
    (flow("pool", "n", 'messageRef="N"'), CATCH.format(' messageRef="M"'), "", ("paid", "")),
    (flow("n", "pool"), '<sendTask id="n"/>', "", ("way", "pool")),
    (flow("n", "pool", 'messageRef="M"'), '<sendTask id="n"/>', "", ("paid", "pool")),
    (flow("n", "q"), '<sendTask id="n"/>', OTHER, ("N", "sub")),
    (flow("n", "q"), '<sendTask id="n" messageRef="M"/>', OTHER, ("N", "sub")),
    (flow("n", "u"), '<sendTask id="n" messageRef="M"/>', OTHER, ("paid", "")),
    (flow("n", "nowhere"), '<sendTask id="n" messageRef="M"/>', OTHER, ("paid", "")),
    (POOL_OF_R + flow("n", "r"), '<sendTask id="n"/>', STARTED, ("N", "begin")),
    (POOL_OF_R + flow("n", "r"), '<sendTask id="n" messageRef="M"/>', AGAIN, ("paid", "")),
    (flow("n", "w"), '<sendTask id="n" messageRef="M"/>', COMPUTED, ("paid", "")),
    ("", TAKES, SERVICE, ("paid", "")),
    ("", '<receiveTask id="n" operationRef="O"/>', SERVICE, ("paid", "")),
    ("", '<sendTask id="n" operationRef="O"/>', SERVICE, ("paid", "")),
    ("", '<sendTask id="n" operationRef="O" messageRef="N"/>', SERVICE, ("N", "")),
]


@pytest.mark.parametrize(("flows", "node", "more", "expected"), NAMED)
def test_a_message_has_a_name(flows: str, node: str, more: str, expected: tuple[str, str]) -> None:
    program = compile_models([read(file(POOL + flows, node, more=more))])
    (found,) = next(n.events for n in program.nodes if n.id == "n")
    assert found.name is not None
    assert (found.name.text, found.receiver) == expected


def test_receivers_keep_their_names_where_files_are_put_together() -> None:
    text = file(POOL + flow("n", "q"), '<sendTask id="n"/>', more=OTHER)
    second = text.replace(b'id="P"', b'id="P2"').replace(b'id="Q"', b'id="Q2"')
    program = compile_models([read(text), read(second)])
    receivers = [event.receiver for node in program.nodes for event in node.events]
    ids = {node.id for node in program.nodes}
    assert [r for r in receivers if r] == ["sub", "P2:sub"]
    assert {"sub", "P2:sub"} <= ids


FAULTS = [
    (CATCH.format(""), "it names no message"),
    (CATCH.format(' messageRef="X"'), "its message 'X' is not in the file"),
    (TAKES, "it names no message"),
    ('<sendTask id="n" messageRef="X"/>', "its message 'X' is not in the file"),
    (
        '<receiveTask id="n" messageRef="M" instantiate="true"/>',
        "leads into receive task 'n', which starts the process",
    ),
]


@pytest.mark.parametrize(("node", "why"), FAULTS)
def test_what_is_wrong_is_told(node: str, why: str) -> None:
    _, findings = analyse([read(file(POOL, node))])
    assert any(why in found.message for found in findings), findings


def test_correlation_in_a_language_that_is_not_known_is_refused_once() -> None:
    more = (
        '<correlationProperty id="c"><correlationPropertyRetrievalExpression messageRef="M">'
        '<messagePath language="xpath">/a</messagePath></correlationPropertyRetrievalExpression>'
        "</correlationProperty>"
    )
    _, findings = analyse([read(file(POOL, CATCH.format(' messageRef="M"'), more=more))])
    errors = [found.message for found in findings if found.severity == "error"]
    assert len(errors) == 1
    assert "correlation property is in XPath" in errors[0]


def test_several_properties_are_one_key_and_missing_paths_are_none() -> None:
    def retrieval(message: str, path: str) -> str:
        body = f'<messagePath language="python">{path}</messagePath>' if path else ""
        return (
            f'<correlationPropertyRetrievalExpression messageRef="{message}">{body}'
            "</correlationPropertyRetrievalExpression>"
        )

    more = "".join(
        f'<correlationProperty id="{name}">{"".join(paths)}</correlationProperty>'
        for name, paths in {
            "number": [retrieval("M", "order"), retrieval("N", "about")],
            "year": [retrieval("M", "year"), retrieval("N", "")],
        }.items()
    )
    program = compile_models([read(file(POOL, CATCH.format(' messageRef="M"'), more=more))])
    sent = program.correlations["paid"].key
    assert sent.evaluate({"order": 7, "year": 2026}) == "7\x1f2026"
    (waits,) = next(node.events for node in program.nodes if node.id == "n")
    assert waits.key is not None
    assert waits.key.evaluate({"order": 7, "year": 2026}) == "7\x1f2026"
    assert waits.key.evaluate({"about": 7, "year": 2026}) == "7\x1f2026"
    assert waits.key.evaluate({"order": 0, "about": 7, "year": 2026}) == "0\x1f2026"
    assert waits.key.text == "order or about, year"
