"""One reading of one document: a stack of frames, and what all of them share.

A frame is an element that is open: it takes text and children in any order, and makes a value
when it is closed. Nothing here recurses: how deep a document is nested costs a longer stack,
never a deeper call.
"""

from __future__ import annotations

from typing import Any, NoReturn, Protocol

from bpmn_xml.codes import finding
from bpmn_xml.errors import Finding, Place, ReadError
from bpmn_xml.formats import codes
from bpmn_xml.formats.findings import Findings, wrong_kind
from bpmn_xml.formats.kinds import kind_of_bytes
from bpmn_xml.formats.limits import Limits
from bpmn_xml.formats.xml.encoding import to_utf8
from bpmn_xml.formats.xml.names import Prefixes, XmlName, split
from bpmn_xml.formats.xml.parser import XmlParser
from bpmn_xml.formats.xml.places import attribute_place
from bpmn_xml.model import ForeignElement


class OpenFrame(Protocol):
    """An element that is open."""

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open a child."""

    def text(self, text: str) -> None:
        """Take the text up to the next tag."""

    def close(self) -> None:
        """Make the value and give it to the parent."""


class ForeignParent(Protocol):
    """A frame that takes foreign elements."""

    @property
    def reading(self) -> XmlReading:
        """The reading that it is part of."""

    def add_foreign(self, element: ForeignElement) -> None:
        """Take a foreign child that is complete."""


class NamedFrame(Protocol):
    """A frame that findings can be about.

    Attributes:
        place: where its tag begins.
        values: what is known of its element, by field.
    """

    place: Place
    values: dict[str, Any]


class Root:
    """What stands around a document: a subclass takes the one element that it wants."""

    def text(self, text: str) -> None:
        """There is none: the parser refuses it."""

    def close(self) -> None:
        """There is nothing to make."""


class XmlReading:
    """Takes the parser's events, and holds what the frames share.

    `wanted` is the code that says that a document is something else. Raises `ReadError` where it
    is so at first sight, or is no text.
    """

    def __init__(self, data: bytes, name: str, limits: Limits, wanted: str) -> None:
        kind = kind_of_bytes(data)
        if kind:
            raise wrong_kind(wanted, kind, Place(name, 1, 1))
        self.findings = Findings(limits.findings)
        self.data, doubts = to_utf8(data, name)
        for doubt in doubts:
            self.findings.add(doubt)
        self.limits, self.wanted = limits, wanted
        self.parser = XmlParser(self.data, name, limits, wanted)
        self.place = self.parser.place
        self.prefixes = Prefixes()
        self.names: dict[str, XmlName] = {}
        self.frame: OpenFrame
        self.stack: list[OpenFrame] = []
        self.texts: list[str] = []
        self.text = self.texts.append
        self.elements = self.attributes = 0

    def run(self, root: OpenFrame) -> None:
        """Read the document into a frame; `ReadError` where it cannot be read any further."""
        self.frame = root
        self.parser.run(self)

    # events of the parser

    def start(self, raw: str, attributes: list[str]) -> None:
        """Open an element."""
        self.elements += 1
        frame, stack, limits = self.frame, self.stack, self.limits
        if len(stack) >= limits.depth or self.elements > limits.elements:
            self.refuse_more()
        if attributes:
            self.attributes += len(attributes) // 2
            if self.attributes > limits.all_attributes or len(attributes) > 2 * limits.attributes:
                self.refuse_more()
        if self.texts:
            self.flush(frame)
        stack.append(frame)
        self.frame = frame.child(self.names.get(raw) or self.name(raw), attributes)

    def end(self, _raw: str) -> None:
        """Close the element that was opened last."""
        frame = self.frame
        if self.texts:
            self.flush(frame)
        frame.close()
        self.frame = self.stack.pop()

    def flush(self, frame: OpenFrame) -> None:
        """Hand over the text since the last tag."""
        texts = self.texts
        text = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()
        if len(text) > self.limits.text:
            self.refuse(codes.TOO_MUCH, f"a text exceeds {self.limits.text:,} characters (`text`)")
        frame.text(text)

    def refuse_more(self) -> NoReturn:
        """Say which limit the document exceeds."""
        limits = self.limits
        reason = f"an element has over {limits.attributes:,} attributes (`attributes`)"
        if len(self.stack) >= limits.depth:
            reason = f"elements are nested deeper than {limits.depth} (`depth`)"
        elif self.elements > limits.elements:
            reason = f"there are over {limits.elements:,} elements (`elements`)"
        elif self.attributes > limits.all_attributes:
            reason = f"there are over {limits.all_attributes:,} attributes (`all_attributes`)"
        self.refuse(codes.TOO_MUCH, reason)

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """Put a namespace declaration in force."""
        self.prefixes.declare(prefix, namespace, in_root=not self.stack)

    def undeclare(self, prefix: str | None) -> None:
        """Take it out of force."""
        self.prefixes.undeclare(prefix)

    # what frames ask for

    def name(self, raw: str) -> XmlName:
        """Take a name apart, each only once."""
        name = self.names.get(raw)
        if name is None:
            name = self.names[raw] = split(raw)
        return name

    # findings

    def report(
        self, code: str, message: str, frame: NamedFrame | None = None, place: Place | None = None
    ) -> None:
        """Report what is wrong; where its code is an error the document cannot be read as it is."""
        self.findings.add(self.finding(code, message, frame, place))

    def refuse_kind(self, kind: str, remedy: str | None = None) -> NoReturn:
        """Stop the reading of what its root shows to be something else."""
        raise wrong_kind(self.wanted, kind, self.place(), remedy)

    def refuse(self, code: str, message: str) -> NoReturn:
        """Stop the reading."""
        raise ReadError([self.finding(code, message)])

    def finding(
        self, code: str, message: str, frame: NamedFrame | None = None, place: Place | None = None
    ) -> Finding:
        """Make a finding, about a frame's element or about the tag under way.

        It bears the id of the nearest element around it that has one.
        """
        known = frame.values if frame else {}
        if frame and "id" not in known:
            around = (getattr(outer, "values", {}) for outer in reversed(self.stack))
            known = next((values for values in around if "id" in values), known)
        identity, called = str(known.get("id", "")), str(known.get("name", ""))
        return finding(code, message, place=place or self.place(), id=identity, name=called)

    def attribute_place(self, name: str) -> Place:
        """Return where an attribute of the tag under way stands, or that tag if nobody asks."""
        if self.findings.full:
            return self.place()
        offset = self.parser.expat.CurrentByteIndex
        return attribute_place(self.data, offset, self.place(), name)
