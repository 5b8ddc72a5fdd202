"""From the words of a command line to a verb, and from what it raises to an exit code.

`VERBS` is the table. A verb's module is imported only when it is asked for.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bpmn_xml import __version__
from bpmn_xml.cli import outcomes
from bpmn_xml.cli.messages import say, show_findings
from bpmn_xml.errors import BpmnXmlError, FindingsError

VERBS: Final[Mapping[str, str]] = {
    "run": "run a process",
    "check": "say what is wrong with diagrams, without running them",
    "draw": "draw a diagram, and a run on top of it",
    "convert": "write a legacy .conf, or any diagram, as BPMN with a drawing",
    "trace": "say what a trace holds",
}
"""Each verb and what it does; its module is `bpmn_xml.cli.verbs.VERB`."""


def parser(verb: str = "") -> argparse.ArgumentParser:
    """The parser of the command line; only the verb that is asked for has its options."""
    top = argparse.ArgumentParser(
        prog="bpmn-xml",
        description="Run the process you drew.",
        epilog="bpmn-xml VERB --help tells more, with an example.",
    )
    top.add_argument("--version", action="version", version=f"bpmn-xml {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of a fault of ours")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, help_text in VERBS.items():
        if name != verb:
            verbs.add_parser(name, help=help_text, add_help=False)
            continue
        module = importlib.import_module(f"bpmn_xml.cli.verbs.{name}")
        one = verbs.add_parser(
            name,
            help=help_text,
            description=module.__doc__,
            epilog=f"example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(one)
        one.set_defaults(execute=module.execute)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what a command line asks; the exit code.

    0 done, 1 a process ended by an uncaught error or `check` found errors, 2 bad input or usage,
    3 waiting, 4 incident, 70 a fault of ours, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = next((word for word in words if word in VERBS), "")
    debug = "--debug" in words
    try:
        asked = parser(verb).parse_args(words)
        code: int = asked.execute(asked)
        sys.stdout.flush()
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else outcomes.USAGE
    except FindingsError as error:
        show_findings(error.findings)
        return outcomes.USAGE
    except BpmnXmlError as error:
        say(f"error: {error}")
        return outcomes.USAGE
    except KeyboardInterrupt:
        say("interrupted")
        return outcomes.INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()
    except Exception as error:  # noqa: BLE001 - the last word of a program is for people
        return _fault(error, debug=debug)
    return code


def _nobody_reads() -> int:
    """Whoever read our output has gone: be silent, like other tools."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcomes.COMPLETED


def _fault(error: Any, *, debug: bool) -> int:
    if debug:
        raise error
    say(f"internal error: {type(error).__name__}: {error}")
    say("This is a fault of bpmn-xml. Please report it with the output of --debug.")
    return outcomes.OURS
