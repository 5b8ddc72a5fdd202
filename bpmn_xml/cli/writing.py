"""Files that come out: whole or not at all, and refused before a run if they cannot be."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.files import write_bytes

STDOUT: Final = "-"


def check_folder(name: str | None) -> None:
    """Refuse an output whose folder is not there, or that is a folder itself."""
    if not name or name == STDOUT:
        return
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"{name} is a folder", remedy="name a file")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", remedy="make it first")


def write_output(name: str, data: bytes) -> None:
    """Write to a file, or to stdout where it is named `-`."""
    if name == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_bytes(Path(name), data)
