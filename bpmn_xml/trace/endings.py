"""Where an instance came to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.records.advances import ENDS


def end_reached(program: Program, records: Sequence[Any]) -> int:
    """The end event of the process itself that was reached last, or `NONE`.

    Args:
        program: what is run.
        records: of the batch in which it ended; advances may be in their parts already.
    """
    for record in reversed(records):
        kind = type(record)
        if kind is r.Advanced and not record.scope:
            left: list[int] = [node for _, node, n in reversed(record.to) if n == ENDS]
        elif kind in (r.Passed, r.Completed) and not record.scope:
            left = [record.node]
        else:
            continue
        for node in left:
            if program.nodes[node].is_end:
                return node
    return NONE
