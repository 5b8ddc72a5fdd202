"""Python that stands in for processes that are called, although a file has them: as in a test."""

from __future__ import annotations

from collections.abc import Mapping

from bpmn_xml.compiler.program import NONE, Kind, Program
from bpmn_xml.runtime.binding.beside import several
from bpmn_xml.runtime.binding.unasked import names_of


def stand_ins(program: Program, handlers: object) -> frozenset[str]:
    """The ids of called processes, or of what calls them, under which a mapping has a handler.

    An id that is also the name of a task's work is that of the task.
    """
    calls = [node for node in program.nodes if node.kind is Kind.CALL_ACTIVITY]
    called = {program.containers[node.body].id for node in calls if node.body != NONE}
    known = called.union(node.id for node in calls)
    given = {name for one in several(handlers) if isinstance(one, Mapping) for name in one}
    tasks = [node for node in program.nodes if node.work is not None]
    return frozenset((known & given).difference(*map(names_of, tasks)))
