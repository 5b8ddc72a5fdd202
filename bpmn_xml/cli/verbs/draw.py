"""Draw a diagram as its author laid it out, and a run on top of it."""

from __future__ import annotations

import argparse
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.cli import outcomes
from bpmn_xml.cli.picturing import draw_to, overlay_of, picture_format
from bpmn_xml.cli.writing import check_folder
from bpmn_xml.formats import read
from bpmn_xml.model.walk import walk
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import RunSummary, summarize, tally_of

EXAMPLE: Final = "bpmn-xml draw order.bpmn --trace run.jsonl -o run.png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which options there are."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn or .conf file")
    parser.add_argument("-o", "--output", required=True, help=".svg, .png, .pdf, .dot; - is stdout")
    parser.add_argument("--trace", metavar="FILE", help="a run to show")
    parser.add_argument("--plane", metavar="ID", help="which drawing, where there are several")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="colours")


def execute(asked: argparse.Namespace) -> int:
    """Draw."""
    picture_format(asked.output)
    check_folder(asked.output)
    definitions = read(asked.file)
    overlay = overlay_of(traced(definitions, asked.trace)) if asked.trace else None
    draw_to(definitions, asked.output, overlay=overlay, plane=asked.plane, theme=asked.theme)
    return outcomes.COMPLETED


def traced(definitions: m.Definitions, trace: str) -> RunSummary:
    """What a trace says happened, with the joins and waiting nodes of its diagram."""
    people, joins = set(), dict[str, str]()
    for element, _ in walk(definitions):
        if isinstance(element, m.UserTask | m.ReceiveTask | m.IntermediateCatchEvent):
            people.add(element.id)
        if isinstance(element, m.ParallelGateway | m.InclusiveGateway):
            joins |= dict.fromkeys(element.incoming, element.id)
    with TraceReader(trace) as reader:
        return summarize(tally_of(reader), people=people, joins=joins)
