"""Frames of the elements that the vocabulary knows, and of what only they hold."""

from __future__ import annotations

from typing import Any, Final, Protocol

from msgspec.structs import replace

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.plans import ChildSlot, plan_of
from bpmn_xml.formats.bpmn.reading import BpmnReading
from bpmn_xml.formats.bpmn.vocabulary import BY_TAG, ROWS, Attribute, Child
from bpmn_xml.formats.bpmn.vocabulary.types import STRING
from bpmn_xml.formats.xml.foreign import (
    SPACE,
    ForeignFrame,
    foreign_attribute,
    interleaved,
)
from bpmn_xml.formats.xml.names import XmlName
from bpmn_xml.formats.xml.namespaces import XSI
from bpmn_xml.formats.xml.places import beginning
from bpmn_xml.formats.xml.reading import OpenFrame
from bpmn_xml.formats.xml.wording import excerpt, tagged
from bpmn_xml.model import (
    Bounds,
    BPMNPlane,
    Element,
    Expression,
    ForeignElement,
    FormalExpression,
    Point,
)

TYPES: Final = {
    row.type.rpartition(":")[2].removeprefix("t").lower(): row.cls
    for row in ROWS
    if not row.abstract
}
"""Classes by the name of their type, as `xsi:type` gives it."""

NEEDED: Final[dict[str, Element]] = {
    "plane": BPMNPlane(),
    "bounds": Bounds(x=0.0, y=0.0, width=0.0, height=0.0),
}
"""What stands for a child that the model cannot do without."""


PLACES: Final = (Bounds, Point)
"""What is as if it were not there without one of its numbers: the process runs all the same."""


class Parent(Protocol):
    """A frame that takes values."""

    reading: BpmnReading

    def add(self, slot: ChildSlot, value: Any) -> None:
        """Take the value of a child that is complete."""


