"""Where an instance came to its end."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn_xml.compiler.program import NONE, Kind, Program
from bpmn_xml.core import records as r


def end_reached(program: Program, records: Sequence[r.Record]) -> int:
    """The end event of the process itself that was reached last, or `NONE`.

    Args:
        program: what is run.
        records: the last batch of an instance; advances may be in their parts already.
    """
    left = [record for record in r.expanded(records) if isinstance(record, r.Passed | r.Completed)]
    for record in reversed(left):
        if not record.scope and program.nodes[record.node].kind is Kind.END_EVENT:
            return record.node
    return NONE
