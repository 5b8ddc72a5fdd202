"""Find what a diagram calls in the files beside it, to name the one that is to be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from bpmn_xml.compiler.codes import CALLED
from bpmn_xml.errors import BpmnXmlError, Finding
from bpmn_xml.formats import DEFAULT_LIMITS, read
from bpmn_xml.formats.files import files_of, is_file
from bpmn_xml.model import CallActivity, Definitions
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import by_id, processes


def with_neighbours(findings: Iterable[Finding], models: Sequence[Definitions]) -> list[Finding]:
    """Name in each finding of a call the file beside the caller that has what it calls.

    Args:
        findings: all of them; others are left as they are.
        models: the diagrams that they are about.
    """
    drawn = {model.place.file: model for model in models}
    return [_told(found, drawn.get(found.place.file)) for found in findings]


def _told(found: Finding, model: Definitions | None) -> Finding:
    if found.code != CALLED or model is None or not is_file(found.place.file):
        return found
    call = by_id(model, CallActivity).get(found.id)
    called = called_by(call) if call else ""
    name = next(_beside(Path(found.place.file), called), "") if called else ""
    if not name:
        return found
    return msgspec.structs.replace(found, remedy=f"{name} beside it has it: give that file too")


def _beside(file: Path, process: str) -> Iterator[str]:
    """The other files of a folder that hold a process; unreadable ones are left out."""
    for other in files_of(file.parent, "*.bpmn"):
        try:
            is_small = other.stat().st_size <= DEFAULT_LIMITS.size
            mentions = is_small and other != file and process.encode() in other.read_bytes()
            found = processes(read(other)) if mentions else ()
        except (OSError, BpmnXmlError):
            continue
        if any(one.id == process for one in found):
            yield other.name
