"""Lay a diagram out anew: the same process with a drawing of ours."""

from __future__ import annotations

import argparse
from typing import Final

from bpmn_xml.cli.loading import load
from bpmn_xml.cli.verbs.convert import write_drawn

DESCRIPTION: Final = """Lay a diagram out anew, whatever drawing it has.

Pools, lanes, sub-processes, boundary events, data, notes and message flows get places; flows run
level and upright. The process itself stays as it is.
"""

EXAMPLES: Final = """  bpmn-xml layout tangled.bpmn -o neat.bpmn
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn or .conf")
    parser.add_argument(
        "-o", "--output", metavar="BPMN", required=True, help="where to write it; - is stdout"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Lay out."""
    return write_drawn(load(arguments.file), arguments.output, anew=True)
