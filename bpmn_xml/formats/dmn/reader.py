"""Read a decision model from XML, DMN 1.1 to 1.5, or refuse it with every fault at its place.

The document is read by the same hardened reader as a diagram, into the same tree of foreign
elements; `elements` and `logic` then say what each of them means.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from bpmn_xml.decisions.values import DecisionModel
from bpmn_xml.errors import Finding, in_order
from bpmn_xml.formats.codes import NOT_DMN
from bpmn_xml.formats.dmn.elements import model_of
from bpmn_xml.formats.dmn.tree import Tree
from bpmn_xml.formats.kinds import kind_of_root
from bpmn_xml.formats.limits import DEFAULT_LIMITS, Limits
from bpmn_xml.formats.xml.foreign import ForeignFrame
from bpmn_xml.formats.xml.names import XmlName
from bpmn_xml.formats.xml.reading import OpenFrame, Root, XmlReading
from bpmn_xml.model import ForeignElement

NAMESPACES: Final = re.compile(
    r"https?://www\.omg\.org/spec/DMN/[0-9]{8}/(?:MODEL/|DMN.*|dmn\.xsd)"
)
"""The namespaces of DMN 1.1 (dmn.xsd), 1.2, 1.3, 1.4 and 1.5 (MODEL/)."""

DEEPEST: Final = 100
"""Elements nested in each other: what compiles boxed expressions recurses."""


class TreeRoot(Root):
    """What stands around the document: it takes one element, `definitions` of DMN."""

    def __init__(self, reading: XmlReading) -> None:
        self.reading = reading
        self.result: ForeignElement

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open the root; anything but DMN is refused by name."""
        if name.local != "definitions" or not NAMESPACES.fullmatch(name.namespace):
            kind = "a BPMN diagram" if name.tag == "definitions" else kind_of_root(name)
            self.reading.refuse_kind(kind)
        return ForeignFrame(self, name, attributes)

    def add_foreign(self, element: ForeignElement) -> None:
        """Take the finished root."""
        self.result = element


def read_dmn(
    data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[DecisionModel, tuple[Finding, ...]]:
    """Read a document, and return what is doubtful about it in the order of the file.

    `name` is what places call the file. Raises `ReadError` with all errors.

    >>> data = b'''<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"
    ... namespace="urn:x"><decision id="a" name="A"><literalExpression><text>1</text>
    ... </literalExpression></decision></definitions>'''
    >>> read_dmn(data)[0].decisions[0].logic.text
    '1'
    """
    shallow = replace(limits, depth=min(limits.depth, DEEPEST))
    reading = XmlReading(data, name, shallow, NOT_DMN)
    root = TreeRoot(reading)
    reading.run(root)
    model = model_of(root.result, Tree(reading.findings))
    reading.findings.refuse()
    return model, in_order(reading.findings.doubts)
