"""What can be asked for: a table of verbs, each a module with `add_arguments` and `execute`."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Final, NamedTuple, NoReturn, Protocol, cast

from bpmn_xml.errors import UsageError


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
    """A verb, what it does in a few words, and the module that does it."""

    name: str
    summary: str
    module: str


VERBS: Final = (
    Verb("run", "run a process", "bpmn_xml.cli.run"),
    Verb("draw", "draw a diagram, and a run on top of it", "bpmn_xml.cli.draw"),
    Verb(
        "convert",
        "make a BPMN file of a legacy .conf, or draw what has no drawing",
        "bpmn_xml.cli.convert",
    ),
    Verb(
        "heatmap",
        "draw what many runs did: how often, how long",
        "bpmn_xml.cli.heatmap",
    ),
    Verb("replay", "make a film of a run", "bpmn_xml.cli.replay"),
    Verb("timeline", "draw a run over time", "bpmn_xml.cli.timeline"),
    Verb("describe", "say in words what a diagram shows", "bpmn_xml.cli.describe"),
    Verb("layout", "lay a diagram out anew", "bpmn_xml.cli.layout"),
    Verb("bindings", "write the first Python for a diagram", "bpmn_xml.cli.bindings"),
    Verb("templates", "make element templates of a module", "bpmn_xml.cli.templates"),
    Verb("check", "say what is wrong with diagrams", "bpmn_xml.cli.check"),
    Verb("decide", "evaluate a decision of a .dmn", "bpmn_xml.cli.decide"),
    Verb("eval", "evaluate an expression", "bpmn_xml.cli.eval"),
    Verb("explain", "say what the code of a finding means", "bpmn_xml.cli.explain"),
    Verb("features", "say which elements run", "bpmn_xml.cli.features"),
    Verb("diff", "say what is different between two diagrams", "bpmn_xml.cli.diff"),
    Verb("trace", "count what happened in a run", "bpmn_xml.cli.trace"),
    Verb("why", "say what the tokens of a run wait for", "bpmn_xml.cli.why"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose refusals are ours."""

    def error(self, message: str) -> NoReturn:
        """Refuse.

        Raises:
            UsageError: always.
        """
        raise UsageError(message, remedy=f"see {self.prog} --help")


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
    return cast(VerbModule, import_module(verb.module))


def general_help() -> str:
    """Say what there is."""
    verbs = "\n".join(f"  {verb.name:<9} {verb.summary}" for verb in VERBS)
    return f"""usage: bpmn-xml [--version] VERB ...

Run the process you drew: BPMN 2.0 diagrams and legacy .conf files.

verbs:
{verbs}

bpmn-xml VERB --help says more about each.

example:
  bpmn-xml run order.bpmn --var item=lamp --diagram order.svg
"""
