"""Processes that talk to each other: along message flows, by correlation, begun by what they get.

Each drawing is run in the caller's thread, by one worker and by many.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bpmn_xml.core.records import Batch
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, ManualClock, Run
from tests.documents import CAMUNDA_DEFINITIONS, flows
from tests.runtime.harness import DRIVERS, WAIT

HEAD = (
    CAMUNDA_DEFINITIONS
    + """
  <message id="Ask" name="ask"/><message id="Answer" name="answer"/><signal id="S" name="go"/>"""
)
ASK = '<messageEventDefinition messageRef="Ask"/>'
ANSWER = '<messageEventDefinition messageRef="Answer"/>'
ANY = "<messageEventDefinition/>"
GO = '<signalEventDefinition signalRef="S"/>'

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


def process(name: str, inside: str, *chains: str) -> str:
    return f'<process id="{name}" isExecutable="true">{inside}{flows(*chains)}</process>'


def pools(*flows: str, names: tuple[str, ...] = ("A", "B")) -> str:
    """A collaboration: `x>y` is a message flow, `x>y:M` one with a message."""
    found = []
    for number, flow in enumerate(flows):
        ends, _, message = flow.partition(":")
        source, _, target = ends.partition(">")
        ref = f' messageRef="{message}"' if message else ""
        found.append(
            f'<messageFlow id="m{number}" sourceRef="{source}" targetRef="{target}"{ref}/>'
        )
    pools = "".join(f'<participant id="pool{n}" processRef="{n}"/>' for n in names)
    return f'<collaboration id="C">{pools}{"".join(found)}</collaboration>'


def asker(thrown: str, caught: str) -> str:
    inside = (
        f'<startEvent id="s"/><intermediateThrowEvent id="ask">{thrown}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="heard">{caught}</intermediateCatchEvent><endEvent id="e"/>'
    )
    return process("A", inside, "s ask heard e")


def answerer(caught: str, thrown: str) -> str:
    inside = f'<startEvent id="asked">{caught}</startEvent><endEvent id="told">{thrown}</endEvent>'
    return process("B", inside, "asked told")


TALKS: dict[str, tuple[str, ...]] = {
    "by the same names": (asker(ASK, ANSWER), answerer(ASK, ANSWER)),
    "by flows with the same names": (
        pools("ask>asked", "told>heard"),
        asker(ASK, ANSWER),
        answerer(ASK, ANSWER),
    ),
    "by flows with other names": (
        pools("ask>asked", "told>heard"),
        asker(ANSWER, ASK),
        answerer(ASK, ANSWER),
    ),
    "by flows alone": (pools("ask>asked", "told>heard"), asker(ANY, ANY), answerer(ANY, ANY)),
    "by flows with messages": (
        pools("ask>asked:Ask", "told>heard:Answer"),
        asker(ANY, ANY),
        answerer(ANY, ANY),
    ),
    "to a pool": (pools("ask>poolB", "told>heard"), asker(ANSWER, ANY), answerer(ASK, ANY)),
    "to a process": (pools("ask>B", "told>heard"), asker(ANSWER, ANY), answerer(ASK, ANY)),
}


@each_driver
@pytest.mark.parametrize("parts", TALKS.values(), ids=TALKS)
def test_a_throw_reaches_the_other_pool(parts: tuple[str, ...], workers: int) -> None:
    runs: list[Run] = []
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=workers, on_start=runs.append) as engine:
        engine.start("A")
        assert engine.wait(WAIT)
    assert sorted((run.process, run.outcome) for run in runs) == [
        ("A", "completed"),
        ("B", "completed"),
    ]


@each_driver
def test_tasks_send_and_receive_along_flows(workers: int) -> None:
    parts = (
        pools("send>take", "reply>get"),
        process(
            "A",
            '<startEvent id="s"/><sendTask id="send"/><receiveTask id="get"/><endEvent id="e"/>',
            "s send get e",
        ),
        process(
            "B",
            '<receiveTask id="take" instantiate="true"/><sendTask id="reply"/><endEvent id="f"/>',
            "take reply f",
        ),
    )
    runs: list[Run] = []
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=workers, on_start=runs.append) as engine:
        engine.start("A")
        assert engine.wait(WAIT)
    assert {run.process: run.outcome for run in runs} == {"A": "completed", "B": "completed"}


def test_one_throw_along_two_flows_reaches_both() -> None:
    two = (
        '<startEvent id="s"/><intermediateThrowEvent id="ask"><messageEventDefinition/>'
        '</intermediateThrowEvent><endEvent id="e"/>'
    )
    parts = (
        pools("ask>b1", "ask>c1", names=("A", "B", "C")),
        process("A", two, "s ask e"),
        process("B", f'<startEvent id="b1">{ASK}</startEvent><endEvent id="b2"/>', "b1 b2"),
        process("C", f'<startEvent id="c1">{ANSWER}</startEvent><endEvent id="c2"/>', "c1 c2"),
    )
    runs: list[Run] = []
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=0, on_start=runs.append) as engine:
        engine.start("A")
        assert engine.wait(WAIT)
    assert sorted(run.process for run in runs) == ["A", "B", "C"]


FIRST = (
    '<eventBasedGateway id="g" instantiate="true"{}/>'
    f'<intermediateCatchEvent id="c1">{ASK}</intermediateCatchEvent>'
    '<receiveTask id="c2" messageRef="Answer"/><endEvent id="e1"/><endEvent id="e2"/>'
)
CHAINS = ("g c1 e1", "g c2 e2")
PARALLEL = ' eventGatewayType="Parallel"'


@each_driver
def test_the_first_event_behind_a_gateway_begins_an_instance(workers: int) -> None:
    runs: list[Run] = []
    model = read(f"{HEAD}{process('P', FIRST.format(''), *CHAINS)}</definitions>".encode())
    with Engine(model, workers=workers, on_start=runs.append) as engine:
        assert engine.publish("answer", payload={"n": 1})
        assert engine.publish("ask", payload={"n": 2})
        assert engine.wait(WAIT)
    assert [(run.outcome, run.variables) for run in runs] == [
        ("completed", {"n": 1}),
        ("completed", {"n": 2}),
    ]


@each_driver
def test_a_parallel_gateway_waits_for_all_in_one_instance(workers: int) -> None:
    runs: list[Run] = []
    text = process("P", FIRST.format(PARALLEL), *CHAINS)
    with Engine(
        read(f"{HEAD}{text}</definitions>".encode()), workers=workers, on_start=runs.append
    ) as engine:
        assert engine.publish("answer", payload={"n": 1})
        assert engine.wait(WAIT)
        assert [run.status for run in runs] == ["waiting"]
        assert [w.at for still in runs[0].why() for w in still.awaits] == ["c1"]
        assert engine.publish("ask", payload={"m": 2})
        assert engine.wait(WAIT)
    assert [(run.outcome, run.variables) for run in runs] == [("completed", {"n": 1, "m": 2})]


PYTHON = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" language="python"'
PROPERTY = (
    '<correlationProperty id="number" name="order number">'
    '<correlationPropertyRetrievalExpression messageRef="Ask">'
    f"<messagePath {PYTHON}>order</messagePath></correlationPropertyRetrievalExpression>"
    '<correlationPropertyRetrievalExpression messageRef="Answer">'
    f"<messagePath {PYTHON}>about</messagePath></correlationPropertyRetrievalExpression>"
    "</correlationProperty>"
)
SUBSCRIBED = (
    '<correlationSubscription id="sub" correlationKeyRef="key">'
    '<correlationPropertyBinding correlationPropertyRef="number">'
    f"<dataPath {PYTHON}>mine</dataPath></correlationPropertyBinding></correlationSubscription>"
)
KEY = (
    '<collaboration id="C"><participant id="a" processRef="A"/><correlationKey id="key">'
    "<correlationPropertyRef>number</correlationPropertyRef></correlationKey></collaboration>"
)


def waiting(after: str = "") -> str:
    inside = (
        '<startEvent id="s"/>'
        f'<intermediateCatchEvent id="c">{ANSWER}</intermediateCatchEvent><endEvent id="e"/>'
    )
    return process("A", inside, "s c e").replace("</process>", f"{after}</process>")


CORRELATED: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "by a subscription": (waiting(SUBSCRIBED), {"mine": 1}, {"mine": 2}),
    "by the data of an earlier message": (waiting(), {"order": 1}, {"order": 2}),
}


@each_driver
@pytest.mark.parametrize("case", CORRELATED.values(), ids=CORRELATED)
def test_messages_are_correlated_as_the_standard_says(case: Any, workers: int) -> None:
    text, one, two = case
    model = read(f"{HEAD}{PROPERTY}{KEY}{text}</definitions>".encode())
    with Engine(model, workers=workers, clock=ManualClock()) as engine:
        first, second = engine.start("A", one), engine.start("A", two)
        assert engine.wait(WAIT)
        assert engine.publish("answer", payload={"about": 2})
        assert engine.wait(WAIT)
        assert (first.outcome, second.outcome) == ("", "completed")
        assert not engine.publish("answer", payload={"about": 3})
        assert not engine.publish("answer", payload={"nothing": 1})
        assert engine.publish("answer", "1")
        assert engine.wait(WAIT)
        assert first.outcome == "completed"


ORDER = {"order": 7, "secret": 1}
IN7 = (
    '<camunda:inputOutput><camunda:inputParameter name="sum">${order + 1}'
    "</camunda:inputParameter></camunda:inputOutput>"
)
IN8 = '<zeebe:ioMapping><zeebe:input source="=order + 1" target="sum"/></zeebe:ioMapping>'


def sender(tag: str, inside: str, attributes: str = "") -> str:
    """A throw event, an end event or a send task that sends what is mapped in."""
    definition = "" if tag == "sendTask" else ASK
    return f'<{tag} id="ask" {attributes}>{inside}{definition}</{tag}>'


CARRIED = {
    f"{tag}, {name}": (tag, extension, expected)
    for tag in ("intermediateThrowEvent", "endEvent", "sendTask")
    for name, extension, expected in [
        ("nothing", "", {}),
        ("7", IN7, {"sum": 8}),
        ("8", IN8, {"sum": 8}),
    ]
}


@pytest.mark.parametrize(("tag", "words", "expected"), CARRIED.values(), ids=CARRIED)
def test_a_message_carries_what_is_mapped_in(
    tag: str, words: str, expected: dict[str, Any]
) -> None:
    inside = sender(tag, f"<extensionElements>{words}</extensionElements>", "")
    first = f'<startEvent id="s"/>{inside}'
    parts = (
        pools("ask>asked"),
        process("A", first, "s ask"),
        answerer(ASK, ""),
    )
    runs: list[Run] = []
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=0, on_start=runs.append) as engine:
        run = engine.start("A", ORDER)
        assert engine.wait(WAIT)
        assert run.variables == ORDER
    (begun,) = [run for run in runs if run.process == "B"]
    assert (begun.outcome, begun.variables) == ("completed", expected)


def test_a_message_carries_what_an_association_moves_and_maps_it_at_its_end() -> None:
    moved = (
        '<dataInput id="sum"/><dataInputAssociation><sourceRef>order</sourceRef>'
        "<targetRef>sum</targetRef></dataInputAssociation>"
    )
    caught = '<zeebe:ioMapping><zeebe:output source="=sum * 2" target="twice"/></zeebe:ioMapping>'
    start = (
        f'<startEvent id="asked"><extensionElements>{caught}</extensionElements>{ASK}</startEvent>'
    )
    parts = (
        pools("ask>asked"),
        process(
            "A",
            '<dataObject id="order"/><startEvent id="s"/>'
            f'<endEvent id="ask">{moved}{ASK}</endEvent>',
            "s ask",
        ),
        process("B", f'{start}<endEvent id="told"/>', "asked told"),
    )
    runs: list[Run] = []
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=0, on_start=runs.append) as engine:
        engine.start("A", ORDER)
        assert engine.wait(WAIT)
    assert [run.variables for run in runs if run.process == "B"] == [{"twice": 14}]


def test_a_key_is_found_in_what_a_message_carries() -> None:
    """The correlation property is of the message; the sender's variable is called otherwise."""
    property_ = (
        '<correlationProperty id="K"><correlationPropertyRetrievalExpression messageRef="Answer">'
        '<messagePath language="feel">sum</messagePath></correlationPropertyRetrievalExpression>'
        "</correlationProperty>"
    )
    heard = (
        '<startEvent id="s"/><intermediateCatchEvent id="heard">'
        + ANSWER
        + "</intermediateCatchEvent>"
        '<endEvent id="e"/>'
    )
    tell = sender("endEvent", f"<extensionElements>{IN8}</extensionElements>").replace(ASK, ANSWER)
    parts = (
        property_,
        process("A", heard, "s heard e"),
        process("B", f'<startEvent id="t"/>{tell}', "t ask"),
    )
    model = read(f"{HEAD}{''.join(parts)}</definitions>".encode())
    with Engine(model, workers=0) as engine:
        seven, eight = (engine.start("A", {"sum": n}) for n in (7, 8))
        engine.start("B", ORDER)
        assert engine.wait(WAIT)
        assert (seven.outcome, eight.outcome) == ("", "completed")


