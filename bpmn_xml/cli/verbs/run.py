"""Run the processes of diagrams until they have ended or wait for a person."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from bpmn_xml.cli import outcomes
from bpmn_xml.cli.binding import add_binding_arguments, sources_of
from bpmn_xml.cli.compiling import add_compiling_arguments, options_of
from bpmn_xml.cli.counting import BatchCounter
from bpmn_xml.cli.messages import say
from bpmn_xml.cli.results import results_text, show_runs, show_tasks
from bpmn_xml.cli.starting import begin
from bpmn_xml.cli.variables import variables_of
from bpmn_xml.cli.writing import check_folder, write_output
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from bpmn_xml.model import Definitions
from bpmn_xml.runtime import Engine, Run

EXAMPLE: Final = 'bpmn-xml run order.bpmn --var item="book" --trace run.jsonl --diagram run.svg'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which options there are."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a .bpmn or .conf file")
    begins = parser.add_argument_group("how it begins")
    begins.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", help="JSON, else text"
    )
    begins.add_argument("--vars", metavar="FILE", help="a JSON object of variables")
    begins.add_argument("--start", default="", metavar="ID", help="the start event to begin at")
    ends = parser.add_argument_group("what comes out")
    ends.add_argument("--result", metavar="FILE", help="outcome and variables as JSON; - is stdout")
    ends.add_argument("--trace", metavar="FILE", help="everything that happened, as JSON lines")
    ends.add_argument("--diagram", metavar="FILE", help="the run drawn, .svg, .png, .pdf or .dot")
    ends.add_argument("--quiet", action="store_true", help="no progress and no summary")
    works = parser.add_argument_group("how it works")
    works.add_argument("--workers", type=int, default=64, metavar="N", help="threads at most; 64")
    works.add_argument("--max-time", type=float, metavar="SECONDS", help="then stop")
    works.add_argument("--grace", type=float, default=10.0, metavar="SECONDS", help="to end in; 10")
    works.add_argument("--log-config", metavar="FILE", help="a logging.conf for Python's logging")
    add_compiling_arguments(parser)
    add_binding_arguments(parser)


def execute(asked: argparse.Namespace) -> int:
    """Run; the exit code says how it came out."""
    if asked.workers < 1:
        raise UsageError(f"--workers {asked.workers}", remedy="give at least 1")
    for output in (asked.trace, asked.diagram, asked.result):
        check_folder(output)
    variables = variables_of(asked.var, asked.vars)
    models = [read(file) for file in asked.files]
    with ExitStack() as stack:
        if asked.log_config:
            from bpmn_xml.cli.logs import configured

            stack.enter_context(configured(Path(asked.log_config)))
        return _run(asked, models, variables, stack)


def _run(
    asked: argparse.Namespace,
    models: Sequence[Definitions],
    variables: dict[str, Any],
    stack: ExitStack,
) -> int:
    counter = BatchCounter()
    observers: list[Any] = [counter]
    engine = Engine(
        models,
        workers=asked.workers,
        trace=observers,
        options=options_of(asked),
        metered=True,
        **sources_of(asked),
    )
    if asked.trace:
        observers.append(stack.enter_context(_trace(asked, engine)))
        engine.observe(observers[-1])
    for name in engine.stubbed:
        say(f"stub: {name} has no Python and passes")
    if not asked.quiet and sys.stderr.isatty():
        from bpmn_xml.cli.progress import live

        stack.enter_context(live(engine.counts))
    runs, code = _until_rest(asked, engine, variables)
    stack.close()
    _report(asked, models, engine, (runs, counter))
    return outcomes.worst([code, *[outcomes.CODES[run.status] for run in runs]])


def _trace(asked: argparse.Namespace, engine: Engine) -> Any:
    from bpmn_xml.cli.tracing import open_trace

    return open_trace(Path(asked.trace), engine.program, asked.files)


def _until_rest(
    asked: argparse.Namespace, engine: Engine, variables: dict[str, Any]
) -> tuple[list[Run], int]:
    """Begin and wait; the runs, and the code of what happened besides them."""
    runs, code = [], outcomes.COMPLETED
    try:
        runs = begin(engine, asked.start, variables)
        if not engine.wait(asked.max_time):
            say(f"stopped after {asked.max_time:g} seconds")
            code = outcomes.INTERRUPTED
    except KeyboardInterrupt:
        say(f"interrupted: calls have {asked.grace:g} seconds to end, or press Ctrl-C again")
        code = outcomes.INTERRUPTED
    try:
        unfinished = engine.stop(asked.grace)
    except KeyboardInterrupt:
        os._exit(outcomes.INTERRUPTED)
    for call in unfinished:
        say(f"unfinished: {call.node} in {call.instance}")
    return runs, code


def _report(
    asked: argparse.Namespace,
    models: Sequence[Definitions],
    engine: Engine,
    what: tuple[list[Run], BatchCounter],
) -> None:
    runs, counter = what
    if not asked.quiet:
        show_runs(runs, counter.summary(engine.program))
        show_tasks(runs)
    if asked.result:
        write_output(asked.result, results_text(runs).encode())
    if asked.diagram:
        from bpmn_xml.cli.picturing import draw_run

        draw_run(models, counter.summary(engine.program), asked.diagram)
