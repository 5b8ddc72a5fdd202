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
from bpmn_xml.formats.bpmn.references import references, referring, spelled
from bpmn_xml.formats.codes import DANGLING
from bpmn_xml.formats.files import is_file, whole
from bpmn_xml.formats.xml.namespaces import MODEL
from bpmn_xml.formats.xml.wording import excerpt
from bpmn_xml.model import Definitions, Element, Error, Escalation, Signal
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import structure, walk

E = TypeVar("E", bound=Element)

THROWN: Final = (Error, Escalation, Signal)
"""What may carry an item of its file, or a type that no file of BPMN declares."""

NOT_THERE: Final = "BX741"
OTHER_NAMESPACE: Final = "BX742"


TYPES: Final = "http://www.w3.org/2001/XMLSchema"
"""The namespace of `xsd:string` and its like, which some write where an item is asked for."""

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


def wrong_imports(definitions: Definitions) -> Iterator[Finding]:
    """Find imports of files that are not there, or have another namespace."""
    home = Path(definitions.place.file)
    for one in definitions.imports if is_file(home) else ():
        path = home.parent / one.location
        is_model = one.import_type == MODEL
        if not one.location or "://" in one.location:
            continue
        if not is_file(path):
            message = f"the file {excerpt(one.location)!r} that it imports is not there"
            severity = Severity.WARNING if is_model else Severity.NOTE
            yield finding_about(one, NOT_THERE, message, severity=severity)
        elif is_model and (found := _namespace_of(path, home.parent)) not in ("", one.namespace):
            message = f"{excerpt(one.location)!r} has the namespace {excerpt(found)!r}"
            mend = "write that, so that references into it are understood"
            yield finding_about(one, OTHER_NAMESPACE, message, mend)


def _namespace_of(path: Path, folder: Path) -> str:
    """The target namespace of a file; nothing if it cannot be read, or is in no such folder."""
    if not whole(path).is_relative_to(whole(folder)):
        return ""
    try:
        model = inspect(path).definitions
    except BpmnXmlError:
        return ""
    return model.target_namespace if model is not None else ""


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
    """Find references into imported files that do not have what is meant, or into no file."""
    read = tuple(f"{{{other.target_namespace}}}" for other in others)
    namespaces = [TYPES, *(one.namespace for one in definitions.imports)]
    named = tuple(f"{{{namespace}}}" for namespace in namespaces)
    known = {getattr(element, "id", None) for other in others for element, _ in walk(other)}
    for reference in references(definitions):
        if not reference.id.startswith("{") or reference.id in known:
            continue
        said = f"{spelled(reference.part)}={excerpt(reference.id)!r}"
        if reference.id.startswith(read):
            message = f"{said} leads nowhere"
        elif not reference.id.startswith(named):
            message = f"{said} leads into a namespace that no import names"
        else:
            continue
        yield finding_about(reference.element, DANGLING, message)
