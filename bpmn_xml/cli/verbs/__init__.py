"""The table of verbs, each a module with `add_arguments` and `execute`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NamedTuple, NoReturn, Protocol, cast

from bpmn_xml.errors import UsageError
from bpmn_xml.wording import suggest


class VerbModule(Protocol):
    """What a verb's module offers.

    Attributes:
        DESCRIPTION: what it does, for its help.
        EXAMPLES: commands to copy.
    """

    DESCRIPTION: str
    EXAMPLES: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what may be given."""

    def execute(self, arguments: argparse.Namespace) -> int:
        """Do it; the exit code."""


class Verb(NamedTuple):
    """A verb and its summary; the module of the same name in this package executes it."""

    name: str
    summary: str


GROUPS: Final = {
    "the main job": (
        Verb("run", "run a process"),
        Verb("check", "say what is wrong with diagrams"),
        Verb("draw", "draw a diagram, and a run on top of it"),
    ),
    "a run that was traced": (
        Verb("why", "say what its tokens wait for"),
        Verb("trace", "count what happened"),
        Verb("timeline", "draw it over time"),
        Verb("replay", "make a film of it"),
        Verb("heatmap", "draw what many runs did: how often, how long"),
    ),
    "your Python": (
        Verb("bindings", "write the first Python for a diagram"),
        Verb("templates", "make element templates of a module"),
    ),
    "diagrams": (
        Verb("convert", "make a BPMN file of a legacy .conf, or draw what has no drawing"),
        Verb("layout", "lay a diagram out anew"),
        Verb("describe", "say in words what a diagram shows"),
        Verb("diff", "say what is different between two diagrams"),
    ),
    "decisions and expressions": (
        Verb("decide", "evaluate a decision of a .dmn"),
        Verb("eval", "evaluate an expression"),
    ),
    "to look things up": (
        Verb("explain", "say what the code of a finding means"),
        Verb("features", "say which elements run"),
    ),
}
VERBS: Final = tuple([verb for group in GROUPS.values() for verb in group])


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Refuse.

        Raises:
            UsageError: always.
        """
        raise UsageError(message, remedy=self._remedy(message))

    def _remedy(self, message: str) -> str:
        """The nearest known option, else where to find all of them."""
        _, _, unknown = message.partition("unrecognized arguments: ")
        option = unknown.split(" ")[0].split("=")[0]
        return suggest(option, self._option_string_actions, f"see {self.prog} --help")


def parser_of(verb: Verb, module: VerbModule) -> argparse.ArgumentParser:
    """Make the parser of a verb."""
    parser = Parser(
        prog=f"bpmn-xml {verb.name}",
        description=module.DESCRIPTION,
        epilog=f"examples:\n{module.EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    parser.add_argument(
        "--debug", action="store_true", help="show the traceback of an internal error"
    )
    return parser


def load(verb: Verb) -> VerbModule:
    """Import the module of a verb."""
    return cast(VerbModule, import_module(f"{__name__}.{verb.name}"))


def general_help() -> str:
    """Return the general help: all verbs by group."""
    groups = "\n".join(_group_help(title, verbs) for title, verbs in GROUPS.items())
    return f"""usage: bpmn-xml [--version] VERB ...

Run the process you drew: BPMN 2.0 diagrams and legacy .conf files.

{groups}
bpmn-xml VERB --help says more about each.

examples:
  bpmn-xml run order.bpmn --var item=lamp --diagram order.svg
  bpmn-xml run drawing.bpmn --stub
  bpmn-xml check drawing.bpmn
"""


def _group_help(title: str, verbs: Sequence[Verb]) -> str:
    lines = "".join(f"  {verb.name:<9} {verb.summary}\n" for verb in verbs)
    return f"{title}:\n{lines}"
