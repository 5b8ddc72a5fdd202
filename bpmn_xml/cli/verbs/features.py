"""List which elements of BPMN 2.0 are read and run, and which diagram proves it."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.tables import columns
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import suggest

DESCRIPTION: Final = """Say which elements of BPMN 2.0 are read and run.

The table is made of the diagrams that our tests run: what none of them proves says no. The last
column is where the semantics comes from: the text of BPMN 2.0.2, other engines where the text
leaves it open, or our reading.
"""

EXAMPLES: Final = """  bpmn-xml features timer
  bpmn-xml features --json
"""

_WORD: Final = re.compile(r"\w+")

HEADINGS: Final = ("element", "reads", "runs", "clause", "by")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("word", nargs="?", default="", metavar="WORD", help="only rows with it")
    parser.add_argument("--json", action="store_true", help="for programs, with what tests it")


def execute(arguments: argparse.Namespace) -> int:
    """Print the table."""
    word = arguments.word.casefold()
    rows = [row for row in table() if word in _spoken(row)]
    if not rows:
        said = {part: None for row in table() for part in _WORD.findall(_spoken(row))}
        remedy = suggest(word, said, "bpmn-xml features lists them all")
        raise UsageError(f"no element is called {arguments.word!r}", remedy=remedy)
    print(json.dumps(rows, indent=2) if arguments.json else "\n".join(table_lines(rows)))
    return Exit.COMPLETED


def _spoken(row: Mapping[str, Any]) -> str:
    """What a word is looked for in."""
    return f"{row['group']} {row['element']}".casefold()


def table() -> list[dict[str, Any]]:
    """Read the table that is shipped: group, element, clause, by, reads, runs, tested."""
    text = files("bpmn_xml").joinpath("features.json").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def table_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Lay the rows out, and count them."""
    said = {True: "yes", False: "no"}
    cells = [HEADINGS, *[[said.get(row[name], row[name]) for name in HEADINGS] for row in rows]]
    return [*columns(cells), f"{sum(row['runs'] for row in rows)} of {len(rows)} run"]
