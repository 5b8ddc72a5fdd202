"""The formats by suffix and content. Each is a row; its reader is imported when it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.errors import Finding, ReadError, UsageError, in_order
from bpmn_xml.formats.files import check_size, read_bytes, write_bytes
from bpmn_xml.formats.kinds import (
    BEGINNING,
    WAYS,
    kind_of_other,
    looks_like_sections,
    looks_like_xml,
)
from bpmn_xml.formats.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel
    from bpmn_xml.formats.inspection import Inspection
    from bpmn_xml.model import Definitions

    Source = str | os.PathLike[str] | bytes


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format: its suffixes, how its content begins, where its functions are.

    `reader` names `(data, name, limits) -> (Definitions, findings)`, `writer` names
    `(definitions) -> bytes`, `review` names `(definitions) -> findings` for what only a second
    look shows, `inspector` is a reader that goes on after errors; all as `module:function`.
    """

    name: str
    suffixes: tuple[str, ...]
    looks_right: Callable[[bytes], bool]
    reader: str
    writer: str = ""
    review: str = ""
    inspector: str = ""


FORMATS: Final = (
    Format(
        name="bpmn",
        suffixes=(".bpmn", ".bpmn2", ".xml"),
        looks_right=looks_like_xml,
        reader="bpmn_xml.formats.bpmn.reader:read_bpmn",
        writer="bpmn_xml.formats.bpmn.writer:write_bpmn",
        review="bpmn_xml.formats.bpmn.references:review",
        inspector="bpmn_xml.formats.bpmn.reader:inspect_bpmn",
    ),
    Format(
        name="conf",
        suffixes=(".conf", ".ini"),
        looks_right=looks_like_sections,
        reader="bpmn_xml.formats.conf.reader:read_conf",
    ),
)
"""All formats; the first one is the default for writing."""


def detect(data: bytes, name: str = "") -> Format:
    """Find the format of a file by its suffix and its content.

    >>> detect(b"<definitions/>").name, detect(b"[model]", "calculator.conf").name
    ('bpmn', 'conf')
    >>> detect(b"hello", "notes.txt")
    Traceback (most recent call last):
        ...
    bpmn_xml.errors.UsageError: unknown format '.txt': expected one of .bpmn, .bpmn2, .conf, ...
    """
    start = data[:BEGINNING]
    suffix = Path(name).suffix.lower()
    named = [row for row in FORMATS if suffix in row.suffixes]
    alike = [row for row in FORMATS if row.looks_right(start)]
    both = [row for row in named if row in alike]
    for row in (*both, *alike, *named):
        return row
    raise unknown(suffix, FORMATS, start)


def unknown(suffix: str, formats: tuple[Format, ...], start: bytes = b"") -> UsageError:
    """Make the refusal of a file that no format claims, by its suffix and how it begins."""
    known = ", ".join(sorted(suffix for row in formats for suffix in row.suffixes))
    remedy = f"expected one of {known}"
    if kind := kind_of_other(suffix, start):
        return UsageError(f"this is {kind}, no diagram", remedy=WAYS.get(kind, remedy))
    return UsageError(f"unknown format '{suffix}'" if suffix else "unknown format", remedy=remedy)


def open_source(source: Source, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes of a file and what messages call it; `UsageError` for XML as text."""
    if isinstance(source, bytes):
        check_size(source, name or "", limits)
        return source, name or ""
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        raise UsageError("this is XML as text, not a path", remedy="give its bytes: text.encode()")
    path = Path(source)
    return read_bytes(path, limits), name or str(path)


def read_with_findings(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Definitions, tuple[Finding, ...]]:
    """Read as `read` does, and say what is doubtful: warnings and notes, in the file's order."""
    data, known = open_source(source, name, limits)
    row = detect(data, known)
    definitions, findings = load(row.reader)(data, known, limits)
    more = load(row.review)(definitions) if row.review else ()
    return definitions, in_order((*findings, *more))


def inspect(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Inspection:
    """Read as far as it goes, and say all that is wrong; what is no diagram has no model.

    Raises `UsageError` for an unknown format, `StoreError` where the disk refuses.
    """
    from bpmn_xml.formats.inspection import Inspection

    data, known = open_source(source, name, limits)
    row = detect(data, known)
    if not row.inspector:
        try:
            definitions, findings = load(row.reader)(data, known, limits)
        except ReadError as error:
            return Inspection(findings=error.findings)
        return Inspection(definitions=definitions, findings=tuple(findings))
    found: Inspection = load(row.inspector)(data, known, limits)
    if found.definitions is None:
        return found
    more = load(row.review)(found.definitions)
    return msgspec.structs.replace(found, findings=(*found.findings, *more))


def read(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Definitions:
    """Read a diagram from a path or from bytes, in whichever format it is.

    `name` is what messages call it. Raises `ReadError` with every fault of the file,
    `UsageError` for an unknown format, `StoreError` where the disk refuses.

    >>> xml = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    ...     targetNamespace="urn:example"><process id="p"/></definitions>'''
    >>> [process.id for process in read(xml).root_elements]
    ['p']
    """
    data, known = open_source(source, name, limits)
    definitions: Definitions = load(detect(data, known).reader)(data, known, limits)[0]
    return definitions


def read_decisions(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> DecisionModel:
    """Read a decision model (DMN 1.1 to 1.5) from a path or from bytes.

    `name` is what messages call it. Raises `ReadError` with every fault of the file, `StoreError`
    where the disk refuses.

    >>> xml = b'''<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
    ...     namespace="urn:example"><decision id="risk"/></definitions>'''
    >>> [decision.id for decision in read_decisions(xml).decisions]
    ['risk']
    """
    from bpmn_xml.formats.dmn.reader import read_dmn

    data, known = open_source(source, name, limits)
    return read_dmn(data, known, limits)[0]


def write(definitions: Definitions, path: str | os.PathLike[str] | None = None) -> bytes:
    """Write a diagram; with a path to that file, in the format of its suffix.

    >>> from bpmn_xml.model import Definitions, Process
    >>> model = Definitions(id="d", root_elements=(Process(id="p"),))
    >>> read(write(model)) == model
    True
    """
    target = Path(path) if path is not None else None
    suffix = target.suffix.lower() if target else FORMATS[0].suffixes[0]
    writers = tuple(row for row in FORMATS if row.writer)
    chosen = next((row for row in writers if suffix in row.suffixes), None)
    if chosen is None:
        raise unknown(suffix, writers)
    data: bytes = load(chosen.writer)(definitions)
    if target:
        write_bytes(target, data)
    return data


def load(where: str) -> Callable[..., Any]:
    """Import a function named as `module:function`."""
    module, _, function = where.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