class ElementFrame:
    """An element of the vocabulary."""

    __slots__ = ("lists", "parent", "place", "plan", "reading", "slot", "texts", "values")

    def __init__(
        self, parent: Parent, slot: ChildSlot, cls: type[Element], attributes: list[str]
    ) -> None:
        self.parent, self.slot, self.reading = parent, slot, parent.reading
        self.plan = plan_of(cls)
        self.place = self.reading.place()
        self.values: dict[str, Any] = {"place": self.place}
        self.lists: dict[str, list[Any]] = {}
        self.texts: list[list[str]] = [[]]
        self.take(attributes)

    def take(self, attributes: list[str]) -> None:
        """Take the attributes of the start tag."""
        known, values, others = self.plan.attributes, self.values, []
        pairs = iter(attributes)
        for raw, text in zip(pairs, pairs, strict=True):
            attribute = known.get(raw)
            if attribute is None:
                others.append((raw, text))
            elif attribute.type is STRING:
                values[attribute.field] = text
            else:
                values[attribute.field] = self.reading.value(attribute, text, self)
        if others:
            self.take_others([(self.reading.name(raw), raw, text) for raw, text in others])

    def take_others(self, others: list[tuple[XmlName, str, str]]) -> None:
        """Take attributes that the class does not know, `xsi:type` first: it changes the class."""
        others = [other for other in others if not self.retype(*other)]
        formal = plan_of(FormalExpression)
        if self.plan.cls is Expression and any(raw in formal.attributes for _, raw, _ in others):
            self.plan = formal
        for name, raw, text in others:
            attribute = self.plan.attributes.get(raw)
            if attribute is not None:
                self.values[attribute.field] = self.reading.value(attribute, text, self)
                continue
            self.lists.setdefault("extension_attributes", []).append(foreign_attribute(name, text))
            if (name.tag or not name.namespace) and not self.reading.findings.full:
                tag = tagged(self.plan.row.tag)
                message = f"{tag} has no attribute {excerpt(str(name))!r}; it has no effect"
                place = self.reading.attribute_place(str(name))
                self.reading.report(codes.UNKNOWN_ATTRIBUTE, message, self, place)

    def retype(self, name: XmlName, _raw: str, text: str) -> bool:
        """Change to the class that an `xsi:type` names, if it is one of this class."""
        if name.namespace != XSI or name.local != "type":
            return False
        cls = type_named(text, self.plan.cls)
        if cls is None:
            tag = tagged(self.plan.row.tag)
            message = f"{name}={excerpt(text)!r} is no type for {tag}; it is dropped"
            place = self.reading.attribute_place(str(name))
            self.reading.report(codes.NOT_KEPT, message, self, place)
        self.plan = plan_of(cls or self.plan.cls)
        return True

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open a child, in whatever order they stand."""
        slot = self.plan.slots.get(name.tag)
        if slot is None:
            return self.stranger(name, attributes)
        if slot.field in self.values and not slot.many:
            message = f"a second {tagged(name.local)} in {tagged(self.plan.row.tag)}"
            self.reading.report(codes.REPEATED, message, self)
            self.reading.repeated.append((self, slot.field))
        if slot.child.wildcard:
            return ExtensionsFrame(self, slot, attributes)
        if slot.cls is None:
            return ValueFrame(self, slot, attributes)
        cls: type[Element] | None = slot.cls
        if slot.abstract:
            cls = self.concrete(slot.cls, attributes)
        return ElementFrame(self, slot, cls, attributes) if cls else self.stranger(name, attributes)

    def concrete(self, cls: type[Element], attributes: list[str]) -> type[Element] | None:
        """Return the class that `xsi:type` gives an element whose own one is abstract."""
        pairs = iter(attributes)
        for raw, text in zip(pairs, pairs, strict=True):
            name = self.reading.name(raw)
            if name.namespace == XSI and name.local == "type":
                return type_named(text, cls)
        return None

    def stranger(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open a child that the vocabulary does not know here; it is kept without effect."""
        if not self.plan.row.any_element and not self.reading.findings.full:
            self.reading.findings.add(self.strange(name))
        return ForeignFrame(self, name, attributes)

    def strange(self, name: XmlName) -> Finding:
        """Say why a child has no meaning here."""
        inside = f"in {tagged(self.plan.row.tag)}; it is kept without effect"
        own, details = self.reading.prefixes.own, dict[str, Any]()
        if not name.namespace and name.local in BY_TAG:
            message = f"{tagged(name.local)} is in no namespace, so it is none of BPMN's, {inside}"
            prefixed = tagged(f"{own}:{name.local}")
            details["remedy"] = f"write {prefixed}" if own else 'remove xmlns=""'
        elif not name.tag:
            message = f"the foreign {tagged(str(name))} stands outside of an extension {inside}"
            details["severity"] = Severity.NOTE
        elif name.tag in BY_TAG:
            message = f"{tagged(name.tag)} may not stand {inside}"
        else:
            message = f"BPMN knows no {tagged(name.tag)} {inside}"
        return replace(self.reading.finding(codes.UNKNOWN_ELEMENT, message, self), **details)

    def text(self, text: str) -> None:
        """Keep text where it is allowed."""
        if self.plan.mixed:
            self.texts[-1].append(text)
        elif text.strip(SPACE):
            message = f"text in {tagged(self.plan.row.tag)} is dropped"
            place = beginning(text, self.reading.place())
            self.reading.report(codes.STRAY_TEXT, message, self, place)

    def add(self, slot: ChildSlot, value: Any) -> None:
        """Take the value of a child."""
        if slot.many:
            self.lists.setdefault(slot.field, []).append(value)
        else:
            self.values[slot.field] = value

    def add_foreign(self, element: ForeignElement) -> None:
        """Take a foreign child."""
        self.lists.setdefault("foreign_elements", []).append(element)
        self.texts.append([])

    def close(self) -> None:
        """Make the element."""
        plan, values, lists = self.plan, self.values, self.lists
        if plan.mixed:
            foreign = lists.get("foreign_elements", [])
            alone = not (lists.keys() - {"extension_attributes"})
            values[plan.mixed], kept = interleaved(self.texts, foreign, verbatim=alone)
            lists["foreign_elements"] = list(kept)
        for field, items in lists.items():
            values[field] = tuple(items)
        for part in plan.required:
            if part.field not in values or isinstance(values[part.field], tuple):
                self.complete(part)
        if plan.identified and not values.get("id"):
            values["id"] = self.reading.make_id(plan.cls, self)
        if plan.cls not in PLACES or None not in values.values():
            self.parent.add(self.slot, plan.cls(**values))
        elif self.slot.child.minimum == 1:
            self.parent.add(self.slot, NEEDED[self.slot.field])

    def complete(self, part: Attribute | Child) -> None:
        """Report what is missing, and put in what the model cannot do without."""
        if isinstance(part, Attribute):
            self.complete_attribute(part)
            return
        number = len(self.values.get(part.field, ()))
        if part.alternative or number >= part.minimum:
            return
        if part.field in NEEDED:
            self.values[part.field] = NEEDED[part.field]
        wanted = f"{part.minimum} {tagged(part.tag)}, and it has {number}"
        if part.maximum == 1:
            wanted = tagged(part.tag)
        message = f"{tagged(self.plan.row.tag)} needs {wanted}"
        self.reading.report(codes.MISSING, message, self, self.place)

    def complete_attribute(self, part: Attribute) -> None:
        """Report an attribute that is missing; "" stands for it, nothing for a number."""
        message = f"{tagged(self.plan.row.tag)} needs the attribute '{part.name}'"
        if part.type.python is float:
            self.values[part.field] = None
            self.reading.report(codes.MISSING_NUMBER, message, self, self.place)
        else:
            self.values[part.field] = ""
            self.reading.report(codes.MISSING, message, self, self.place)


