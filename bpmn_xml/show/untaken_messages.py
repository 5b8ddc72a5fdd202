"""Notes on messages and signals that reached no receiver: what may have been meant.

>>> waits = [Awaited(at="c", trigger="message", name="paid", key="42")]
>>> note_of(MessageStep(message="piad", key=7), waits, [])
"message 'piad', key '7', was taken by nobody; did you mean 'paid'?"
>>> note_of(MessageStep(message="paid", key=7), waits, [])
"message 'paid', key '7', was taken by nobody; c waits for it with the key '42'"
>>> note_of(MessageStep(message="paid"), [Awaited(at="c", trigger="message", name="paid")], [])
"message 'paid' was taken by nobody; it was kept no longer when c began to wait (--message-ttl)"
>>> note_of(SignalStep(signal="paid"), [], waits)
"signal 'paid' was taken by nobody"
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from bpmn_xml.compiler.program import Kind
from bpmn_xml.core.conversations import ANY
from bpmn_xml.runtime.scenario import MessageStep, SignalStep, Step, TaskStep
from bpmn_xml.trace.standstill import Awaited, Standstill
from bpmn_xml.trace.why import awaited
from bpmn_xml.wording import did_you_mean, listed, on_one_line

if TYPE_CHECKING:
    from bpmn_xml.runtime import Engine

MOST_RUNS: Final = 100
"""Of at most this many runs it is told what they wait for."""


def notes(steps: Sequence[MessageStep | SignalStep], engine: Engine) -> list[str]:
    """A line for each message and signal without a receiver."""
    if not steps:
        return []
    waiting, known = waiting_now(engine), drawn(engine)
    return [note_of(step, waiting, known) for step in steps]


def meant(step: Step, engine: Engine) -> str:
    """A hint which user task an answer was meant for; empty if a task has that name."""
    if not isinstance(step, TaskStep):
        return ""
    people = [node for node in engine.program.nodes if node.kind is Kind.USER_TASK]
    known = {name: None for node in people for name in (on_one_line(node.name), node.id)}
    if on_one_line(step.task) in known:
        return ""
    longer = [name for name in known if step.task and step.task.lower() in name.lower()]
    return did_you_mean(step.task, known, longer[:1])


def standing(engine: Engine) -> list[Standstill]:
    """Where tokens stand now, of very many runs those of the first."""
    return [still for run in islice(engine.runs(), MOST_RUNS) for still in run.why()]


def waiting_now(engine: Engine) -> list[Awaited]:
    """All events that tokens wait for now."""
    return [wait for still in standing(engine) for wait in still.awaits]


def drawn(engine: Engine) -> list[Awaited]:
    """All events of the process, without keys."""
    return [awaited(node.id, event) for node in engine.program.nodes for event in node.events]


def note_of(
    step: MessageStep | SignalStep, waiting: Iterable[Awaited], known: Iterable[Awaited]
) -> str:
    """Say that a step reached no receiver, and what may have been meant.

    Args:
        step: the message or signal.
        waiting: the events that tokens wait for now.
        known: all events of the process.
    """
    if isinstance(step, MessageStep):
        what, name, key = "message", step.message, str(step.key)
    else:
        what, name, key = "signal", step.signal, ""
    names = {wait.name: None for wait in (*waiting, *known) if wait.trigger == what}
    hint = did_you_mean(name, names)
    if name in names:
        hint = _keys([wait for wait in waiting if (wait.trigger, wait.name) == (what, name)], key)
    whose = f", key {key!r}," if key else ""
    return f"{what} {name!r}{whose} was taken by nobody{hint}"


def _keys(waits: Sequence[Awaited], key: str) -> str:
    """The other keys that a message is awaited with, or that it came too early."""
    late = [wait.at for wait in waits if wait.key == key and wait.trigger == "message"]
    if late:
        return f"; it was kept no longer when {late[0]} began to wait (--message-ttl)"
    found = [f"{wait.at} waits for it {_way(wait)}" for wait in waits if wait.key != key]
    return f"; {listed([*dict.fromkeys(found)], most=3)}" if found else ""


def _way(wait: Awaited) -> str:
    if wait.key == ANY:
        return "with whichever key"
    return f"with the key {wait.key!r}" if wait.key else "without a key"
