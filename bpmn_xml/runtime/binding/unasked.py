"""Python that is bound to a condition which is computed: nobody would ask it, so it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bpmn_xml.compiler.program import Program, Work
from bpmn_xml.compiler.words import language_word, quoted
from bpmn_xml.errors import Finding
from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.sources import Sources

ANSWERED: Final = frozenset({"asked", "choice"})
"""Conditions that Python answers, or that the caller has answered already."""


def unasked(program: Program, sources: Sources) -> Iterator[Finding]:
    """Find the flows to which Python is bound that their conditions leave no room for.

    Only what names a flow on purpose is looked at: a mapping, a table of bindings.
    """
    given = {key for source in sources.handlers if isinstance(source, Mapping) for key in source}
    given |= sources.table.keys()
    given -= {name for node in program.nodes for name in (node.id, *_called(node.work))}
    for flow in program.flows:
        condition = flow.condition
        if condition is None or condition.language in ANSWERED or flow.id not in given:
            continue
        word = language_word(condition.language)
        yield Finding(
            code=codes.UNASKED,
            place=program.nodes[flow.source].place,
            id=flow.id,
            message=f"its condition {quoted(condition.text)} is computed, as it is in {word}: the"
            " Python that is bound to it would never be asked",
            remedy=codes.REMEDIES[codes.UNASKED],
        )


def _called(work: Work | None) -> Iterator[str]:
    """The names of Python that some work asks for."""
    if work is not None:
        yield from work.names
        for call in work.beans.calls if work.beans is not None else ():
            yield from (call, call.rpartition(".")[0])
