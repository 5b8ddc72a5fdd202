"""What may be meant by a file that cannot be read: those that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bpmn_xml.formats.files import files_of, is_file, is_special
from bpmn_xml.formats.registry import FORMATS
from bpmn_xml.wording import suggest

USUAL: Final = "see that it is there and may be read"


def nearly(path: Path) -> str:
    """Ask for the file that is there and called nearly so; "" where none is."""
    folder = path.parent
    return (
        suggest(path.name, [one.name for one in files_of(folder, "*")])
        if is_special(folder)
        else ""
    )


def instead_of(path: Path) -> str:
    """What to do about a file that cannot be read: the diagrams beside it, or in a folder.

    >>> instead_of(Path("nowhere/order.bpmn"))
    'see that it is there and may be read'
    """
    if is_file(path):
        return USUAL
    inside = is_special(path) and path.is_dir()
    folder = path if inside else path.parent
    suffixes = {suffix for row in FORMATS for suffix in row.suffixes}
    there = files_of(folder, "*") if is_special(folder) else []
    known = [one for one in there if one.suffix.lower() in suffixes]
    if inside:
        return f"name a file in it, as {known[0]}" if known else "name a file"
    return suggest(path.name, [one.name for one in known], USUAL)
