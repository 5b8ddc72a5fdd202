"""The machine: (state, command) -> batch of records. It reads no clock and starts no work.

A command is first turned into records. Then every token advances until it waits, in the order in
which the tokens were queued. When none can move, the first throw has its effect, and tokens move
again (see `core.effects`); when there is no throw, the scopes that changed are settled. A command
does at most `limit` steps; then its batch says `more` and the driver sends `Continue`. When that
comes to too much, without anything from outside being waited for, an incident holds the instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.core import adhoc, compensation, halt, loops, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.advance import advance, begin
from bpmn_xml.core.behaviour import pass_on
from bpmn_xml.core.budget import FIRST_GLANCE, Budget
from bpmn_xml.core.commands import Command, CompleteJob, StartInstance
from bpmn_xml.core.effects import Effects
from bpmn_xml.core.evolve import (
    EVOLVE,
    abandon_batch,
    close_batch,
    open_batch,
    replay,
)
from bpmn_xml.core.evolve.advances import advanced
from bpmn_xml.core.evolve.straight import Job, Straight, find_straight, go_straight
from bpmn_xml.core.intake import INTAKE, Parts
from bpmn_xml.core.lifecycle import bind
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.records import Advanced, Batch
from bpmn_xml.core.settle import settle
from bpmn_xml.core.state import (
    ARRIVE,
    CHECK,
    CHOOSE,
    LEAVE,
    NOT_HALTED,
    PASS,
    REPEAT,
    UNDO,
    State,
)
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, Shared, View
from bpmn_xml.core.ways import ShortWays, find_ways
from bpmn_xml.errors import CommandRejected

LIMIT: Final = 10_000
"""How many steps one command does at most."""


def _leave(node: Node, view: View, n: int) -> Records:
    """Leave what is done with what came to it, unless something has cut it off since."""
    activation = view.scope.active.get(n * view.state.size + node.index)
    if activation is None:
        return ()
    view.payload = activation.payload
    return view.bound[node.index].leave(node, view, n)


STEPS: Final[Mapping[int, Callable[[Node, View, int], Records]]] = {
    LEAVE: _leave,
    PASS: lambda node, view, _flow: pass_on(node, view),
    CHECK: waits.check,
    CHOOSE: adhoc.again,
    REPEAT: loops.again,
    UNDO: compensation.again,
}
"""What is decided for a queued entry that is no arrival."""


SCOPED: Final = frozenset({r.ScopeOpened, r.ScopeClosed})
"""What has something queued, before the last step of a short way through several scopes."""

FIRST: Final = 0
"""The answer of a later one is not for a fresh activation; that of any (-1) is."""

NOTHING: Final = r.Worked()
"""Nothing of it was worked off: a short way knows what comes of it."""


Outcome = Advanced | Batch
"""What `Machine.complete` has done: nearly always an advance alone, which is a batch by itself."""


def as_records(done: Outcome) -> Sequence[r.Record]:
    """The records of what `Machine.complete` has just done."""
    return done.records if isinstance(done, Batch) else (done,)


def as_batch(state: State, done: Outcome) -> Batch:
    """The same as a batch, made now if it has none."""
    return done if isinstance(done, Batch) else Batch(state.instance, state.seq, state.time, [done])


class Machine:
    """Runs the instances of one program, one command at a time.

    It works for one thread at a time; `twin` makes another with the same tables and bounds.
    """

    __slots__ = ("budget", "program", "straight", "view", "ways")

    straight: tuple[Straight | None, ...]
    view: View
    ways: ShortWays

    def __init__(self, program: Program, like: Machine | None = None) -> None:
        self.program = program
        bound = like.view.bound if like else bind(program)
        reach = Reach(program)
        self.view = View(program, bound, reach, Shared())
        self.ways = like.ways if like else find_ways(program, bound)
        self.straight = like.straight if like else find_straight(program, self.ways)
        self.budget = Budget(self.view)
        if like:
            self.budget.allow(like.budget.most_steps, like.budget.spent)

    def twin(self) -> Machine:
        """Another machine for the same program, for another thread."""
        return Machine(self.program, self)

    def create(self, instance: str) -> State:
        """The state of an instance that has not begun."""
        return State(instance, len(self.program.nodes))

    def send(self, state: State, command: Command, time: int, limit: int = LIMIT) -> Batch:
        """Apply a command, move tokens until they rest, and return what happened.

        Args:
            state: changed in place, by `core.evolve` alone.
            command: one of `core.commands`.
            time: microseconds since 1970 UTC; one earlier than the last is clamped.
            limit: how many steps to do at most.

        Raises:
            CommandRejected: the instance is not in a state that allows the command.
        """
        records: Advanced | list[r.Record] | None = None
        if type(command) is CompleteJob:
            if command.attempt <= FIRST and time >= state.time:
                job = command.scope, command.node, command.n
                step = self.straight[command.node]
                went = None if step is None else go_straight(step, state, job, command.values, time)
                if went is not None:
                    return Batch(state.instance, state.seq, time, [went])
                records = advance(self.view, self.ways, state, job, command.values)
        elif type(command) is StartInstance:
            records = begin(self.view, self.ways, state, command, time)
        if records is None:
            return self._decide(state, command, time, limit)
        if isinstance(records, Advanced):
            advanced(self.program, state, records, time)
            return Batch(state.instance, state.seq, time, [records])
        return self._apply(state, records, time)

    def complete(self, state: State, job: Job, values: Values | None, time: int) -> Outcome | None:
        """Do what `send` does for a first attempt, if a short way leads on; else nothing."""
        straight = self.straight[job[1]]
        if straight is not None:
            went = go_straight(straight, state, job, values, time)
            if went is not None:
                return went
        if time < state.time:
            return None
        found = advance(self.view, self.ways, state, job, values)
        if found is None:
            return None
        if isinstance(found, list):
            return self._apply(state, found, time)
        advanced(self.program, state, found, time)
        return found

    def _apply(self, state: State, records: list[r.Record], time: int) -> Batch:
        """Do what a short way through several scopes says."""
        worked = NOTHING if type(records[-2]) in SCOPED else None
        batch = Batch(state.instance, state.seq + 1, time, records, worked)
        replay(self.program, state, batch)
        return batch

    def _decide(self, state: State, command: Command, time: int, limit: int) -> Batch:
        """Turn a command into records, and do what follows from them."""
        view, budget = self.view, self.budget
        open_batch(state)
        view.state, view.time = state, max(time, state.time)
        limit = min(limit, budget.open())
        records: list[r.Record] = []
        try:
            parts = INTAKE[type(command)](view, command)
            if time < state.time:
                parts = chain(((r.TimeClamped(time),),), parts)
            arrived = self._advance(records, parts, 0, limit)
        except CommandRejected:
            abandon_batch(state)
            raise
        agenda, applied, settled, more = state.agenda, 0, 0, False
        moves = agenda.unsettled or agenda.effects or arrived < len(agenda.todo)
        if (moves or budget.crowd) and agenda.halted == NOT_HALTED:
            if arrived == len(agenda.todo):
                arrived, applied, settled = self._come_to_rest(records, arrived, limit)
            left = len(agenda.todo) + len(agenda.effects) + len(agenda.unsettled)
            crowded = budget.crowd and not state.outcome
            if crowded or arrived + applied + settled < left:
                held = budget.exceeded(arrived, applied, settled)
                more = held is None
                if held is not None:
                    EVOLVE[r.IncidentRaised](self.program, state, held)
                    records.append(held)
        worked = r.Worked(arrived, settled, applied, int(budget.cost) if more else 0)
        batch = Batch(state.instance, state.seq + 1, view.time, records, worked, more)
        close_batch(state, batch)
        return batch

    def _come_to_rest(
        self, records: list[r.Record], arrived: int, limit: int
    ) -> tuple[int, int, int]:
        """Apply throws, then settle scopes, moving tokens in between, until nothing is queued.

        Returns:
            How many entries of the three queues are done.
        """
        view, budget, agenda = self.view, self.budget, self.view.state.agenda
        settled, effects = 0, Effects(view)
        look = arrived + FIRST_GLANCE
        while (done := arrived + effects.applied + settled) < limit:
            if done >= look and (look := budget.glance(records, done, limit)) <= done:
                break
            parts: Parts
            if effects.applied < len(agenda.effects):
                parts = effects.next()
            elif settled < len(agenda.unsettled):
                parts = (self._settle(settled),)
                settled += 1
            else:
                break
            arrived = self._advance(records, parts, arrived, limit - effects.applied - settled)
            if arrived < len(agenda.todo):
                break
        return arrived, effects.applied, settled

    def _advance(self, records: list[r.Record], parts: Parts, done: int, limit: int) -> int:
        """Apply decisions, then work off queued tokens; how many entries of the queue are done."""
        view, budget = self.view, self.budget
        program, state, bound = view.program, view.state, view.bound
        for part in parts:
            for record in part:
                EVOLVE[type(record)](program, state, record)
            records += part
        todo, cuts, scope = state.agenda.todo, state.agenda.cuts, None
        limit = limit if state.agenda.halted == NOT_HALTED else done
        stop = min(done + FIRST_GLANCE, limit)
        while done < len(todo):
            if done >= stop:
                budget.look_around(records, len(todo) - done, scope)
                stop = budget.glance(records, done, limit)
                if done >= stop:
                    break
            path, index, step, argument, view.payload = todo[done]
            done += 1
            scope = state.scopes.get(path)
            if scope is None or (cuts and done <= cuts.get(path, 0)):
                continue
            view.scope, here = scope, bound[index]
            if step == ARRIVE:
                arrive = here.arrive
                part = arrive(here.node, view)
                if not part and halt.is_piled(scope, argument):
                    budget.pile_up(scope, argument)
            else:
                part = STEPS[step](here.node, view, argument)
            for record in part:
                EVOLVE[type(record)](program, state, record)
            records += part
        budget.look_around(records, 0, scope)
        return done

    def _settle(self, position: int) -> Records:
        """Decide for a scope in which nothing can move, if it is still there.

        A scope that is queued again at once is left for that turn.
        """
        view, state = self.view, self.view.state
        unsettled = state.agenda.unsettled
        path = unsettled[position]
        if unsettled[position + 1 : position + 2] == [path] or state.outcome:
            return ()
        scope = state.scopes.get(path)
        if scope is None:
            return ()
        view.scope, view.payload = scope, None
        return settle(view)
