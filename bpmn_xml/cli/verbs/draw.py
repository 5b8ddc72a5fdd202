"""Draw a diagram to a picture, with what a trace says on top."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import Loaded, load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.pictures import FORMATS, draw, kind_of
from bpmn_xml.cli.writing import tell_made
from bpmn_xml.errors import StoreError, UsageError
from bpmn_xml.formats.files import read_at_most, reason
from bpmn_xml.wording import listed

if TYPE_CHECKING:
    from bpmn_xml.model import Definitions
    from bpmn_xml.render.overlay import Overlay

DESCRIPTION: Final = """Draw a diagram as its author laid it out, or laid out anew if nobody did."""

EXAMPLES: Final = """  bpmn-xml draw order.bpmn
  bpmn-xml draw order.bpmn --trace run.jsonl -o run.png
  bpmn-xml draw order.bpmn --trace run.jsonl --item read.1:17 -o path.svg
  bpmn-xml draw order.bpmn --theme dark --plane 2 -o detail.svg
  bpmn-xml draw order.bpmn --style house.css -o order.html
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn or .conf")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help="its suffix is the format: .svg, .png, .pdf, .html or .dot; - is stdout (FILE.svg)",
    )
    parser.add_argument("--format", choices=FORMATS, help="for what the suffix does not say")
    parser.add_argument(
        "--trace", metavar="TRACE", help="draw the run that this trace is of on top"
    )
    parser.add_argument("--instance", metavar="ID", help="only what this instance of it did")
    parser.add_argument(
        "--item", metavar="SCOPE", help="only what this item did: read.1:17, as the trace says"
    )
    parser.add_argument(
        "--plane", metavar="ID", help="which drawing of the file: its number, id or name"
    )
    add_look(parser)


def add_look(parser: argparse.ArgumentParser) -> None:
    """Declare what may be said of the look of a picture."""
    parser.add_argument(
        "--theme", metavar="NAME", default="light", help="light, dark or auto, as the screen is"
    )
    parser.add_argument(
        "--style", metavar="CSS", help="rules that follow ours (for .svg, .html and .png)"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Draw."""
    file = load(arguments.file)
    target = arguments.output or str(file.path.with_suffix(f".{arguments.format or 'svg'}"))
    kind = kind_of(target, file.path, usual=arguments.format)
    overlay = _overlay(file, arguments)
    plane = draw(
        file.definitions,
        target,
        overlay,
        theme=arguments.theme,
        plane=arguments.plane or "",
        style=style_of(arguments),
        kind=kind,
    )
    tell_made("drew", target)
    if not arguments.plane and kind != "html":
        _tell_of_others(file.definitions, plane)
    return Exit.COMPLETED


def _tell_of_others(definitions: Definitions, drawn: str) -> None:
    """Say which drawings the file has beside the one that is drawn, by its name."""
    if len(definitions.diagrams) < 2:
        return
    from bpmn_xml.render.drawing import planes

    shown = [one for one in planes(definitions) if one.shapes]
    mine = next((one for one in shown if one.name == drawn), None)  # others may be called so, too
    others = [f"{one.number} ({one.name})" for one in shown if one is not mine]
    if others:
        say("note", f"the file has other drawings, too: --plane {listed(others, 'or')}")


LARGEST_STYLE: Final = 1_000_000
"""Bytes of a style sheet."""


def style_of(arguments: argparse.Namespace) -> str:
    """Read the style sheet that the command line names.

    Raises:
        StoreError: it cannot be read.
    """
    if not arguments.style:
        return ""
    try:
        data = read_at_most(Path(arguments.style), LARGEST_STYLE)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        what = f"cannot read the style sheet {arguments.style!r}: {reason(error)}"
        raise StoreError(what) from error


def _overlay(file: Loaded, arguments: argparse.Namespace) -> Overlay | None:
    """What a trace says of a file; nothing without one."""
    from bpmn_xml.cli.traces import counted
    from bpmn_xml.render.runs import overlay_of

    one = {"instance": arguments.instance or "", "item": arguments.item or ""}
    if not arguments.trace:
        if any(one.values()):
            raise UsageError("--instance and --item need a trace", remedy="name it with --trace")
        return None
    return overlay_of(*counted(file, [arguments.trace], **one))
