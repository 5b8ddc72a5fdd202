"""Explain codes: what it demands, why, what to do, and a small diagram of each kind."""

from __future__ import annotations

import argparse
from typing import Final

from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import tell_made
from bpmn_xml.codes import Code
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import suggest

DESCRIPTION: Final = """Say what a code of a finding means, why, and what to do about it.

Structural rules (EXT) and what soundness asks (BX601 to BX606) have examples: of what violates it
and of what is valid. -o draws one.
Without a code all of them are listed.
"""

EXAMPLES: Final = """  bpmn-xml explain EXT096
  bpmn-xml explain BX601 BX201
  bpmn-xml explain EXT096 -o violation.svg
  bpmn-xml explain EXT096 --valid -o valid.svg
"""

LEGEND: Final = "examples (a > b is a flow; s… starts, e… ends, g… is a gateway, others are tasks):"
SLIP: Final = 0.85
"""How like a code is that one character too few or too many stands for; another number is less."""

SPECIFICATION: Final = "BPMN 2.0.2 (OMG formal/2013-12-09)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("codes", nargs="*", metavar="CODE", help="as EXT096, XSD01 or BX201")
    parser.add_argument(
        "-o", "--output", metavar="PICTURE", help="draw the example: .svg, .png, .pdf or .dot"
    )
    parser.add_argument(
        "--valid", action="store_true", help="draw what is valid, not what violates the rule"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Explain."""
    from bpmn_xml.check.catalogue import catalogue

    if not arguments.codes:
        for entry in catalogue().values():
            print(f"{entry.code:<7} {entry.title}")
        return Exit.COMPLETED
    entries = [_found(code) for code in arguments.codes]
    if arguments.output:
        if len(entries) > 1:
            raise UsageError("a picture shows one example", remedy="give one code with -o")
        _draw(entries[0].code, arguments.output, valid=arguments.valid)
    else:
        print("\n\n".join("\n".join(explanation(entry)) for entry in entries))
    return Exit.COMPLETED


def _found(code: str) -> Code:
    """Look a code up, however it is written.

    Raises:
        UsageError: there is none such.
    """
    from bpmn_xml.check.catalogue import catalogue

    known = catalogue()
    wanted = code.upper()
    if wanted in known:
        return known[wanted]
    remedy = suggest(wanted, known, "bpmn-xml explain lists all", SLIP)
    raise UsageError(f"there is no code {code!r}", remedy=remedy)


def explanation(entry: Code) -> list[str]:
    """Write an explanation as lines."""
    from bpmn_xml.check.examples import examples

    lines = [f"{entry.code}: {entry.title}."]
    if entry.clause:
        lines.append(f"  why:  {SPECIFICATION}, clause {entry.clause}")
    if entry.remedy:
        lines.append(f"  mend: {entry.remedy}")
    shown = examples().get(entry.code, ())
    lines += ["", LEGEND] * bool(shown)
    for example in shown:
        lines += ["", "valid:" if example.valid else "violates it:"]
        lines += [f"    {line}" for line in example.shorthand.splitlines()]
    return lines


def _draw(code: str, target: str, *, valid: bool) -> None:
    """Draw the first example of a kind.

    Raises:
        UsageError: the code has no examples, or there is nothing in them to draw.
    """
    from bpmn_xml.check.examples import examples
    from bpmn_xml.check.shorthand import xml
    from bpmn_xml.cli.pictures import draw, kind_of
    from bpmn_xml.formats import inspect

    kind = kind_of(target)
    found = [one for one in examples().get(code, ()) if one.valid is valid]
    if not found:
        raise UsageError(f"{code} has no example", remedy="structural rules (EXT) have some")
    definitions = inspect(xml(found[0].shorthand, named=True)).definitions
    if definitions is None:
        raise UsageError(f"the example of {code} cannot be drawn", remedy="read it without -o")
    draw(definitions, target, kind=kind)
    more = "" if valid else f"; what no picture shows of it is in `bpmn-xml explain {code}`"
    tell_made("drew", target, more)
