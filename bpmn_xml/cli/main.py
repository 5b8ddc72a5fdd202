"""The entry point: find the verb, execute it, report every error; no traceback without --debug."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Final

from bpmn_xml.cli.complaints import complain, complain_of, say
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.streams import output_error, output_failed, shielded
from bpmn_xml.cli.verbs import VERBS, general_help, load, parser_of
from bpmn_xml.errors import BpmnXmlError, FindingsError, UsageError
from bpmn_xml.wording import suggest

SLIP: Final = 0.6
"""How like a verb a word must be to be meant for it: verbs are short."""

RARELY: Final = 50_000
"""How many new objects call for a search for garbage: models are large and stay to the end."""


def main(argv: Sequence[str] | None = None) -> int:
    """Execute a command line.

    Args:
        argv: the arguments without the program's name; `sys.argv` if left out.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    gc.set_threshold(RARELY, *gc.get_threshold()[1:])
    try:
        with shielded():
            return exit_code_of(words)
    except BpmnXmlError as error:
        complain_of(error)
        return Exit.REFUSED


def exit_code_of(words: Sequence[str]) -> int:
    """Execute a verb, and turn every error into a message and an exit code."""
    try:
        return dispatch(words)
    except FindingsError as error:
        complain(error.findings)
        return Exit.REFUSED
    except BpmnXmlError as error:
        complain_of(error)
        return Exit.REFUSED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return Exit.INTERRUPTED
    except SystemExit as done:  # argparse has given help
        return int(done.code or 0)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our fault
        if isinstance(error, OSError) and output_failed(error):
            complain_of(output_error(error))
            return Exit.REFUSED
        return report_internal_error(error, debug="--debug" in words)


def dispatch(words: Sequence[str]) -> int:
    """Find the verb, parse its arguments and execute it.

    Raises:
        UsageError: there is no such verb.
    """
    name = words[0] if words else "--help"
    if name in ("-h", "--help", "help"):
        print(general_help(), end="")
        return Exit.COMPLETED if words else Exit.REFUSED
    if name in ("-V", "--version"):
        from bpmn_xml import __version__

        print(f"bpmn-xml {__version__}")
        return Exit.COMPLETED
    for verb in VERBS:
        if verb.name == name:
            module = load(verb)
            return module.execute(parser_of(verb, module).parse_args(words[1:]))
    raise UsageError(f"there is no verb {name!r}", remedy=_meant(name))


def _meant(name: str) -> str:
    known = [verb.name for verb in VERBS]
    if os.path.exists(name):  # noqa: PTH110 - any text may stand here
        return f"did you mean bpmn-xml run {name}?"
    return suggest(name, known, f"use one of {', '.join(known)}", SLIP)


def report_internal_error(error: Exception, *, debug: bool) -> int:
    """Report an internal error: its kind, its message and, with --debug, its traceback."""
    if debug:
        import traceback

        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    hint = "" if debug else " (--debug shows where)"
    say("error", f"internal error, please report it: {what}{hint}")
    return Exit.INTERNAL
