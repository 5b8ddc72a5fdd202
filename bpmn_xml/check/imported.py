"""The files that a file imports (8.2), as far as they are BPMN and stand beside it.

A reference into one of them is `{namespace}id`. So is each id in what this module gives, and each
reference, but for those that lead back: to the file that imports, it is as if all were its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from bpmn_xml.errors import BpmnXmlError, Finding, Severity
from bpmn_xml.formats import inspect
from bpmn_xml.formats.bpmn.references import finding, references, referring, spelled
from bpmn_xml.formats.codes import DANGLING
from bpmn_xml.formats.files import is_file, whole
from bpmn_xml.formats.xml.namespaces import MODEL
from bpmn_xml.formats.xml.wording import excerpt
from bpmn_xml.model import Definitions, Element, Error, Escalation, Signal
from bpmn_xml.model.walk import structure, walk

E = TypeVar("E", bound=Element)

THROWN: Final = (Error, Escalation, Signal)
"""What may carry an item of its file, or a type that no file of BPMN declares."""

MOST: Final = 50
"""How many files are read for one at most."""


def imported(definitions: Definitions) -> list[Definitions]:
    """Return the files that a file imports, directly or not, with qualified ids.

    What is not there, cannot be read, or stands in no folder of the file itself, is left out.
    """
    home, found = Path(definitions.place.file), list[Definitions]()
    if not is_file(home):
        return found
    waiting = list(_locations(definitions, home.parent))
    known = {whole(home)}
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in known or not path.is_relative_to(whole(home.parent)) or not is_file(path):
            continue
        known.add(path)
        try:
            model = inspect(path).definitions
        except BpmnXmlError:
            continue
        if model is not None:
            found.append(_qualified(model, model.target_namespace, definitions.target_namespace))
            waiting += _locations(model, path.parent)
    return found


def _locations(definitions: Definitions, folder: Path) -> Iterator[Path]:
    """The files that the imports of a file name."""
    for one in definitions.imports:
        if one.import_type == MODEL and "://" not in one.location:
            yield whole(folder / one.location)


def _qualified(element: E, namespace: str, home: str) -> E:
    """An element of another file, with the names by which the file at home knows it."""

    def name(text: str) -> str:
        text = text if text.startswith("{") else f"{{{namespace}}}{text}"
        return text.removeprefix(f"{{{home}}}")

    def names(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(names, value))
        return name(value) if value else value

    fields = [part.field for part in referring(type(element))]
    fields += ["structure_ref"] if isinstance(element, THROWN) else []
    fields += ["id"] if "id" in element.__struct_fields__ else []
    changed: dict[str, Any] = {field: names(getattr(element, field)) for field in fields}
    for field in structure(type(element)):
        value = getattr(element, field)
        if isinstance(value, tuple):
            changed[field] = tuple(_qualified(one, namespace, home) for one in value)
        elif value is not None:
            changed[field] = _qualified(value, namespace, home)
    return msgspec.structs.replace(element, **changed)


def leading_nowhere(definitions: Definitions, others: list[Definitions]) -> Iterator[Finding]:
    """Find references into imported files that do not have what is meant."""
    read = tuple(f"{{{other.target_namespace}}}" for other in others)
    if not read:
        return
    known = {getattr(element, "id", None) for other in others for element, _ in walk(other)}
    for reference in references(definitions):
        if reference.id.startswith(read) and reference.id not in known:
            message = f"{spelled(reference.part)}={excerpt(reference.id)!r} leads nowhere"
            yield finding(DANGLING, Severity.WARNING, message, reference.element)
