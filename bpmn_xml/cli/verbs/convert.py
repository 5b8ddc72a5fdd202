"""Make a BPMN file of any file that can be read, with a drawing if it had none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from bpmn_xml.cli.complaints import complain
from bpmn_xml.cli.loading import Loaded, load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import STANDARD_OUTPUT, check_writable, tell_made, write_out
from bpmn_xml.errors import Severity, UsageError
from bpmn_xml.formats.files import is_file

DESCRIPTION: Final = """Make a BPMN 2.0 file of a legacy .conf or of another BPMN file.

What has no drawing gets one, so that a modeler can open it.
"""

EXAMPLES: Final = """  bpmn-xml convert calculator.conf
  bpmn-xml convert without_drawing.bpmn -o drawn.bpmn
  bpmn-xml convert --canonical order.bpmn -o -
"""

SUFFIX: Final = ".bpmn"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .conf or .bpmn")
    parser.add_argument(
        "-o", "--output", metavar="BPMN", help="where to write it; - is stdout (FILE.bpmn)"
    )
    parser.add_argument(
        "--layout", action="store_true", help="draw it anew though it has a drawing"
    )
    parser.add_argument(
        "--canonical", action="store_true", help="in the one spelling, so that files compare"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Convert."""
    file = load(arguments.file)
    target = arguments.output or str(file.path.with_suffix(SUFFIX))
    if not arguments.output and Path(target) == file.path:
        raise UsageError(f"{target} is BPMN already", remedy="name another file with -o")
    over = arguments.output is not None
    return write_drawn(file, target, anew=arguments.layout, spelt=arguments.canonical, over=over)


def write_drawn(
    file: Loaded, target: str, *, anew: bool, spelt: bool = False, over: bool = True
) -> int:
    """Write a file as BPMN with a drawing: its own, if it has one and no new one is wanted.

    With `spelt` it is written in the one spelling that `canonical` gives; unless `over`, not over
    a file with anything else in it.

    Raises:
        UsageError: the target is no BPMN, or something else is there.
        StoreError: it cannot be written.
    """
    from bpmn_xml.formats import write
    from bpmn_xml.formats.bpmn.canonical import canonical
    from bpmn_xml.layout import with_drawing

    if target != STANDARD_OUTPUT and Path(target).suffix.lower() not in (SUFFIX, ".bpmn2", ".xml"):
        raise UsageError(f"cannot write {target}", remedy=f"name a file with suffix {SUFFIX}")
    check_writable(target)
    complain(found for found in file.findings if found.severity is Severity.WARNING)
    definitions, notes = with_drawing(file.definitions, anew=anew)
    complain(notes)
    if spelt:
        definitions = canonical(definitions)
    data = write(definitions)
    if not over and is_file(target) and Path(target).read_bytes() != data:
        what = f"{target} is there already, and something else is in it"
        raise UsageError(what, remedy=f"write over it with -o {target}, or name another file")
    write_out(target, data)
    tell_made("wrote", target)
    return Exit.COMPLETED
