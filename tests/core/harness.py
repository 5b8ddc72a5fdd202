"""A driver that tries every way to run a program; programs are made by `drawn`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from bpmn_xml.compiler.program import Kind, Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve import replay
from bpmn_xml.core.evolve.straight import find_straight
from bpmn_xml.core.machine import LIMIT, Machine
from bpmn_xml.core.state import descendants, is_at_work, is_open, split_key
from bpmn_xml.core.values import copied
from bpmn_xml.core.view import visible
from bpmn_xml.core.ways import no_ways
from bpmn_xml.errors import BpmnError
from tests.core.drawn import (
    CANCEL,
    compensation,
    computed,
    condition,
    escalation,
    message,
    program,
    signal,
    timer,
    when,
)
from tests.core.saved import dump, load

__all__ = [
    "CANCEL",
    "Driver",
    "Dropped",
    "compensation",
    "computed",
    "condition",
    "escalation",
    "everywhere",
    "index",
    "message",
    "named",
    "per_scope",
    "program",
    "signal",
    "timer",
    "when",
]

Handler = Callable[[Mapping[str, Any]], Any]


class Dropped(Exception):  # noqa: N818 - it is a way to say nothing, no error
    """A handler raises this to end its call without a result."""


class Driver:
    """Runs one instance: open jobs are answered in an order that a seed decides.

    `reload` dumps and loads the state after every batch and goes on with a machine that has sent
    nothing yet; without it jobs are completed as the executor does, by `complete` where that can.
    `limit` bounds the steps of a command.
    Every batch is replayed into a second state, and its records with advances in their parts into
    a third, which must come out equal. `short=False` takes no short way from task to task;
    the machine knows what that of the driver `like` has remembered.
    """

    def __init__(
        self,
        program: Program,
        handlers: Mapping[str, Handler] | None = None,
        *,
        seed: int | None = None,
        reload: bool = False,
        limit: int = LIMIT,
        check: bool = True,
        short: bool = True,
        like: Driver | None = None,
    ) -> None:
        self.check = check
        self.program, self.handlers = program, dict(handlers or {})
        self.machine = like.machine.twin() if like else Machine(program)
        if not short:
            self.machine.ways = no_ways(program)
            self.machine.straight = find_straight(program, self.machine.ways)
        self.state, self.shadow, self.third = [self.machine.create("i") for _ in range(3)]
        self.chance = random.Random(seed) if seed is not None else None
        self.reload, self.limit, self.time = reload, limit, 0
        self.records: list[r.Record] = []
        self.batches: list[r.Batch] = []
        self.emitting: dict[tuple[str, int, int], list[Any]] = {}

    def send(self, command: c.Command) -> r.Batch:
        """Send one command, and `Continue` as long as the batch says more."""
        batch = self._completed(command)
        if batch is None:
            batch = self.machine.send(self.state, command, self.time, self.limit)
        self._note(batch)
        while batch.more:
            batch = self.machine.send(self.state, c.Continue(), self.time, self.limit)
            self._note(batch)
        return batch

    def _completed(self, command: c.Command) -> r.Batch | None:
        """What comes of a first attempt, if a short way leads on from it."""
        if self.reload or type(command) is not c.CompleteJob or command.attempt:
            return None
        job = command.scope, command.node, command.n
        done = self.machine.complete(self.state, job, command.values, self.time)
        if not isinstance(done, r.Advanced):
            return done
        return r.Batch("i", self.state.seq, self.state.time, [done])

    def _note(self, batch: r.Batch) -> None:
        assert msgspec.structs.asdict(batch)["seq"] == len(self.batches) + 1
        self.batches.append(batch)
        self.records += r.expanded(batch.records)
        if not self.check:
            return
        replay(self.program, self.shadow, batch)
        parts, worked = r.expanded(batch.records), batch.worked or r.Worked()  # parts queue more
        in_parts = msgspec.structs.replace(batch, records=parts, worked=worked)
        replay(self.program, self.third, in_parts)
        assert self.shadow == self.third == self.state
        if self.reload:
            self.state = load(dump(self.state))
            assert self.state == self.shadow
            self.machine = self.machine.twin()

    def start(self, variables: Mapping[str, Any] | None = None, start: int = -1) -> Driver:
        """Begin the instance."""
        self.send(c.StartInstance(0, dict(variables or {}), start))
        return self

    def open_jobs(self, *, users: bool = False) -> list[tuple[str, int, int]]:
        """(scope, node, n) of all work that is wanted now, of user tasks or of the others."""
        root = self.state.scopes.get("")
        scopes = [] if root is None else [root, *descendants(self.state, root)]
        jobs = []
        for scope in scopes:
            for key, activation in scope.active.items():
                node, n = split_key(self.state, key)
                what = self.program.nodes[node]
                wanted = what.work is not None and (what.kind is Kind.USER_TASK) is users
                wanted = wanted and is_at_work(what, scope)
                if wanted and is_open(scope, key, activation):
                    jobs.append((scope.path, node, n))
        return sorted(jobs)

    def run(self, variables: Mapping[str, Any] | None = None) -> Driver:
        """Start and answer jobs until none is open."""
        self.start(variables)
        return self.go()

    def go(self) -> Driver:
        """Answer jobs until none is open."""
        while jobs := self.open_jobs():
            self.answer(*(self.chance.choice(jobs) if self.chance else jobs[0]))
        return self

    def answer(self, scope: str, node: int, n: int) -> None:
        """Do one job, or one result of a producer."""
        where = self.state.scopes[scope]
        what = self.program.nodes[node]
        payload = where.active[n * self.state.size + node].payload
        names = payload if payload is not None else copied(visible(self.state, where))
        handler = self.handlers.get(what.id, lambda _: None)
        key = (scope, node, n)
        try:
            if what.work is not None and what.work.many:
                left = self.emitting.setdefault(key, list(handler(names)))
                emitted = where.active[n * self.state.size + node].emitted
                if emitted < len(left):
                    self.send(c.EmitResult(*key, emitted, left[emitted]))
                else:
                    self.send(c.CompleteJob(*key) if emitted else c.DropJob(*key))
            else:
                self.send(c.CompleteJob(*key, handler(names)))
        except Dropped:
            self.send(c.DropJob(*key))
        except BpmnError as error:
            self.send(c.ThrowError(*key, error.code, error.message, error.variables))
        except ArithmeticError as error:
            names_of = tuple(k.__qualname__ for k in type(error).__mro__)
            self.send(c.FailJob(*key, names_of, str(error), "traceback"))

    def job(self, node: str, scope: str = "", n: int = 1) -> tuple[str, int, int]:
        """The job of a node by its id."""
        return scope, index(self.program, node), n

    @property
    def outcome(self) -> str:
        """How it ended; empty while it runs."""
        return self.state.outcome

    def waits(self) -> list[tuple[str, str]]:
        """(node, scope) of all waits that are open, in order."""
        found = []
        for scope in self.state.scopes.values():
            for key, by_event in (scope.waits or {}).items():
                node, _ = split_key(self.state, key)
                found += [(self.program.nodes[node].id, scope.path)] * len(by_event)
        return found

    def happen(self, name: str, values: Mapping[str, Any] | None = None, event: int = 0) -> Driver:
        """Let what the first open wait of a node waits for happen."""
        for scope in self.state.scopes.values():
            for key, by_event in (scope.waits or {}).items():
                node, n = split_key(self.state, key)
                if self.program.nodes[node].id == name and event in by_event:
                    self.time = max(self.time, by_event[event].due)
                    self.send(c.TriggerWait(scope.path, node, n, event, values))
                    return self
        raise AssertionError(f"{name} waits for nothing; {self.waits()}")

    def path(self) -> str:
        """What was passed or completed, in order, start and end events left out."""
        told = [x for x in self.records if isinstance(x, r.Passed | r.Completed)]
        names = [self.program.nodes[x.node].id for x in told]
        return " ".join(name for name in names if name[0] not in "se")

    def count(self, kind: type, name: str = "") -> int:
        """How many records of a kind there are, of one node or flow if named."""
        return sum(
            isinstance(record, kind) and (not name or named(self.program, record) == name)
            for record in self.records
        )

    def incidents(self) -> list[str]:
        """The messages of all incidents that stand."""
        return [
            incident.message
            for scope in self.state.scopes.values()
            for incident in (scope.incidents or {}).values()
        ]


def index(program: Program, name: str) -> int:
    """The index of a node by its id."""
    return next(node.index for node in program.nodes if node.id == name)


def named(program: Program, record: Any) -> str:
    """The id of the node or flow that a record is about."""
    if hasattr(record, "flow"):
        return program.flows[record.flow].id
    return program.nodes[record.node].id if hasattr(record, "node") else ""


def per_scope(records: Iterable[r.Record]) -> dict[str, list[str]]:
    """What happened in each scope, whatever the order."""
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(getattr(record, "scope", ""), []).append(repr(record))
    return {scope: sorted(told) for scope, told in found.items()}


def everywhere(
    program: Program,
    variables: Mapping[str, Any] | None = None,
    handlers: Mapping[str, Handler] | None = None,
) -> Driver:
    """Run in order, in random orders, reloaded and bounded; all must tell the same."""
    first = Driver(program, handlers).run(variables)
    assert Driver(program, handlers, short=False).run(variables).records == first.records
    told = per_scope(first.records)
    others = [Driver(program, handlers, seed=seed).run(variables) for seed in range(5)]
    others.append(Driver(program, handlers, reload=True).run(variables))
    others.append(Driver(program, handlers, reload=True, limit=1).run(variables))
    for other in others:
        assert per_scope(other.records) == told
        assert other.outcome == first.outcome
    return first
