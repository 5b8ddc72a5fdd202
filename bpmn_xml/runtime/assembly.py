"""What an engine makes of diagrams and bindings before it begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.core.budget import MOST_STEPS
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.binding.beside import several
from bpmn_xml.runtime.binding.bindings import Bindings
from bpmn_xml.runtime.binding.handlers import YIELDING, Handler
from bpmn_xml.runtime.clock import SystemClock
from bpmn_xml.runtime.execution.drivers.driver import Driver
from bpmn_xml.runtime.execution.drivers.inline import InlineDriver
from bpmn_xml.runtime.execution.drivers.threads import ThreadsDriver
from bpmn_xml.runtime.execution.executor import Executor, ExecutorSettings
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.router import KEEP
from bpmn_xml.runtime.formfiles import with_forms
from bpmn_xml.runtime.options import EngineOptions, microseconds
from bpmn_xml.runtime.runs import Run


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


def settings_of(
    options: EngineOptions, bound: Bindings, files: tuple[Definitions, ...]
) -> ExecutorSettings:
    """What the executor has to know of an engine's options and bindings."""
    on_start, keep = options.get("on_start"), microseconds(options.get("message_ttl", ""))
    return ExecutorSettings(
        clock=options.get("clock") or SystemClock(),
        handlers=_watched(bound) if options.get("strict_data", False) else bound.handlers,
        forms=bound.forms,
        files=files,
        metered=options.get("metered", False),
        most_steps=options.get("most_steps", MOST_STEPS),
        keep=KEEP if keep is None else keep,
        on_start=on_start and partial(_tell, on_start),
    )


def _watched(bound: Bindings) -> dict[int, Handler]:
    """The handlers; those that must change nothing are watched."""
    from bpmn_xml.runtime.binding.strict import strictly

    return {index: strictly(handler) for index, handler in bound.handlers.items()}


def _tell(on_start: Callable[[Run], object], executor: Executor, instance: Instance) -> None:
    """Tell of a run that has begun whoever asked for that."""
    executor.call("on_start", on_start, Run(executor, instance))


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
