"""Apply records to state. Nothing else in the package changes state.

`EVOLVE` has a row for every type of record. Empty collections of a scope are None, so that equal
states have one form. Replaying a batch is `replay`: no decision is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.activities import ACTIVITIES
from bpmn_xml.core.evolve.advances import ADVANCES
from bpmn_xml.core.evolve.completions import COMPLETIONS
from bpmn_xml.core.evolve.happenings import HAPPENINGS
from bpmn_xml.core.evolve.moves import MOVES
from bpmn_xml.core.state import AT_REST, NOT_HALTED, Agenda, Evolve, State


def replay(program: Program, state: State, batch: r.Batch) -> None:
    """Bring the state from before the batch to after it."""
    if batch.worked is not None:
        open_batch(state)
    for record in batch.records:
        EVOLVE[type(record)](program, state, record)
    close_batch(state, batch)


def open_batch(state: State) -> None:
    """Open a batch: records may add to the queues of the agenda from now on."""
    if state.agenda is AT_REST:
        state.agenda = Agenda([], [], [])


def abandon_batch(state: State) -> None:
    """Undo the opening of a batch, because its command was rejected."""
    agenda = state.agenda
    if not (agenda.todo or agenda.effects or agenda.unsettled) and agenda.halted == NOT_HALTED:
        state.agenda = AT_REST


def close_batch(state: State, batch: r.Batch) -> None:
    """Note the batch, and that its work is done."""
    state.seq, state.time = batch.seq, batch.time
    if batch.worked is not None:
        _work_off(state, batch.worked, more=batch.more)


def _work_off(state: State, worked: r.Worked, *, more: bool) -> None:
    """Drop from the queues what is done; at rest there are none."""
    agenda = state.agenda
    if not more and agenda.halted == NOT_HALTED:
        state.agenda = AT_REST
        return
    if more:
        steps = agenda.steps + worked.arrived + worked.applied + worked.settled + worked.cost
        state.agenda = msgspec.structs.replace(agenda, steps=steps)
    del agenda.todo[: worked.arrived]
    if agenda.cuts:
        _drop_cut(agenda, worked.arrived)
    del agenda.effects[: worked.applied]
    del agenda.unsettled[: worked.settled]


def _drop_cut(agenda: Agenda, done: int) -> None:
    """Drop what is void of what is still to be decided."""
    cuts, left = agenda.cuts, enumerate(agenda.todo, done)
    agenda.todo[:] = [entry for place, entry in left if place >= cuts.get(entry[0], 0)]
    cuts.clear()


def _unchanged(_program: Program, _state: State, _record: object) -> None:
    """The record changes nothing in the state."""


EVOLVE: Final[Mapping[type, Evolve]] = {
    **ADVANCES,
    **MOVES,
    **ACTIVITIES,
    **COMPLETIONS,
    **HAPPENINGS,
    r.TimeClamped: _unchanged,
    r.Passed: _unchanged,
    r.MessageThrown: _unchanged,
    r.ResultDiscarded: _unchanged,
    r.EscalationThrown: _unchanged,
}