class ExtensionsFrame:
    """What holds foreign elements only: `extensionElements`, and `extension` in drawings."""

    __slots__ = ("parent", "reading", "slot")

    def __init__(self, parent: ElementFrame, slot: ChildSlot, attributes: list[str]) -> None:
        self.parent, self.slot, self.reading = parent, slot, parent.reading
        if attributes:
            self.reading.report(
                codes.NOT_KEPT, f"{tagged(slot.child.tag)} has attributes; they are dropped"
            )

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open a foreign element."""
        return ForeignFrame(self, name, attributes)

    def text(self, text: str) -> None:
        """Drop text."""
        if text.strip(SPACE):
            self.reading.report(
                codes.STRAY_TEXT, f"text in {tagged(self.slot.child.tag)} is dropped"
            )

    def add_foreign(self, element: ForeignElement) -> None:
        """Hand an extension to the element that it extends."""
        self.parent.add(self.slot, element)

    def close(self) -> None:
        """There is nothing to make."""


class ValueFrame:
    """A child that is only a value, most often the id of another element."""

    __slots__ = ("parent", "parts", "reading", "slot")

    def __init__(self, parent: ElementFrame, slot: ChildSlot, attributes: list[str]) -> None:
        self.parent, self.slot, self.reading = parent, slot, parent.reading
        self.parts: list[str] = []
        if attributes:
            self.reading.report(
                codes.NOT_KEPT, f"{tagged(slot.child.tag)} has attributes; they are dropped"
            )

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open an element that cannot stand here; it is read over."""
        self.reading.report(
            codes.NOT_KEPT, f"{tagged(str(name))} in {tagged(self.slot.child.tag)} is dropped"
        )
        return ForeignFrame(self, name, attributes)

    def text(self, text: str) -> None:
        """Keep text."""
        self.parts.append(text)

    def add_foreign(self, element: ForeignElement) -> None:
        """Drop an element."""

    def close(self) -> None:
        """Make the value; an empty one is left out."""
        text = "".join(self.parts).strip(SPACE)
        if text:
            value = self.reading.prefixes.resolve(text) if ":" in text else text
            self.parent.add(self.slot, value)
        else:
            parent = self.parent
            message = f"{tagged(self.slot.child.tag)} is empty; it is left out"
            self.reading.report(codes.MISSING, message, parent, parent.place)


def type_named(text: str, base: type[Element]) -> type[Element] | None:
    """Return the class that an `xsi:type` names, if it is `base` or derived from it.

    >>> type_named("bpmn:tFormalExpression", Expression)
    <class 'bpmn_xml.model.common.FormalExpression'>
    """
    name = text.strip().rpartition(":")[2].lower()
    cls = TYPES.get(name) or TYPES.get(name.removeprefix("t"))
    return cls if cls is not None and issubclass(cls, base) else None
