"""A process whose event sub-processes wait for what has no value yet: it is held at its start."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core.words import OPENING
from tests.compiler.drawing import extended, file, flow
from tests.compiler.elements.data.test_mappings import SIGNAL, io7, out
from tests.core.harness import Driver

MESSAGE = m.Message(id="M", name="info-${kind}")


def program(*elements: m.FlowElement) -> Program:
    """A process with an event sub-process for a message whose name is computed."""
    message = m.MessageEventDefinition(id="d", message_ref="M")
    begins = m.StartEvent(id="i", event_definitions=(message,), is_interrupting=False)
    handler = m.SubProcess(id="h", triggered_by_event=True, flow_elements=(begins,))
    return compile_models([file(*elements, handler, roots=(MESSAGE, SIGNAL))])


def task(name: str) -> m.ServiceTask:
    return m.ServiceTask(id=name)


AFTER_START = (m.StartEvent(id="s"), task("t"), flow("s t"))
TWO_STARTS = (*AFTER_START, m.StartEvent(id="s2"), task("u"), flow("s2 u"))
BARE = (task("t"), task("u"))


def held(elements: tuple[m.FlowElement, ...], start: str = "") -> Driver:
    known = program(*elements)
    ids = [node.id for node in known.nodes]
    work: dict[str, Any] = {"t": lambda _: {}, "u": lambda _: {}}
    driver = Driver(known, work, reload=True)
    return driver.start({"n": 1}, ids.index(start) if start else -1)


def mend(driver: Driver, command: type[c.ResolveIncident | c.SkipIncident], **names: Any) -> None:
    ((key, _),) = (driver.state.scopes[""].incidents or {}).items()
    n, node = divmod(key, driver.state.size)
    driver.send(command("", node, n, names))


@pytest.mark.parametrize(
    ("elements", "start", "at", "done"),
    [
        (AFTER_START, "", "s", ["t"]),
        (TWO_STARTS, "s2", "s2", ["u"]),
        (BARE, "", "t", ["t", "u"]),
    ],
)
def test_it_begins_when_that_has_been_mended(
    elements: tuple[m.FlowElement, ...], start: str, at: str, done: list[str]
) -> None:
    driver = held(elements, start)
    (active,) = driver.state.scopes[""].active.items()
    assert active[1].stage == OPENING
    assert driver.program.nodes[active[0] % driver.state.size].id == at
    mend(driver, c.ResolveIncident)
    assert driver.state.scopes[""].incidents
    mend(driver, c.ResolveIncident, kind="vip")
    (waits,) = (driver.state.scopes[""].waits or {}).values()
    assert [wait.name for wait in waits.values()] == ["info-vip"]
    driver.go()
    assert driver.outcome == "completed"
    assert [name for name in driver.path().split() if name in ("t", "u")] == done


@pytest.mark.parametrize(("elements", "done"), [(AFTER_START, ["t"]), (BARE, ["t", "u"])])
def test_it_may_begin_without(elements: tuple[m.FlowElement, ...], done: list[str]) -> None:
    driver = held(elements)
    mend(driver, c.SkipIncident)
    assert not driver.state.scopes[""].waits
    driver.go()
    assert (driver.outcome, driver.path().split()) == ("completed", done)


# what mends the mapping of the start, what mends the wait beside; what is written then
BOTH: list[tuple[type[c.ResolveIncident | c.SkipIncident], dict[str, Any], dict[str, Any]]] = [
    (c.ResolveIncident, {"b": 2}, {"n": 1, "b": 2, "x": 3}),
    (c.SkipIncident, {}, {}),
]


@pytest.mark.parametrize(("command", "names", "written"), BOTH)
def test_what_begins_it_is_written_before_others_are_waited_for(
    command: type[c.ResolveIncident | c.SkipIncident],
    names: dict[str, Any],
    written: dict[str, Any],
) -> None:
    signal = m.SignalEventDefinition(id="d2", signal_ref="S")
    mapped = extended(io7(out("x", "${n + b}")))
    start = m.StartEvent(id="s", event_definitions=(signal,), **mapped)
    driver = held((start, task("t"), flow("s t")), "s")
    told = driver.incidents()
    mend(driver, c.ResolveIncident)
    assert driver.incidents() == told == ["there is no variable 'b'"]
    mend(driver, command, **names)
    assert driver.incidents() == ["'h' cannot be waited for: there is no variable 'kind'"]
    mend(driver, c.ResolveIncident, kind="vip")
    assert driver.state.scopes[""].waits
    driver.go()
    assert (driver.outcome, driver.path()) == ("completed", "t")
    assert driver.state.scopes[""].variables == {"kind": "vip", **written}


def test_what_has_a_value_is_waited_for_at_once() -> None:
    driver = Driver(program(*AFTER_START), {"t": lambda _: {}}).start({"kind": "vip"})
    assert driver.state.scopes[""].waits
    assert not driver.state.scopes[""].incidents
