"""Say what is different between two diagrams, or what one diagram says, for git."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.cli.loading import Loaded, load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.verbs.draw import add_look, style_of
from bpmn_xml.cli.words import fitted
from bpmn_xml.cli.writing import check_writable, tell_made
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import printable

if TYPE_CHECKING:
    from bpmn_xml.check.difference.comparison import Detail, Difference

DESCRIPTION: Final = """Say what is different between two diagrams, element by element.

Elements are matched by their ids. How a file is spelled (prefixes, order, spaces) makes no
difference. What is drawn elsewhere is named; --json says where. The exit code is 0 if there is no
difference, 1 if there is one. One file alone is written as text, so that git can compare it:

  git config diff.bpmn.textconv "bpmn-xml diff"
  echo "*.bpmn diff=bpmn" >> .gitattributes
"""

EXAMPLES: Final = """  bpmn-xml diff order.bpmn order-new.bpmn
  bpmn-xml diff --semantic --json order.bpmn order-new.bpmn
  bpmn-xml diff order.bpmn order-new.bpmn -o difference.svg
"""

LONGEST: Final = 60
"""How much of a fact is shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("before", metavar="FILE", help="a .bpmn or .conf, the old one of two")
    parser.add_argument("after", metavar="NEW", nargs="?", help="the new one")
    parser.add_argument("--semantic", action="store_true", help="ignore where elements are drawn")
    parser.add_argument(
        "--json",
        action="store_true",
        help="a list of objects: change, id, name, kind, line, details (what, before, after)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help="draw the new file with what was removed, all in colours: .svg, .png, .pdf or .html",
    )
    add_look(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Compare two files, or write one as text."""
    before = load(arguments.before)
    if arguments.after is None:
        if arguments.json or arguments.output:
            raise UsageError("there is one file only", remedy="name the other to compare it with")
        print("\n".join(_text_lines(before, layout=not arguments.semantic)))
        return Exit.COMPLETED
    return _compare(before, load(arguments.after), arguments)


def _compare(before: Loaded, after: Loaded, arguments: argparse.Namespace) -> int:
    from bpmn_xml.check.difference.comparison import compare

    check_writable(arguments.output, before.path, after.path)
    old, new = before.definitions, after.definitions
    found = compare(old, new, layout=not arguments.semantic)
    if arguments.json:
        print(json.dumps([_plain(difference) for difference in found], indent=2))
    else:
        print("\n".join([*_lines(found), _summary(found)]))
    if arguments.output:
        _draw(before, after, found, arguments)
    return Exit.FAILED if found else Exit.COMPLETED


def _draw(
    before: Loaded,
    after: Loaded,
    found: tuple[Difference, ...],
    arguments: argparse.Namespace,
) -> None:
    from bpmn_xml.check.difference.ghosts import with_removed
    from bpmn_xml.check.pictures import of_differences
    from bpmn_xml.cli.pictures import draw

    both = with_removed(before.definitions, after.definitions, found)
    look = {"theme": arguments.theme, "style": style_of(arguments)}
    draw(both, arguments.output, of_differences(found), **look)
    tell_made("drew", arguments.output)


def _lines(found: Sequence[Difference]) -> Iterator[str]:
    """Each difference in a line, with its details below; but not every point of what was moved."""
    for difference in found:
        yield f"{_word(difference):<8} {_called(difference)}"
        if difference.change != "moved":
            yield from (f"           {_detail(detail)}" for detail in difference.details)


def _word(difference: Difference) -> str:
    """What became of an element; what had no drawing, or has none now, has not moved."""
    if difference.change != "moved":
        return str(difference.change)
    if not any(detail.before for detail in difference.details):
        return "drawn"
    return "moved" if any(detail.after for detail in difference.details) else "undrawn"


def _called(difference: Difference) -> str:
    name = f' "{printable(difference.name)}"' if difference.name else ""
    event = f" of {printable(difference.of)}" if difference.of else ""
    return f"{difference.word} {printable(difference.id)}{name}{event}".rstrip()


def _detail(detail: Detail) -> str:
    before, after = (fitted(printable(t), LONGEST) for t in (detail.before, detail.after))
    return f"{printable(detail.what)}: {before or '(none)'} -> {after or '(none)'}"


def _summary(found: Sequence[Difference]) -> str:
    counts = Counter(map(_word, found))
    return ", ".join(f"{count} {change}" for change, count in counts.items()) or "no difference"


def _plain(difference: Difference) -> dict[str, Any]:
    return {
        "change": str(difference.change),
        "id": difference.id,
        "name": difference.name,
        "kind": difference.word,
        "of": difference.of,
        "line": difference.line,
        "details": [
            {"what": detail.what, "before": detail.before, "after": detail.after}
            for detail in difference.details
        ],
    }


def _text_lines(file: Loaded, *, layout: bool) -> Iterator[str]:
    """Everything that a file says, a fact in a line, each element by itself."""
    from bpmn_xml.check.difference.content import units
    from bpmn_xml.model.about import element_word

    for name, unit in units(file.definitions).items():
        around = f" in {printable(unit.container)}" if unit.container else ""
        yield f"{element_word(unit.element)} {printable(name)}{around}".rstrip()
        facts = {**unit.facts, **(unit.drawn if layout else {})}
        yield from (f"  {printable(what)}: {printable(fact)}" for what, fact in facts.items())
