"""Evaluate an expression, or one after the other as they are typed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.cli.complaints import excerpt, say
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.result import escaped, json_text
from bpmn_xml.cli.variables import add_variables, variables_of
from bpmn_xml.cli.words import fitted
from bpmn_xml.errors import ExpressionError

DESCRIPTION: Final = """Evaluate an expression in FEEL, JUEL or the safe Python of conditions.

The language is the one that the expression looks like: FEEL begins with =, JUEL is ${...}.
Without an expression lines are read: typed one by one in a terminal, else as one expression.
Why a value is null is told on the standard error.

exit codes:
    0  it has a value, null included
    2  it cannot be read or evaluated
"""

EXAMPLES: Final = """  bpmn-xml eval '= sum(for n in numbers return n * n)' --var numbers=[1,2,3]
  bpmn-xml eval '${amount > 100}' --vars order.json
  bpmn-xml eval 'date("2024-02-29") + duration("P1Y")' --language feel
"""

LANGUAGES: Final = ("feel", "feel-unary-tests", "groovy", "javascript", "juel", "python", "xpath")
LEAVE: Final = frozenset({"exit", "quit"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("expression", nargs="?", metavar="EXPRESSION", help="what is evaluated")
    add_variables(parser)
    parser.add_argument("--language", choices=LANGUAGES, help="its language")
    parser.add_argument("--json", action="store_true", help="write the value as JSON, not as FEEL")


def execute(arguments: argparse.Namespace) -> int:
    """Evaluate."""
    variables = variables_of(arguments)
    if arguments.expression is not None:
        return evaluate_text(arguments.expression, variables, arguments)
    if sys.stdin.isatty():
        return read_lines(variables, arguments)
    return evaluate_text(sys.stdin.read().rstrip(), variables, arguments)


def read_lines(variables: Mapping[str, Any], arguments: argparse.Namespace) -> int:
    """Evaluate what is typed, line by line, until nothing more comes."""
    while True:
        try:
            line = input("> ").strip()
        except EOFError:
            print()
            return Exit.COMPLETED
        if line in LEAVE:
            return Exit.COMPLETED
        if line:
            evaluate_text(line, variables, arguments)


def evaluate_text(text: str, variables: Mapping[str, Any], arguments: argparse.Namespace) -> int:
    """Evaluate one expression and print its value, or where it is wrong."""
    from bpmn_xml import expressions

    names = expressions.names_within(variables)
    try:
        compiled = expressions.compile(text, arguments.language or None, names=names)
        value = compiled.evaluate(variables)
    except ExpressionError as error:
        point_out("error", error, text)
        if arguments.language is None and _is_feel(text, variables):
            print("      = it can be read as FEEL, which begins with =", file=sys.stderr)
        return Exit.REFUSED
    if value is None:
        for reason in compiled.explain(variables):
            point_out("warning", reason, text)
    print(written(value, as_json=arguments.json))
    return Exit.COMPLETED


def _is_feel(text: str, variables: Mapping[str, Any]) -> bool:
    """Whether a text that is wrong in the language it looks like has a value in FEEL."""
    from bpmn_xml import expressions

    names = expressions.names_within(variables)
    try:
        compiled = expressions.compile(text, "feel", names=names)
        return compiled.evaluate(variables) is not None
    except ExpressionError:
        return False


def written(value: Any, *, as_json: bool) -> str:
    """Write a value as FEEL or as JSON."""
    if as_json:
        return json_text(value)
    from bpmn_xml.expressions.feel.builtins.conversions import FEEL, collected

    return escaped(collected(value, FEEL))


def point_out(severity: str, error: ExpressionError, text: str) -> None:
    """Print an error and the place in the text where it is."""
    say(severity, fitted(str(error)))
    whole = error.text or text
    before = whole[: error.offset]
    number = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1) + 1
    lines = whole.split("\n")
    if lines[number].strip():
        print(*excerpt(lines[number], number + 1, column), sep="\n", file=sys.stderr)
