"""Make element templates for Camunda Modeler of the functions of a module."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import check_writable, make_folder, tell_made, write_out
from bpmn_xml.errors import Finding, Place, ReadError, StoreError, UsageError
from bpmn_xml.formats.files import read_at_most, reason
from bpmn_xml.wording import amount

DESCRIPTION: Final = """Make element templates for Camunda Modeler.

Each public function of a module becomes a kind of task in the modeler's menu, with its parameters
as fields. The module is only read, not imported. The templates go to .camunda/element-templates
beside it, where the modeler finds them for all drawings there and below; for others put them into
the modeler's folder resources/element-templates.
"""

EXAMPLES: Final = """  bpmn-xml templates shop.py
  bpmn-xml templates shop/tasks.py --name shop.tasks -o .camunda/element-templates/shop.json
"""

NOT_PYTHON: Final = "BX404"
"""The code of a module that cannot be parsed."""

LARGEST: Final = 4_000_000

FOLDER: Final = Path(".camunda", "element-templates")
"""Where Camunda Modeler looks for templates: beside a drawing and in all folders above it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="MODULE", help="a .py")
    parser.add_argument(
        "-o",
        "--output",
        metavar="JSON",
        help="another file for them; - is stdout",
    )
    parser.add_argument(
        "--name", metavar="NAME", help="how drawings name the module; as the file by default"
    )


_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python's parser raises; the last is what it says of code that is nested too deeply."""


def execute(arguments: argparse.Namespace) -> int:
    """Write the templates."""
    from bpmn_xml.runtime.binding.templates import ENGINES, as_text, templates_of

    path = Path(arguments.file)
    if path.suffix != ".py":
        raise UsageError(f"{path} is not a Python module", remedy="name a file with suffix .py")
    name = arguments.name or path.stem
    if not all(part.isidentifier() for part in name.split(".")):
        raise UsageError(f"{name!r} is not the name of a module", remedy="say it with --name")
    check_writable(arguments.output, path)
    try:
        templates = templates_of(_text(path), name)
    except _UNREADABLE as error:
        place = Place(str(path), getattr(error, "lineno", 0) or 0, getattr(error, "offset", 0) or 0)
        why = getattr(error, "msg", str(error)) or "it is nested too deeply"
        message = f"this is not Python: {why}"
        raise ReadError([Finding(code=NOT_PYTHON, place=place, message=message)]) from error
    if not templates:
        raise UsageError(f"{path} defines no public function")
    target = arguments.output or str(_place_beside(path))
    write_out(target, as_text(templates).encode())
    tell_made("wrote", target, f": {amount(len(templates) // len(ENGINES), 'function')}")
    return Exit.COMPLETED


def _place_beside(module: Path) -> Path:
    """Where the modeler finds the templates of a module; never a file of data beside it."""
    place = module.parent / FOLDER / f"{module.stem}.json"
    make_folder(place.parent)
    return place


def _text(path: Path) -> str:
    try:
        return read_at_most(path, LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error
