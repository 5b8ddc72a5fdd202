"""Say in words what a drawing shows: for those who cannot see it, and for a diff."""

from __future__ import annotations

import argparse
from typing import Final

from bpmn_xml.cli.loading import load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.wording import printable

DESCRIPTION: Final = """Say in words what a drawing shows, in the order in which it is read.

Every element has a line: what it is, its name, and where it leads. Content is indented. Below it
stands on which conditions flows are taken and when timers are due.
"""

EXAMPLES: Final = """  bpmn-xml describe order.bpmn
  bpmn-xml describe order.bpmn --plane 2
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn or .conf")
    parser.add_argument("--plane", metavar="ID", help="only this drawing of the file")


def execute(arguments: argparse.Namespace) -> int:
    """Describe."""
    from bpmn_xml.render.description import describe

    for line in describe(load(arguments.file).definitions, arguments.plane):
        print(printable(line))
    return Exit.COMPLETED
