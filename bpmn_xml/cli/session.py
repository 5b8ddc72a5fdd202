"""One session of `run`: compile, bind, begin, wait, stop, then tell and write what came of it.

Whatever goes wrong at the end (a full disk, a picture that cannot be drawn) keeps nothing else
from being told.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

from bpmn_xml.check.beside import engine_beside
from bpmn_xml.cli.compiling import compiled
from bpmn_xml.cli.complaints import complain_of, say
from bpmn_xml.cli.loading import Loaded, bindings_of, options_of
from bpmn_xml.cli.outcomes import STATUSES, Exit, gravest
from bpmn_xml.cli.report import Came, came, report, result_of
from bpmn_xml.cli.result import plain
from bpmn_xml.cli.starting import Beginning, beginnings
from bpmn_xml.cli.streams import shield_of
from bpmn_xml.cli.watch import RunWatch
from bpmn_xml.cli.words import amount, listed
from bpmn_xml.cli.writing import write_out
from bpmn_xml.errors import BpmnXmlError
from bpmn_xml.runtime import Engine, Run


class Session:
    """What `run` does with the files that it was given.

    Args:
        arguments: the command line's.
        files: what it names.
    """

    def __init__(self, arguments: argparse.Namespace, files: Sequence[Loaded]) -> None:
        self._arguments, self._files = arguments, files
        self._codes: list[Exit] = []

    def run(self, variables: dict[str, Any]) -> Exit:
        """Do it all; the exit code."""
        arguments, began = self._arguments, time.monotonic()
        with contextlib.ExitStack() as stack:
            if arguments.log_config:
                from bpmn_xml.cli.logs import configured

                stack.enter_context(configured(arguments.log_config))
            engine, planned = self._prepared()
            watch = RunWatch(engine.program)
            engine.observe(watch)
            with self._traced(engine), self._shown(watch), interruptible():
                begun = self._until_rest(engine, planned, variables)
        runs = [came(process, run, watch.ended.get(run.id)) for process, run in begun]
        self._codes += [STATUSES[run.status] for run in runs]
        if not arguments.quiet:
            report(runs, watch.summary(), time.monotonic() - began, debug=arguments.debug)
        if arguments.result:
            self._attempt(lambda: write_result(runs, arguments.result))
        if arguments.diagram:
            self._attempt(lambda: self._draw(watch, runs[-1]))
        return gravest(self._codes)

    def _prepared(self) -> tuple[Engine, list[Beginning]]:
        """The engine with every task bound, and what is to be begun."""
        arguments, files = self._arguments, self._files
        options = options_of(arguments)
        program = compiled(files, options, arguments.start)
        planned = beginnings(program, arguments.process, arguments.start)
        engine = engine_beside(
            program,
            [file.path for file in files],
            workers=arguments.workers,
            options=options,
            **bindings_of(arguments),
        )
        if engine.stubbed:
            what = amount(len(engine.stubbed), "task")
            say("note", f"{what} without Python will pass: {listed(engine.stubbed)}")
        return engine, planned

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
        """Show how it goes on, if somebody looks."""
        shield = shield_of(sys.stderr)
        if self._arguments.quiet or shield is None or not shield.isatty():
            yield
            return
        from bpmn_xml.cli.progress import LiveDisplay

        out = shield_of(sys.stdout)
        shields = [shield, *([out] if out is not None and out.isatty() else [])]
        with LiveDisplay(shields, watch.summary, sys.stderr.encoding).shown():
            yield

    def _until_rest(
        self, engine: Engine, planned: Sequence[Beginning], variables: dict[str, Any]
    ) -> list[tuple[str, Run]]:
        """Begin, wait until nothing moves, and stop; the runs with the ids of their processes."""
        runs: list[tuple[str, Run]] = []
        try:
            self._wait(engine, runs, planned, variables)
            engine.stop(self._arguments.grace)
        except KeyboardInterrupt:  # for the second time
            self._codes.append(Exit.INTERRUPTED)
        for call in engine.unfinished:
            say("note", f"a call of {call.node} has not ended")
        return runs

    def _wait(
        self,
        engine: Engine,
        runs: list[tuple[str, Run]],
        planned: Sequence[Beginning],
        variables: dict[str, Any],
    ) -> None:
        """Begin what is planned; wait until nothing moves, time is up, or it is interrupted."""
        arguments = self._arguments
        try:
            for begun in planned:
                given = variables if begun is planned[-1] else {}
                runs.append((begun.process, engine.start(begun.process, given, start=begun.start)))
            if not rested([run for _, run in runs], arguments.max_time):
                self._codes.append(Exit.INTERRUPTED)
                say("note", f"stopped after {arguments.max_time:g} s")
        except KeyboardInterrupt:
            self._codes.append(Exit.INTERRUPTED)
            say("note", f"stopping: calls have {arguments.grace:g} s to end (^C: none)")

    def _draw(self, watch: RunWatch, main: Came) -> None:
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
        """Do one of the last things; what goes wrong is told and remembered."""
        try:
            action()
        except BpmnXmlError as error:
            complain_of(error)
            self._codes.append(Exit.REFUSED)


def rested(runs: Sequence[Run], seconds: float | None) -> bool:
    """Wait until nothing moves in any run; whether it came to that in time."""
    deadline = None if seconds is None else time.monotonic() + seconds
    while True:
        for run in runs:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            if not run.wait(left):
                return False
        if not any(run.status == "running" for run in runs):
            return True


def write_result(runs: Sequence[Came], target: str) -> None:
    """Write what came of the runs as JSON.

    Raises:
        StoreError: it cannot be written.
    """
    found = plain(result_of(runs))
    try:
        data = json.dumps(found, indent=2, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # lone surrogates
        data = json.dumps(found, indent=2).encode()
    write_out(target, data + b"\n")


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
