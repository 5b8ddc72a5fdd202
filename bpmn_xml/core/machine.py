"""The machine: (state, command) -> batch of records. It reads no clock and starts no work.

A command is first turned into records, then every token advances until it waits, in the order in
which the tokens were queued; when none can move, the scopes that changed are settled. A command
does at most `limit` steps; then its batch says `more` and the driver sends `Continue`.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import bind
from bpmn_xml.core.commands import Command
from bpmn_xml.core.evolve import EVOLVE, close_batch
from bpmn_xml.core.intake import INTAKE
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.settle import settle
from bpmn_xml.core.state import ARRIVE, State
from bpmn_xml.core.view import View

LIMIT: Final = 10_000
"""How many steps one command does at most."""


class Machine:
    """Runs the instances of one program, one command at a time.

    A machine is a desk for one thread; `twin` makes another desk with the same tables.
    """

    __slots__ = ("program", "view")

    def __init__(self, program: Program, view: View | None = None) -> None:
        self.program = program
        self.view = View(program, bind(program), Reach(program)) if view is None else view

    def twin(self) -> Machine:
        """Another machine for the same program, for another thread."""
        view = View(self.program, self.view.bound, self.view.reach)
        return Machine(self.program, view)

    def create(self, instance: str) -> State:
        """The state of an instance that has not begun."""
        return State(instance, len(self.program.nodes))

    def send(self, state: State, command: Command, time: int, limit: int = LIMIT) -> r.Batch:
        """Do what a command asks, as far as tokens go, and say what happened.

        Args:
            state: changed in place, by `core.evolve` alone.
            command: one of `core.commands`.
            time: microseconds since 1970 UTC; one earlier than the last is clamped.
            limit: how many steps to do at most.

        Raises:
            CommandRejected: the instance is not in a state that allows the command.
        """
        view, program = self.view, self.program
        records: list[r.Record] = []
        clamped = time < state.time
        view.state, view.time = state, state.time if clamped else time
        for part in INTAKE[type(command)](view, command):
            for record in part:
                EVOLVE[type(record)](program, state, record)
            records += part
        if clamped:
            records.append(r.TimeClamped(time))
        arrived, settled = self._advance(records, 0, limit), 0
        while settled < len(state.unsettled) and arrived + settled < limit:
            path = state.unsettled[settled]
            settled += 1
            if path not in state.unsettled[settled : settled + 1]:
                self._settle(records, path)
            arrived = self._advance(records, arrived, limit - settled)
        more = arrived < len(state.todo) or settled < len(state.unsettled)
        batch = r.Batch(state.instance, state.seq + 1, view.time, records, arrived, settled, more)
        close_batch(state, batch)
        return batch

    def _advance(self, records: list[r.Record], done: int, limit: int) -> int:
        """Work off queued tokens; how many entries of the queue are done."""
        view, program = self.view, self.program
        state, nodes, bound = view.state, program.nodes, view.bound
        todo, scopes = state.todo, state.scopes
        while done < len(todo) and done < limit:
            path, index, step, argument, view.payload = todo[done]
            done += 1
            scope = scopes.get(path)
            if scope is None:
                continue
            view.scope = scope
            if step == ARRIVE:
                part = bound[index].arrive(nodes[index], view)
            else:
                part = bound[index].leave(nodes[index], view, argument)
            for record in part:
                EVOLVE[type(record)](program, state, record)
            records += part
        return done

    def _settle(self, records: list[r.Record], path: str) -> None:
        """Decide for a scope in which nothing can move, if it is still there."""
        state = self.view.state
        scope = state.scopes.get(path)
        if scope is not None and not state.outcome:
            part = settle(self.view.at(scope))
            for record in part:
                EVOLVE[type(record)](self.program, state, record)
            records += part
