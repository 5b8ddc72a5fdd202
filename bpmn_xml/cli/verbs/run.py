"""Run processes until they have ended or wait for somebody, and report how they ended."""

from __future__ import annotations

import argparse
import math
from typing import Any, Final

from bpmn_xml.cli import loading
from bpmn_xml.cli.arguments import pair, repeatable, whole_number
from bpmn_xml.cli.outcomes import MEANINGS
from bpmn_xml.cli.running import world
from bpmn_xml.cli.variables import add_variables, variables_of
from bpmn_xml.cli.writing import check_distinct, check_writable
from bpmn_xml.compiler.times.timers import read_duration
from bpmn_xml.errors import UsageError

_CODES: Final = "\n".join(f"  {code:>3}  {MEANINGS[code]}" for code in sorted(MEANINGS))

DESCRIPTION: Final = f"""Run a process that was drawn as BPMN 2.0, or a legacy .conf.

What handlers print goes to the standard output, progress and the summary to the standard error.

answers of --answers, in order:
  {{"task": "approve", "values": {{...}}}}   completes a user task
  {{"message": "paid", "key": 17}}         sends a message, with "values": {{...}}
  {{"signal": "stop"}}                     sends a signal
  {{"data": {{...}}}}                        brings in data for which conditions wait
  {{"wait": "P15D"}}                       lets time pass

exit codes:
{_CODES}
"""

EXAMPLES: Final = """  bpmn-xml run order.bpmn --var item=lamp --var quantity=2
  bpmn-xml run order.bpmn --answers answers.json --message paid:42@PT5S --clock manual
  bpmn-xml run calculator.conf --trace run.jsonl --diagram run.svg
  bpmn-xml run drawing.bpmn --stub --choose Gateway_1=Flow_2
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a .bpmn or .conf, others that it calls, .dmn"
    )
    given = parser.add_argument_group("input")
    add_variables(given)
    what = "keep this data store in a JSON file, made if there is none"
    repeatable(given, "--store", "NAME=FILE", what, pair)
    what = "start this other process first, or begin at this start event"
    repeatable(given, "--start", "ID", what)
    given.add_argument("--initiator", metavar="NAME", help="who begins it, for camunda:initiator")
    world.add_arguments(parser.add_argument_group("events and time"))
    _add_results(parser.add_argument_group("output"))
    _add_running(parser.add_argument_group("execution"))
    loading.add_compiling(parser)


def _add_results(group: Any) -> None:
    group.add_argument(
        "--result", metavar="FILE", help="status, outcome and variables as JSON; - is stdout"
    )
    group.add_argument("--trace", metavar="FILE", help="all that happened, as JSON Lines")
    group.add_argument(
        "--diagram", metavar="FILE", help="a picture of the run: .svg, .html, .png, .dot or .pdf"
    )
    group.add_argument(
        "-q", "--quiet", action="store_true", help="no progress and no summary, only incidents"
    )


def _add_running(group: Any) -> None:
    group.add_argument(
        "--workers",
        metavar="N",
        type=whole_number,
        default=64,
        help="at most this many calls at once (64); 0: one by one in the main thread, where "
        "--max-time waits for the call that runs",
    )
    group.add_argument(
        "--strict-data",
        action="store_true",
        help="fail Python that changes the values it is given instead of returning new ones",
    )
    group.add_argument(
        "--max-time",
        metavar="SECONDS",
        type=_seconds,
        help="stop after this time, also as PT5M, of the wall's clock or of --clock; without it, "
        "timers more than a minute away are not waited for where a person or a message is",
    )
    group.add_argument(
        "--max-steps",
        metavar="N",
        type=whole_number,
        help="stop a process at an incident after this many steps without a wait (500000)",
    )
    group.add_argument(
        "--grace",
        metavar="SECONDS",
        type=_seconds,
        default=10.0,
        help="how long running calls may go on after a stop (10)",
    )
    group.add_argument(
        "--log-config", metavar="FILE", help="log as this file of logging.config.fileConfig says"
    )


def _seconds(text: str) -> float:
    try:
        lasts = text.startswith("P")
        seconds = read_duration(text).after(0) / 1_000_000 if lasts else float(text)
    except ValueError:
        seconds = math.inf
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a number of seconds nor a duration as PT5M"
        )
    return min(seconds, 1e9)


def execute(arguments: argparse.Namespace) -> int:
    """Run, and report."""
    if arguments.diagram:
        from bpmn_xml.cli.pictures import format_of

        format_of(arguments.diagram)
    variables = variables_of(arguments)
    drawn = [path for path in arguments.files if not loading.is_dmn(path)]
    if not drawn:
        remedy = f"bpmn-xml decide {arguments.files[0]} evaluates a decision"
        raise UsageError("there is no process among the files", remedy=remedy)
    files = loading.load_all(drawn)
    decisions = loading.load_decisions([path for path in arguments.files if loading.is_dmn(path)])
    targets = (arguments.result, arguments.trace, arguments.diagram)
    for target in targets:
        check_writable(target, *[file.path for file in files])
    check_distinct([*targets, *[file for _, file in arguments.store]])

    from bpmn_xml.cli.running.session import Session

    return Session(arguments, variables, files, decisions).run()
