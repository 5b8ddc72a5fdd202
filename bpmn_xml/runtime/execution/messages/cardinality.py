"""How often one message is received by the rules of Camunda 8 (its docs, "message cardinality").

It is received once in each process, by whoever there has waited longest; and it begins no instance
while one goes on that a message with the same key has begun.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Final

from bpmn_xml.compiler.program import Kind, Program, Trigger
from bpmn_xml.compiler.program.levels import process_of

Begun = tuple[int, str]
"""What a message begins: the container of a process, and the key of the message."""

THROWING: Final = frozenset({Kind.THROW_EVENT, Kind.END_EVENT, Kind.SEND_TASK})


def receivers(program: Program) -> tuple[frozenset[int], ...]:
    """The nodes of each process that may receive messages; none where other rules hold too."""
    inside: dict[int, set[int]] = {container: set() for container in program.processes.values()}
    if not all(program.containers[one].rules.received_once for one in inside):
        return ()
    for node in program.nodes:
        if node.kind not in THROWING and any(e.trigger is Trigger.MESSAGE for e in node.events):
            inside[process_of(program, node).index].add(node.index)
    return tuple([frozenset(nodes) for nodes in inside.values() if nodes])


def may_receive(program: Program, nodes: frozenset[int], name: str) -> bool:
    """Whether some of these nodes may wait for a message, as far as the drawing says its name."""
    events = [event for node in nodes for event in program.nodes[node].events]
    names = [event.name for event in events if event.trigger is Trigger.MESSAGE]
    return any(one is not None and (one.language or one.text == name) for one in names)


class Copies:
    """Tells of the copies of one message, a process each, whether somebody has received one."""

    def __init__(self) -> None:
        self.taken = False


class Singles:
    """The instances that go on which a message has begun, one at most for each process and key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way = set[Begun]()
        self._begun: dict[Hashable, Begun] = {}

    def claim(self, begun: Begun) -> bool:
        """Whether an instance may begin now; then no other may until it has ended."""
        with self._lock:
            free = begun not in self._under_way
            self._under_way.add(begun)
            return free

    def note(self, begun: Begun, instance: Hashable) -> None:
        """Note which instance has begun."""
        with self._lock:
            self._begun[instance] = begun

    def give_up(self, begun: Begun) -> None:
        """Nothing has begun after all."""
        with self._lock:
            self._under_way.discard(begun)

    def ended(self, instance: Hashable) -> Begun | None:
        """What may begin again, as an instance has ended, if it is one of these."""
        with self._lock:
            begun = self._begun.pop(instance, None)
            if begun is not None:
                self._under_way.discard(begun)
            return begun
