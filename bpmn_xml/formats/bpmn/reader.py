"""Read BPMN 2.0 XML, whatever tool wrote it, or refuse it with every fault at its place.

Errors are what cannot be represented: they refuse. Everything else is read as it is, kept, and
told as a warning or a note. What a diagram means, and whether it can be run, is not asked here.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml.errors import Finding, ReadError, in_order
from bpmn_xml.formats.bpmn.elements import ElementFrame
from bpmn_xml.formats.bpmn.plans import ChildSlot
from bpmn_xml.formats.bpmn.reading import BpmnReading
from bpmn_xml.formats.bpmn.references import ambiguous
from bpmn_xml.formats.bpmn.vocabulary import Child
from bpmn_xml.formats.codes import OLD_NAMESPACE, TOO_MUCH
from bpmn_xml.formats.findings import refusal
from bpmn_xml.formats.inspection import Inspection
from bpmn_xml.formats.kinds import kind_of_root, way_to_bpmn
from bpmn_xml.formats.limits import DEFAULT_LIMITS, Limits
from bpmn_xml.formats.xml.names import XmlName
from bpmn_xml.formats.xml.namespaces import DRAFTS
from bpmn_xml.formats.xml.reading import OpenFrame, Root
from bpmn_xml.model import Definitions, FlowElement, Namespaces
from bpmn_xml.model.walk import walk

ROOT: Final = ChildSlot(Child(tag="definitions", field="definitions"), "definitions", many=False)


def read_bpmn(
    data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[Definitions, tuple[Finding, ...]]:
    """Read a document, and return what is doubtful about it in the order of the file.

    `name` is what places call the file. Raises `ReadError` with all errors.

    >>> data = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    ... targetNamespace="urn:x"><process id="p" isExecutable="maybe"/></definitions>'''
    >>> read_bpmn(data, "p.bpmn")
    Traceback (most recent call last):
        ...
    bpmn_xml.errors.ReadError: p.bpmn:2:41: error BX010 p: isExecutable='maybe' is not ...
    """
    reading = BpmnReading(data, name, limits)
    definitions = make(reading)
    reading.findings.refuse()
    return definitions, in_order(reading.findings.doubts)


def make(reading: BpmnReading) -> Definitions:
    """Read a document as far as it goes; `ReadError` only where nothing can be made of it."""
    root = DocumentRoot(reading)
    reading.run(root)
    _refuse_too_many(root.result, reading)
    for finding in ambiguous(root.result) if reading.repeated_ids else ():
        reading.findings.add(finding)
    return replace(root.result, namespaces=Namespaces(bindings=reading.prefixes.bindings()))


def _refuse_too_many(definitions: Definitions, reading: BpmnReading) -> None:
    """Refuse what nobody could look at, and what would take long to be judged."""
    most = reading.limits.flow_elements
    if reading.elements <= most:
        return
    found = [element for element, _ in walk(definitions) if isinstance(element, FlowElement)]
    if len(found) > most:
        message = f"there are over {most:,} nodes, flows and data (`flow_elements`)"
        raise refusal(TOO_MUCH, message, found[most].place)


def inspect_bpmn(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Inspection:
    """Read a document as far as it goes, whatever is wrong with it.

    >>> data = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    ... targetNamespace="urn:x"><process isExecutable="maybe"/></definitions>'''
    >>> found = inspect_bpmn(data)
    >>> [finding.code for finding in found.findings], sorted(found.unnamed)
    (['BX025', 'BX025', 'BX010'], ['Definitions_1', 'Process_1'])
    """
    try:
        reading = BpmnReading(data, name, limits)
        definitions = make(reading)
    except ReadError as error:
        return Inspection(findings=error.findings)
    return Inspection(
        definitions=definitions,
        findings=reading.findings.all(),
        unnamed=frozenset(reading.made_ids),
        repeated=frozenset(
            (str(frame.values.get("id", "")), field) for frame, field in reading.repeated
        ),
        text=reading.data,
    )


class DocumentRoot(Root):
    """What stands around the document: it takes one element, `definitions`."""

    def __init__(self, reading: BpmnReading) -> None:
        self.reading = reading
        self.result: Definitions

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open the root of the document; anything but BPMN 2.0 is refused by name."""
        reading = self.reading
        if name.tag != "definitions":
            reading.refuse_kind(kind_of_root(name), way_to_bpmn(name))
        if name.namespace in DRAFTS:
            message = f"the namespace {name.namespace} is of a draft of BPMN 2.0"
            reading.report(OLD_NAMESPACE, message)
        reading.prefixes.own = name.prefix
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        reading.prefixes.target = pairs.get("targetNamespace", "").strip()
        return ElementFrame(self, ROOT, Definitions, attributes)

    def add(self, _slot: ChildSlot, value: Any) -> None:
        """Take the finished root."""
        self.result = value
