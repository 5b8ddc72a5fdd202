"""Apply records to state. Nothing else in the package changes state.

`EVOLVE` has a row for every type of record. Empty collections of a scope are None, so that equal
states have one form. Replaying a batch is `replay`: no decision is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.activities import ACTIVITIES
from bpmn_xml.core.evolve.happenings import HAPPENINGS
from bpmn_xml.core.evolve.moves import MOVES
from bpmn_xml.core.evolve.row import Evolve
from bpmn_xml.core.state import State


def replay(program: Program, state: State, batch: r.Batch) -> None:
    """Bring the state from before the batch to after it."""
    for record in batch.records:
        EVOLVE[type(record)](program, state, record)
    close_batch(state, batch)


def close_batch(state: State, batch: r.Batch) -> None:
    """Note the batch and drop what it worked off from the queues."""
    state.seq, state.time = batch.seq, batch.time
    if batch.more:
        del state.todo[: batch.arrived]
        del state.effects[: batch.applied]
        del state.unsettled[: batch.settled]
    else:
        state.todo.clear()
        state.effects.clear()
        state.unsettled.clear()


def _unchanged(_program: Program, _state: State, _record: object) -> None:
    """Some records only tell."""


EVOLVE: Final[Mapping[type, Evolve]] = {
    **MOVES,
    **ACTIVITIES,
    **HAPPENINGS,
    r.TimeClamped: _unchanged,
    r.Passed: _unchanged,
    r.MessageThrown: _unchanged,
    r.ResultDiscarded: _unchanged,
    r.ErrorThrown: _unchanged,
}
