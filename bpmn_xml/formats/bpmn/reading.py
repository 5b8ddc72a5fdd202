"""One reading of one document: a stack of frames, and what all of them share.

A frame is an element that is open: it takes text and children in any order, and makes a value
when it is closed. Nothing here recurses: how deep a document is nested costs a longer stack,
never a deeper call.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol

from bpmn_xml.errors import Finding, Place, ReadError, Severity
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn import values
from bpmn_xml.formats.bpmn.names import Prefixes, XmlName, split
from bpmn_xml.formats.bpmn.parser import XmlParser
from bpmn_xml.formats.bpmn.remarks import Remarks, attribute_place
from bpmn_xml.formats.bpmn.vocabulary import Attribute
from bpmn_xml.formats.bpmn.vocabulary.types import ID
from bpmn_xml.formats.bpmn.wording import quoted

if TYPE_CHECKING:
    from bpmn_xml.formats.bpmn.plans import ChildSlot
    from bpmn_xml.formats.limits import Limits
    from bpmn_xml.model import Element, ForeignElement

IDS: Final = re.compile(rb"\bid\s*=\s*[\"']\s*([^\"'<\s]{1,500})\s*[\"']")


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

    reading: XmlReading

    def add_foreign(self, element: ForeignElement) -> None:
        """Take a foreign child that is complete."""


class Parent(ForeignParent, Protocol):
    """A frame that takes values."""

    def add(self, slot: ChildSlot, value: Any) -> None:
        """Take the value of a child that is complete."""


class OpenElement(Parent, Protocol):
    """An element of the vocabulary that is open; findings can be about it.

    Attributes:
        place: where its tag begins.
        values: what is known of it, by field.
    """

    place: Place
    values: dict[str, Any]


class XmlReading:
    """Takes the parser's events, and holds what the frames share."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.parser = XmlParser(data, name, limits)
        self.place = self.parser.place
        self.remarks = Remarks(limits.findings)
        self.prefixes = Prefixes()
        self.names: dict[str, XmlName] = {}
        self.frame: OpenFrame
        self.stack: list[OpenFrame] = []
        self.texts: list[str] = []
        self.text = self.texts.append
        self.elements = self.attributes = 0
        self.ids: set[str] = set()
        self.repeated_ids = False
        self.taken: set[str] | None = None
        self.made: dict[str, int] = {}
        self.made_ids: set[str] = set()
        self.repeated: list[tuple[OpenElement, str]] = []

    def run(self, root: OpenFrame) -> None:
        """Read the document into a frame; `ReadError` where it cannot be read any further."""
        self.frame = root
        self.parser.run(self)

    # events of the parser

    def start(self, raw: str, attributes: list[str]) -> None:
        """Open an element."""
        self.elements += 1
        self.attributes += len(attributes) // 2
        frame, stack, limits = self.frame, self.stack, self.limits
        if (
            len(stack) >= limits.depth
            or self.elements > limits.elements
            or self.attributes > limits.all_attributes
            or len(attributes) > 2 * limits.attributes
        ):
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

    def value(self, attribute: Attribute, text: str, frame: OpenElement) -> Any:
        """Turn the text of an attribute into its value; a wrong one is a fault."""
        simple = attribute.type
        if simple.reference:
            return self.prefixes.resolve(text.strip()) if ":" in text else text.strip()
        if not (attribute.required or values.is_text(simple) or text.strip()):
            message = f"{attribute.name}='' is read as if it were not there"
            self.doubt(codes.LAX_VALUE, message, frame, self.attribute_place(attribute.name))
            return attribute.default
        try:
            value = values.parse(text, simple)
        except ValueError as error:
            message = f"{attribute.name}={quoted(text)!r} is not {error}"
            place = self.attribute_place(attribute.name)
            self.fault(codes.WRONG_VALUE, message, frame, place)
            return simple.python()
        if simple is ID:
            self.repeated_ids = self.repeated_ids or value in self.ids
            self.ids.add(value)
        elif values.is_lax(text, value, simple):
            message = f"{attribute.name}={quoted(text)!r} is read as {values.spell(value, simple)}"
            self.doubt(codes.LAX_VALUE, message, frame, self.attribute_place(attribute.name))
        return value

    def make_id(self, cls: type[Element], frame: OpenElement) -> str:
        """Make up an id that the document does not use."""
        if self.taken is None:
            self.taken = {found.decode("utf-8", "replace") for found in IDS.findall(self.data)}
        while True:
            number = self.made[cls.__name__] = self.made.get(cls.__name__, 0) + 1
            made = f"{cls.__name__}_{number}"
            if made not in self.taken and made not in self.ids:
                break
        self.ids.add(made)
        self.made_ids.add(made)
        message = f"an element without id is called {made}"
        self.note(codes.MADE_UP_ID, message, frame, frame.place)
        return made

    # findings

    def fault(
        self, code: str, message: str, frame: OpenElement | None = None, place: Place | None = None
    ) -> None:
        """Report an error: the document cannot be read as it is."""
        self.remarks.add(self.finding(Severity.ERROR, code, message, frame, place))

    def doubt(
        self, code: str, message: str, frame: OpenElement | None = None, place: Place | None = None
    ) -> None:
        """Report what does not stop the reading."""
        self.remarks.add(self.finding(Severity.WARNING, code, message, frame, place))

    def note(self, code: str, message: str, frame: OpenElement, place: Place | None = None) -> None:
        """Report what is worth knowing."""
        self.remarks.add(self.finding(Severity.NOTE, code, message, frame, place))

    def refuse(self, code: str, message: str) -> NoReturn:
        """Stop the reading."""
        raise ReadError([self.finding(Severity.ERROR, code, message)])

    def finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        frame: OpenElement | None = None,
        place: Place | None = None,
    ) -> Finding:
        """Make a finding, about a frame's element or about the tag under way.

        It bears the id of the nearest element around it that has one.
        """
        known = frame.values if frame else {}
        if frame and "id" not in known:
            around = (getattr(outer, "values", {}) for outer in reversed(self.stack))
            known = next((values for values in around if "id" in values), known)
        return Finding(
            code=code,
            severity=severity,
            message=message,
            place=place or self.place(),
            id=str(known.get("id", "")),
            name=str(known.get("name", "")),
            remedy=codes.REMEDIES[code],
        )

    def attribute_place(self, name: str) -> Place:
        """Return where an attribute of the tag under way stands, or that tag if nobody asks."""
        if self.remarks.full:
            return self.place()
        offset = self.parser.expat.CurrentByteIndex
        return attribute_place(self.data, offset, self.place(), name)
