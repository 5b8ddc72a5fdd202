"""Evaluate a decision: its value, and which rules of which tables matched."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import load_decisions
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.result import json_text, plain
from bpmn_xml.cli.tables import table
from bpmn_xml.cli.variables import add_variables, variables_of
from bpmn_xml.cli.verbs.eval import written
from bpmn_xml.cli.words import fitted

if TYPE_CHECKING:
    from bpmn_xml.decisions import Decided, TableMatch

DESCRIPTION: Final = """Evaluate a decision of a DMN file, with all decisions that it requires.

The value goes to the standard output, as FEEL. Which rules matched, and why there is no value,
goes to the standard error.

exit codes:
    0  it has a value, null included
    2  it cannot be read or evaluated
"""

EXAMPLES: Final = """  bpmn-xml decide rules.dmn --var amount=120
  bpmn-xml decide rules.dmn --decision risk --vars customer.json --json
"""

WIDEST: Final = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument(
        "files", nargs="+", metavar="DMN", help="a .dmn file; others may be imported by it"
    )
    parser.add_argument(
        "--decision",
        metavar="ID",
        default="",
        help="the decision or decision service; the one that no other requires if left out",
    )
    add_variables(parser)
    parser.add_argument(
        "--json", action="store_true", help="an object: value, matches, problems; as JSON"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="the value only")


def execute(arguments: argparse.Namespace) -> int:
    """Evaluate the decision and explain the result."""
    from bpmn_xml.decisions import decide

    variables = variables_of(arguments)
    decided = decide(load_decisions(arguments.files), arguments.decision, variables)
    if arguments.json:
        print(json_text(as_json(decided), indent=2))
        return Exit.COMPLETED
    if not arguments.quiet:
        for match in decided.matches:
            for line in match_lines(match):
                print(line, file=sys.stderr)
        for problem in decided.problems:
            say("warning", problem)
    print(written(decided.value, as_json=False))
    return Exit.COMPLETED


def match_lines(match: TableMatch) -> Iterator[str]:
    """Write what the inputs of a table were and which of its rules matched."""
    inputs = [f"{fitted(name, WIDEST)} = {cell(value)}" for name, value in match.inputs]
    numbers = ", ".join(str(rule.number) for rule in match.rules) or "none"
    name = fitted(match.decision)
    yield f"{name} ({match.policy}): {', '.join(inputs)}; rules that match: {numbers}"
    if match.rules:
        noted = any(rule.notes for rule in match.rules)
        headings = ["rule", *(fitted(name, WIDEST) for name in match.outputs)]
        rows = [
            [str(rule.number), *map(cell, rule.outputs), *([remark(rule.notes)] if noted else [])]
            for rule in match.rules
        ]
        yield from (f"  {line}" for line in table([*headings, *(["note"] if noted else [])], rows))


def cell(value: Any) -> str:
    """Write a value so that it fits into a line."""
    return fitted(written(value, as_json=False), WIDEST)


def remark(notes: tuple[str, ...]) -> str:
    """Write what was noted about a rule on one line."""
    return fitted(" ".join("; ".join(notes).split()), WIDEST)


def as_json(decided: Decided) -> dict[str, Any]:
    """Write what came of a decision in terms of JSON."""
    return {
        "value": plain(decided.value),
        "matches": [
            {
                "decision": match.decision,
                "policy": match.policy,
                "inputs": {name: plain(value) for name, value in match.inputs},
                "rules": [
                    {
                        "number": rule.number,
                        "id": rule.id,
                        "outputs": dict(zip(match.outputs, plain(rule.outputs), strict=True)),
                        "notes": list(rule.notes),
                    }
                    for rule in match.rules
                ],
            }
            for match in decided.matches
        ],
        "problems": list(decided.problems),
    }
