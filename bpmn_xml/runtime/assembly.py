"""What an engine makes of diagrams and bindings before it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.binding.beside import several
from bpmn_xml.runtime.binding.bindings import Bindings
from bpmn_xml.runtime.binding.handlers import YIELDING, Handler
from bpmn_xml.runtime.execution.drivers.driver import Driver
from bpmn_xml.runtime.execution.drivers.inline import InlineDriver
from bpmn_xml.runtime.execution.drivers.threads import ThreadsDriver
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.formfiles import with_forms
from bpmn_xml.runtime.options import EngineOptions


def compiled(files: Sequence[Definitions], options: Options, handlers: object) -> Program:
    """The diagrams as one program, with the forms that stand beside them.

    Handlers that are given for what call activities call stand in for that.

    Raises:
        CheckError: they cannot be run.
    """
    from bpmn_xml.compiler.compile import compile_models

    given = {name for one in several(handlers) if isinstance(one, Mapping) for name in one}
    options = replace(options, stand_ins=options.stand_ins | given)
    return compile_models(files, with_forms(options, [file.place.file for file in files]))


def checked(bound: Bindings, options: EngineOptions) -> dict[int, Handler]:
    """The handlers; those that must change nothing are watched if that is asked for."""
    if not options.get("strict_data", False):
        return bound.handlers
    from bpmn_xml.runtime.binding.strict import strictly

    return {index: strictly(handler) for index, handler in bound.handlers.items()}


def with_producers(program: Program, bound: Bindings) -> Program:
    """The program with every task marked that is bound to a generator function.

    Raises:
        CheckError: joins would wait for ever, or many results come where one is taken.
    """
    modes = {index: handler.mode for index, handler in bound.handlers.items()}
    marked = {node.index for node in program.nodes if node.work is not None and node.work.many}
    producing = [index for index, mode in modes.items() if mode in YIELDING and index not in marked]
    if not producing:
        return program
    from bpmn_xml.compiler.elements.producers import mark_producers

    return mark_producers(program, producing)


def driver_of(executor: Executor, workers: int) -> Driver:
    """What gets the work done: so many threads, or with 0 the caller's own."""
    return ThreadsDriver(executor, workers) if workers else InlineDriver(executor)
