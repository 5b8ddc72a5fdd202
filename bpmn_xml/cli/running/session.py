"""One session of `run`: compile, bind, begin, wait, stop, then report and write the results.

A failure at the end (a full disk, a picture that cannot be drawn) does not keep the other results
from being written.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Any

from bpmn_xml.check.files_beside import with_neighbours
from bpmn_xml.cli.compiling import compiled
from bpmn_xml.cli.complaints import complain, complain_of, say
from bpmn_xml.cli.loading import Loaded, bindings_of, options_of
from bpmn_xml.cli.outcomes import STATUSES, Exit, gravest
from bpmn_xml.cli.result import json_text
from bpmn_xml.cli.running import world
from bpmn_xml.cli.running.report import (
    FinalState,
    final_states,
    not_begun,
    report,
    report_incidents,
    result_of,
)
from bpmn_xml.cli.running.starting import Beginning, beginnings, main_process
from bpmn_xml.cli.running.stores import StoreFiles
from bpmn_xml.cli.streams import shield_of
from bpmn_xml.cli.writing import write_out
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import (
    BindingError,
    BpmnXmlError,
    CheckError,
    Finding,
    FindingsError,
    UsageError,
)
from bpmn_xml.runtime import Engine
from bpmn_xml.show.watch import RunWatch
from bpmn_xml.trace.names import labels
from bpmn_xml.wording import amount, listed

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel


class Session:
    """What `run` does with the files that it was given.

    Args:
        arguments: the command line's.
        variables: what is given to the process that is asked for.
        files: the diagrams that it names.
        decisions: the decision models that it names.
    """

    def __init__(
        self,
        arguments: argparse.Namespace,
        variables: dict[str, Any],
        files: Sequence[Loaded],
        decisions: Sequence[DecisionModel],
    ) -> None:
        self._arguments, self._variables = arguments, variables
        self._files, self._decisions = files, decisions
        self._stores = StoreFiles(arguments, [file.path for file in files])
        self._steps = world.steps_of(arguments)
        self._codes: list[Exit] = []
        self._main = ""

    def run(self) -> Exit:
        """Run the session from beginning to end; return the exit code."""
        arguments, began = self._arguments, time.monotonic()
        with contextlib.ExitStack() as stack:
            if arguments.log_config:
                from bpmn_xml.cli.running.logs import configured

                allowed = arguments.allow_import
                stack.enter_context(configured(arguments.log_config, allowed))
            engine, planned = self._prepared()
            watch = RunWatch(engine.program)
            engine.observe(watch)
            with self._traced(engine), self._shown(watch), interruptible():
                self._until_rest(engine, planned)
        runs = final_states(engine, watch)
        if self._main not in [run.process for run in runs]:
            runs.append(not_begun(engine.program, self._main))
        runs.sort(key=lambda run: run.process == self._main)
        self._codes += [STATUSES[run.status] for run in runs]
        self._attempt(self._stores.keep)
        if arguments.quiet:
            report_incidents(runs, debug=arguments.debug)
        else:
            took, debug = time.monotonic() - began, arguments.debug
            report(runs, watch.summary(), took, labels=watch.labels, debug=debug)
            self._tell_unwritten(engine, watch, runs)
        if arguments.result:
            text = f"{json_text(result_of(runs), indent=2)}\n"
            self._attempt(lambda: write_out(arguments.result, text.encode()))
        if arguments.diagram:
            self._attempt(lambda: self._draw(watch, runs[-1]))
        return gravest(self._codes)

    def _prepared(self) -> tuple[Engine, list[Beginning]]:
        """The engine with every task bound, and what is to be begun."""
        arguments = self._arguments
        options = options_of(arguments)
        program = compiled(self._files, options, arguments.start)
        self._stores.check(program)
        self._main = main_process(program, arguments.process, arguments.start)
        waiting = world.scripted(arguments)
        alone = bool(arguments.process)
        try:
            planned = beginnings(program, self._main, arguments.start, wait=waiting, alone=alone)
        except UsageError as error:
            unbound = self._unbound(program, options)
            if not unbound:
                raise
            complain_of(error)
            raise CheckError(unbound) from error
        others = [begun.process for begun in planned if begun.process != self._main]
        if others and (arguments.var or arguments.vars):
            remedy = f"--process {others[0]} gives them to that one"
            say("note", f"the variables are for {self._main}, not for {listed(others)}; {remedy}")
        engine = self._engine(program, options)
        complain(engine.doubts)
        if engine.stubbed:
            what, ids = amount(len(engine.stubbed), "task"), set(engine.stubbed)
            names = labels((node.shown, node.name) for node in program.nodes if node.id in ids)
            say("note", f"{what} without Python will pass: {listed(names)}")
        return engine, planned

    def _engine(self, program: Program, options: Options) -> Engine:
        arguments = self._arguments
        try:
            return Engine(
                program,
                drawings=[file.path for file in self._files],
                workers=arguments.workers,
                strict_data=arguments.strict_data,
                options=options,
                decisions=self._decisions,
                stores=self._stores.stores,
                **world.engine_options(arguments),
                **bindings_of(arguments),
            )
        except BindingError as error:
            models = [file.definitions for file in self._files]
            raise BindingError(with_neighbours(error.findings, models)) from error

    def _unbound(self, program: Program, options: Options) -> tuple[Finding, ...]:
        """The findings on tasks that cannot be bound, to be reported with what else is wrong."""
        try:
            self._engine(program, options).stop()
        except FindingsError as error:
            return error.findings
        return ()

    @contextlib.contextmanager
    def _traced(self, engine: Engine) -> Iterator[None]:
        """Write the trace, if one is wanted."""
        if not self._arguments.trace:
            yield
            return
        from bpmn_xml.trace.codec import TracedFile
        from bpmn_xml.trace.writer import TraceWriter

        files = [TracedFile(str(file.path), file.sha256) for file in self._files]
        trace = TraceWriter(self._arguments.trace, engine.program, files)
        engine.observe(trace)
        try:
            yield
        finally:
            self._attempt(trace.close)

    @contextlib.contextmanager
    def _shown(self, watch: RunWatch) -> Iterator[None]:
        """Show the live display while runs go on, if the error stream is a terminal."""
        shield = shield_of(sys.stderr)
        if self._arguments.quiet or shield is None or not shield.isatty():
            yield
            return
        from bpmn_xml.cli.running.progress import LiveDisplay

        out = shield_of(sys.stdout)
        shields = [shield, *([out] if out is not None and out.isatty() else [])]
        with LiveDisplay(shields, watch.summary, watch.labels, sys.stderr.encoding).shown():
            yield

    def _until_rest(self, engine: Engine, planned: Sequence[Beginning]) -> None:
        """Begin, wait until nothing moves, and stop, whatever is the matter."""
        try:
            self._wait(engine, planned)
            engine.stop(self._arguments.grace)
        except KeyboardInterrupt:  # for the second time
            self._codes.append(Exit.INTERRUPTED)
        finally:
            engine.stop(grace=0)
        for call in engine.unfinished:
            say("note", f"a call of {call.node} has not ended")

    def _wait(self, engine: Engine, planned: Sequence[Beginning]) -> None:
        """Begin what is planned; wait until nothing moves, time is up, or it is interrupted."""
        arguments = self._arguments
        try:
            for begun in planned:
                given = self._variables if begun.process == self._main else {}
                engine.start(begun.process, given, start=begun.start, initiator=arguments.initiator)
            if world.scripted(arguments):
                engine.evaluate_start_conditions(self._variables)
            if stopped := world.play(engine, self._steps, arguments):
                self._codes.append(Exit.INTERRUPTED)
                say("note", stopped)
        except KeyboardInterrupt:
            self._codes.append(Exit.INTERRUPTED)
            say("note", f"stopping: calls have {arguments.grace:g} s to end (^C: none)")

    def _tell_unwritten(self, engine: Engine, watch: RunWatch, runs: Sequence[FinalState]) -> None:
        """Say which variables were asked for in vain, but for those that an incident names."""
        if self._arguments.stub:
            return
        from bpmn_xml.show import unwritten_variables

        told, program = {found.id for found in watch.summary().nodes}, watch.program
        labelled = zip(program.nodes, watch.labels, strict=True)
        reached = [node for node, name in labelled if name in told]
        named = "; ".join(fault.message for run in runs for fault in run.incidents)
        for name, line in unwritten_variables.notes(program, reached, runs).items():
            if repr(name) not in named:
                say("note", line)
        for line in engine.missing:
            say("note", line)

    def _draw(self, watch: RunWatch, main: FinalState) -> None:
        """Draw the run on the file that its process is in."""
        from bpmn_xml.cli.pictures import draw
        from bpmn_xml.model.walk import processes
        from bpmn_xml.render.runs import Naming, overlay_of

        of_main = [
            file.definitions
            for file in self._files
            if any(process.id == main.process for process in processes(file.definitions))
        ]
        definitions = [*of_main, self._files[0].definitions][0]
        overlay = overlay_of(watch.summary(), Naming(definitions, watch.renamed))
        draw(definitions, self._arguments.diagram, overlay)

    def _attempt(self, action: Callable[[], None]) -> None:
        """Write one of the results; report and remember a failure."""
        try:
            action()
        except BpmnXmlError as error:
            complain_of(error)
            self._codes.append(Exit.REFUSED)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Take a request to terminate as an interruption from the keyboard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
