"""Python that nobody would ask, so it is refused: for a computed condition, or named by a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bpmn_xml.codes import finding
from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.compiler.words import language_word
from bpmn_xml.errors import Finding, UsageError
from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.handlers import is_worker
from bpmn_xml.runtime.binding.sources import Sources
from bpmn_xml.wording import did_you_mean, quoted

ANSWERED: Final = frozenset({"asked", "choice"})
"""Conditions that Python answers, or that the caller has answered already."""

REMEDY: Final = "name a task's id, its name, or what is drawn of its Python"


def unasked(program: Program, sources: Sources) -> Iterator[Finding]:
    """Find the flows to which Python is bound that their conditions leave no room for.

    Only what names a flow on purpose is looked at: a mapping, a table of bindings.
    """
    given = {key for source in sources.handlers if isinstance(source, Mapping) for key in source}
    given |= sources.table.keys()
    given = given.difference(*[node.bound_by for node in program.nodes])
    for flow in program.flows:
        condition = flow.condition
        if condition is None or condition.language in ANSWERED or flow.id not in given:
            continue
        word = language_word(condition.language)
        message = (
            f"its condition {quoted(condition.text)} is computed, as it is in {word}: the"
            " Python that is bound to it would never be asked"
        )
        place = program.nodes[flow.source].place
        yield finding(codes.UNASKED, message, place=place, id=flow.id)


def refuse_slips(program: Program, tasks: Sequence[Node], handlers: Iterable[object]) -> None:
    """Refuse what is given in mappings for a task that is called otherwise, as by a slip.

    Other names that no task asks for may be for other programs.

    Args:
        program: what is run.
        tasks: those that Python does.
        handlers: what is given.

    Raises:
        UsageError: all of it at once, with what may have been meant.
    """
    if any(task.work is not None and task.work.name_expression is not None for task in tasks):
        return
    known = {flow.id for flow in program.flows if flow.condition is not None}
    known.update(*[node.work.asked for node in program.nodes if node.work is not None])
    names = [task.bound_by for task in tasks]
    mappings = [one for one in handlers if isinstance(one, Mapping)]
    given = {name for one in mappings for name in one}
    meant = {name for called in names if called.isdisjoint(given) for name in called}
    known = known.union(*names)
    mine = [name for one in mappings for name, found in one.items() if not is_worker(found)]
    strange = [name for name in mine if name not in known]
    slips = [f"{name!r}{hint}" for name in strange if (hint := did_you_mean(name, meant))]
    if slips:
        raise UsageError(f"no task asks for the handlers {', '.join(slips)}", remedy=REMEDY)
