"""A token game, written from the standard alone: what happens to a small process, in every order.

It shares nothing with the package but the drafts it reads: no core, no reduction, no oracle. A
state is a bag of tokens on flows and in activities, with the values of two variables. A service
task may write both whenever it is active, and one whose mapping names a variable only that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from bpmn_xml.compiler.drafts import Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger

VARIABLES = ("n", "m")
MOST_STATES = 1_500

Token = tuple[str, str]
"""("on", flow), ("in", activity), or ("spent", activity) whose soft event has happened already."""


class State(NamedTuple):
    """Tokens, sorted, and the values of the variables."""

    tokens: tuple[Token, ...]
    values: tuple[bool, ...]


class Verdict(NamedTuple):
    """What was found; `dead` are the flows that are never taken, where no tokens crowd."""

    kinds: frozenset[str]
    always: bool
    dead: frozenset[str]


class TooLargeError(Exception):
    """There are too many states."""


class Game:
    """One container of some drafts."""

    def __init__(self, drafts: Drafts, container: str) -> None:
        self.nodes = {node.id: node for node in drafts.nodes if node.container == container}
        self.flows = {flow.id: flow for flow in drafts.flows if flow.container == container}
        (own,) = [one for one in drafts.containers if one.id == container]
        self.starts = [self.nodes[name] for name in own.starts]
        self.taken: set[str] = set()

    def verdict(self) -> Verdict:
        """Walk through all states."""
        after: dict[State, set[State]] = {}
        first = {s for values in product((False, True), repeat=2) for s in self._first(values)}
        waiting = list(first)
        kinds: set[str] = set()
        final: set[State] = set()
        good: set[State] = set()
        while waiting:
            state = waiting.pop()
            if state in after:
                continue
            if len(after) > MOST_STATES:
                raise TooLargeError
            crowded = any(count > 1 for count in Counter(t[::-1][0] for t in state.tokens).values())
            moved = set() if crowded else set(self._moves(state))
            after[state] = moved if crowded else moved | set(self._writes(state))
            waiting += after[state]
            if crowded:
                kinds.add("UNSAFE")
            elif not state.tokens:
                good.add(state)
            elif not moved:
                kinds.add("DEADLOCK")
            if crowded or not state.tokens or not moved:
                final.add(state)
        if _leading(after, final) != set(after):
            kinds.add("LIVELOCK")
        ends_well = bool(first & _leading(after, good))
        dead = set() if "UNSAFE" in kinds else self.flows.keys() - self.taken
        return Verdict(frozenset(kinds), not ends_well, frozenset(dead))

    def _first(self, values: tuple[bool, ...]) -> Iterator[State]:
        """A start event gives a token to each flow; where there are several, one of them begins."""
        for start in self.starts:
            yield self._state(self._leave(start), values)

    def _state(self, tokens: list[Token], values: tuple[bool, ...]) -> State:
        self.taken.update(name for where, name in tokens if where == "on")
        return State(tuple(sorted(tokens)), values)

    def _leaving(self, node: NodeDraft) -> list[FlowDraft]:
        return [flow for flow in self.flows.values() if flow.source == node.id]

    def _leave(self, node: NodeDraft) -> list[Token]:
        return [("on", flow.id) for flow in self._leaving(node)]

    def _moves(self, state: State) -> Iterator[State]:
        for token in dict.fromkeys(state.tokens):
            rest = list(state.tokens)
            rest.remove(token)
            where, name = token
            if where == "on":
                yield from self._arrive(self.flows[name], rest, state)
            else:
                yield from self._work(self.nodes[name], rest, state, spent=where == "spent")

    def _work(
        self, task: NodeDraft, rest: list[Token], state: State, *, spent: bool
    ) -> Iterator[State]:
        """An activity may end, or be left by an event at its boundary."""
        for values in self._written(task, state.values):
            yield self._state([*rest, *self._leave(task)], values)
        for event in self.nodes.values():
            if event.host == task.id and event.interrupting:
                yield self._state([*rest, *self._leave(event)], state.values)
            elif event.host == task.id and not spent:
                yield self._state([*rest, ("spent", task.id), *self._leave(event)], state.values)

    def _writes(self, state: State) -> Iterator[State]:
        """An activity may write while it is active."""
        for where, name in state.tokens:
            if where != "on":
                for values in self._written(self.nodes[name], state.values):
                    yield State(state.tokens, values)

    def _written(self, task: NodeDraft, values: tuple[bool, ...]) -> Iterator[tuple[bool, ...]]:
        named = [one.target[0] for one in task.frame.outputs] if task.frame else list(VARIABLES)
        names = named if task.kind in (Kind.SERVICE_TASK, Kind.SUB_PROCESS) else []
        free = [(False, True) if v in names else (values[i],) for i, v in enumerate(VARIABLES)]
        yield from product(*free)

    def _arrive(self, flow: FlowDraft, rest: list[Token], state: State) -> Iterator[State]:
        node = self.nodes[flow.target]
        if node.kind is Kind.END_EVENT:
            cut = any(event.trigger is Trigger.TERMINATE for event in node.events)
            yield self._state([] if cut else rest, state.values)
        elif node.kind is Kind.PARALLEL_GATEWAY:
            needed = [one.id for one in self.flows.values() if one.target == node.id]
            if all(("on", name) in state.tokens for name in needed):
                yield self._state([*_without(state, needed), *self._leave(node)], state.values)
        elif node.kind is Kind.INCLUSIVE_GATEWAY:
            come = [f.id for f in self.flows.values() if f.target == node.id and _on(f, state)]
            if come[0] == flow.id and not self._can_come(node, state):
                for ways in self._chosen(node, state.values):
                    yield self._state([*_without(state, come), *ways], state.values)
        elif node.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY):
            for way in self._one(node, state.values):
                yield self._state([*rest, *way], state.values)
        else:
            yield self._state([*rest, ("in", node.id)], state.values)

    def _one(self, node: NodeDraft, values: tuple[bool, ...]) -> list[list[Token]]:
        """The first that has no condition or one that holds, else the default (13.4.2)."""
        leaving = self._leaving(node)
        if not any(flow.condition for flow in leaving):
            return [[("on", flow.id)] for flow in leaving] or [[]]
        holding = [f.id for f in leaving if f.id != node.default and _holds(f, values)]
        return [[("on", [*holding, node.default][0])]]

    def _chosen(self, node: NodeDraft, values: tuple[bool, ...]) -> list[list[Token]]:
        """All that have no condition or one that holds, else the default (13.4.3)."""
        leaving = self._leaving(node)
        if not any(flow.condition for flow in leaving):
            ways = [("on", flow.id) for flow in leaving]
            counts = range(1, len(ways) + 1)
            return [list(some) for n in counts for some in combinations(ways, n)] or [[]]
        holding = [f.id for f in leaving if f.id != node.default and _holds(f, values)]
        return [[("on", name) for name in holding or [node.default]]]

    def _can_come(self, join: NodeDraft, state: State) -> bool:
        """Whether another token can come on an empty flow, and on no full one (13.4.3)."""
        into = [flow for flow in self.flows.values() if flow.target == join.id]
        full = {flow.id for flow in into if _on(flow, state)}
        empty = {flow.id for flow in into} - full
        for token in state.tokens:
            reached = self._ahead(token, join)
            if reached & empty and not reached & full:
                return True
        return False

    def _ahead(self, token: Token, join: NodeDraft) -> set[str]:
        """The flows to which a token can lead without a visit to a join."""
        where, name = token
        flows: set[str] = set()
        nodes = [name] if where != "on" else []
        if where == "on":
            flows.add(name)
            nodes.append(self.flows[name].target)
        seen: set[str] = set()
        while nodes:
            node = nodes.pop()
            if node in seen or node == join.id:
                continue
            seen.add(node)
            leaving = [flow for flow in self.flows.values() if flow.source == node]
            flows |= {flow.id for flow in leaving}
            nodes += [flow.target for flow in leaving]
            spent = token == ("spent", node)
            at_border = [event for event in self.nodes.values() if event.host == node]
            nodes += [event.id for event in at_border if event.interrupting or not spent]
        return flows


def _on(flow: FlowDraft, state: State) -> bool:
    return ("on", flow.id) in state.tokens


def _without(state: State, flows: list[str]) -> list[Token]:
    left = list(state.tokens)
    for name in flows:
        left.remove(("on", name))
    return left


def _holds(flow: FlowDraft, values: tuple[bool, ...]) -> bool:
    known = dict(zip(VARIABLES, values, strict=True))
    return flow.condition is None or flow.condition.evaluate(known)


def _leading(after: dict[State, set[State]], wanted: set[State]) -> set[State]:
    """The states from which some others are reached."""
    before: dict[State, set[State]] = {}
    for state, following in after.items():
        for one in following:
            before.setdefault(one, set()).add(state)
    found, waiting = set(wanted), list(wanted)
    while waiting:
        fresh = before.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