TOGETHER = f"""{HEAD}
  <correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="Ask">
    <messagePath>id</messagePath></correlationPropertyRetrievalExpression>
  <correlationPropertyRetrievalExpression messageRef="Answer"><messagePath>id</messagePath>
    </correlationPropertyRetrievalExpression></correlationProperty>
  <collaboration id="C"><participant id="p" processRef="P"/>
    <correlationKey id="ck"><correlationPropertyRef>cp</correlationPropertyRef></correlationKey>
  </collaboration>
  <process id="P" isExecutable="true"><correlationSubscription correlationKeyRef="ck">
    <correlationPropertyBinding correlationPropertyRef="cp"><dataPath>id</dataPath>
    </correlationPropertyBinding></correlationSubscription>
  <startEvent id="s">{ASK}</startEvent><startEvent id="r">{ANSWER}</startEvent>
  <parallelGateway id="j"/><endEvent id="e"/>{flows("s j e", "r j")}</process></definitions>"""


@each_driver
def test_what_starts_one_conversation_at_once_meets_in_one_instance(workers: int) -> None:
    """The second message comes while the first begins the instance."""
    begun: list[str] = []
    with Engine(TOGETHER.encode(), workers=workers) as engine:
        second = threading.Thread(target=lambda: engine.publish("answer", payload={"id": 1}))

        class Brings:
            def on_batch(self, state: Any, batch: Batch) -> None:
                if batch.seq == 1:
                    begun.append(state.instance)
                if batch.seq == len(begun) == 1:
                    second.start()
                    second.join(0.2)

        engine.observe(Brings())
        engine.publish("ask", payload={"id": 1})
        second.join(WAIT)
        assert engine.wait(WAIT)
        assert (begun, engine.runs()) == (["P-1"], [])


@each_driver
def test_who_is_told_of_a_start_holds_up_no_other(workers: int) -> None:
    """Keys are dealt into shares: what is told of one key may wait for all others to begin."""
    published, told = threading.Event(), list[bool]()

    def publish_others() -> None:
        for key in range(2, 150):
            engine.publish("ask", payload={"id": key})
        published.set()

    def wait_for_others(_run: Run) -> None:
        if not told:
            told.append(False)
            threading.Thread(target=publish_others).start()
            told[0] = published.wait(WAIT / 4)

    with Engine(TOGETHER.encode(), workers=workers, on_start=wait_for_others) as engine:
        engine.publish("ask", payload={"id": 1})
        assert published.wait(WAIT)
        assert (told, len(engine.runs())) == ([True], 149)
