"""Write a legacy .conf, or any diagram, as BPMN with a drawing that modelers open."""

from __future__ import annotations

import argparse
from typing import Final

from bpmn_xml.cli import outcomes
from bpmn_xml.cli.messages import show_findings
from bpmn_xml.cli.writing import check_folder, write_output
from bpmn_xml.formats import read_with_findings, write
from bpmn_xml.layout.arrange import lay_out

EXAMPLE: Final = "bpmn-xml convert calculator.conf -o calculator.bpmn"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which options there are."""
    parser.add_argument("file", metavar="FILE", help="a .conf or .bpmn file")
    parser.add_argument("-o", "--output", required=True, help="the .bpmn file; - is stdout")
    parser.add_argument("--layout", action="store_true", help="draw anew what has a drawing")


def execute(asked: argparse.Namespace) -> int:
    """Convert."""
    check_folder(asked.output)
    definitions, notes = read_with_findings(asked.file)
    show_findings(notes)
    if asked.layout or not definitions.diagrams:
        definitions = lay_out(definitions)
    write_output(asked.output, write(definitions))
    return outcomes.COMPLETED
