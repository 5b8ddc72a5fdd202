"""Collaborations in a line of text: pools between bars, message flows as `h1 -> c2`.

The first letter of an id says what a node is: s, e, t, x (exclusive), p (parallel), g (event-based)
as usual, q ends by terminating; S, E, h, c, B are the start, end, throw, catch and boundary events
of messages, T and b the catch and boundary events of timers, r and d the tasks that receive and
send, z a sub-process (`z1: s > e`). `t1 !B1` attaches a boundary event.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

TAGS: Final = {
    "s": "startEvent",
    "S": "startEvent",
    "e": "endEvent",
    "q": "endEvent",
    "E": "endEvent",
    "t": "task",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "g": "eventBasedGateway",
    "h": "intermediateThrowEvent",
    "c": "intermediateCatchEvent",
    "T": "intermediateCatchEvent",
    "B": "boundaryEvent",
    "b": "boundaryEvent",
    "r": "receiveTask",
    "d": "sendTask",
    "z": "subProcess",
}
DEFINITIONS: Final = {
    **dict.fromkeys("SEhcB", "<messageEventDefinition/>"),
    "q": "<terminateEventDefinition/>",
    **dict.fromkeys("Tb", "<timerEventDefinition/>"),
}
HEAD: Final = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
)


def collaboration(text: str, *, many: str = "") -> bytes:
    """A file of pools P0, P1, …; `many` names the processes of pools with many participants."""
    pools, messages = [], []
    for number, pool in enumerate(text.split("|")):
        parts = [part.strip() for part in pool.split(";")]
        messages += [tuple(part.split(" -> ")) for part in parts if "->" in part]
        body = _level([part for part in parts if "->" not in part], "")
        pools.append(f'<process id="P{number}">{body}</process>')
    sides = "".join(_participant(f"P{i}", many) for i in range(len(pools)))
    flows = "".join(
        f'<messageFlow id="{one}={other}" sourceRef="{one}" targetRef="{other}"/>'
        for one, other in messages
    )
    shown = f'<collaboration id="C"><participant id="world"/>{sides}{flows}</collaboration>'
    return f"{HEAD}{shown}{''.join(pools)}</definitions>".encode()


def _participant(process: str, many: str) -> str:
    several = '<participantMultiplicity maximum="9"/>' if process == many else ""
    return f'<participant id="{process}pool" processRef="{process}">{several}</participant>'


def _level(parts: list[str], around: str) -> str:
    """What is in a process, or in a sub-process."""
    nodes: dict[str, str] = {}
    flows: list[str] = []
    for part in parts:
        owner, _, chain = part.rpartition(":")
        if owner.strip() != around:
            continue
        host, attached, event = chain.partition(" !")
        names = [name.strip() for name in ([host, event] if attached else chain.split(">"))]
        nodes |= {name: nodes.get(name, "") for name in names}
        if attached:
            nodes[names[1]] = f' attachedToRef="{names[0]}"'
        else:
            flows += [
                f'<sequenceFlow id="{one}-{other}" sourceRef="{one}" targetRef="{other}"/>'
                for one, other in pairwise(names)
            ]
    return "".join([*(_node(name, given, parts) for name, given in nodes.items()), *flows])


def _node(name: str, given: str, parts: list[str]) -> str:
    tag, inside = TAGS[name[0]], DEFINITIONS.get(name[0], "")
    inside += _level(parts, name) if name[0] == "z" else ""
    return f'<{tag} id="{name}"{given}>{inside}</{tag}>'
