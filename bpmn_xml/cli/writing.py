"""Files that a verb makes: checked before the work begins, written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.streams import is_closed, output_error
from bpmn_xml.errors import StoreError, UsageError
from bpmn_xml.formats.files import is_special, reason, whole, write_bytes

STANDARD_OUTPUT = "-"


def check_writable(target: str | None, *sources: Path) -> None:
    """Refuse early what could not be written later, or would overwrite what is read.

    Raises:
        StoreError: there is no such folder, the file may not be written, the output is closed.
    """
    if target == STANDARD_OUTPUT and is_closed(sys.stdout):
        raise StoreError("cannot write to the standard output: it is closed")
    if target is None or target == STANDARD_OUTPUT:
        return
    path = Path(target)
    try:
        same = path.exists() and any(path.samefile(source) for source in sources)
        why = "that is the file that is read" if same else _obstacle(path)
    except (OSError, ValueError) as error:
        why = reason(error)
    if why:
        raise StoreError(f"cannot write {target}: {why}")


def check_distinct(targets: Iterable[str | None]) -> None:
    """Refuse targets of which one would overwrite another.

    Raises:
        UsageError: two are the same file, or the standard output.
    """
    seen: dict[str | Path, str] = {}
    for target in filter(None, targets):
        place = target if target == STANDARD_OUTPUT else whole(Path(target))
        if place in seen and not is_special(place):
            raise UsageError(f"{seen[place]} and {target} are the same file")
        seen[place] = target


def _obstacle(path: Path) -> str:
    if "\0" in str(path):
        return "no name may hold a null byte"
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    if path.exists() and not os.access(path, os.W_OK):
        return "it may not be written"
    if not path.exists() and not os.access(path.parent, os.W_OK):
        return f"the folder {path.parent} may not be written"
    return ""


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there yet.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot make the folder {folder}: {reason(error)}") from error


def tell_made(done: str, target: str, more: str = "") -> None:
    """Say what was made, as in "drew order.svg"; what goes to the standard output is seen."""
    if target != STANDARD_OUTPUT:
        say("note", f"{done} {target}{more}")


def write_out(target: str, data: bytes) -> None:
    """Write a file whole, or to the standard output where it is `-`.

    Raises:
        StoreError: it cannot be written.
    """
    if target != STANDARD_OUTPUT:
        write_bytes(Path(target), data)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise output_error(error) from error
