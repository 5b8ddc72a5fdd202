"""A process whose event sub-processes wait for what has no value yet: it is held at its start."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core.state import OPENING
from tests.compiler.drawing import file, flow
from tests.core.harness import Driver

MESSAGE = m.Message(id="M", name="info-${kind}")


def program(*elements: m.FlowElement) -> Program:
    """A process with an event sub-process for a message whose name is computed."""
    message = m.MessageEventDefinition(id="d", message_ref="M")
    begins = m.StartEvent(id="i", event_definitions=(message,), is_interrupting=False)
    handler = m.SubProcess(id="h", triggered_by_event=True, flow_elements=(begins,))
    return compile_models([file(*elements, handler, roots=(MESSAGE,))])


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


def test_it_may_begin_without() -> None:
    driver = held(AFTER_START)
    mend(driver, c.SkipIncident)
    assert not driver.state.scopes[""].waits
    driver.go()
    assert driver.outcome == "completed"


def test_what_has_a_value_is_waited_for_at_once() -> None:
    driver = Driver(program(*AFTER_START), {"t": lambda _: {}}).start({"kind": "vip"})
    assert driver.state.scopes[""].waits
    assert not driver.state.scopes[""].incidents
