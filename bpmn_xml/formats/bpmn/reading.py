"""One reading of a BPMN document: typed attributes, and the ids that it uses and lacks."""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml.errors import Severity
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn import values
from bpmn_xml.formats.bpmn.vocabulary import Attribute
from bpmn_xml.formats.bpmn.vocabulary.types import DOUBLE, ID
from bpmn_xml.formats.limits import Limits
from bpmn_xml.formats.xml.reading import NamedFrame, XmlReading
from bpmn_xml.formats.xml.wording import excerpt
from bpmn_xml.model import Element

IDS: Final = re.compile(rb"\bid\s*=\s*[\"']\s*([^\"'<\s]{1,500})\s*[\"']")


class BpmnReading(XmlReading):
    """What the frames of a BPMN document share.

    Attributes:
        repeated_ids: whether some id stands twice.
        made_ids: the ids that elements were given for want of one.
        repeated: frames that hold a second child where one may stand, and the field of it.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        super().__init__(data, name, limits, codes.NOT_BPMN)
        self.ids: set[str] = set()
        self.repeated_ids = False
        self.taken: set[str] | None = None
        self.made: dict[str, int] = {}
        self.made_ids: set[str] = set()
        self.repeated: list[tuple[NamedFrame, str]] = []

    def value(self, attribute: Attribute, text: str, frame: NamedFrame) -> Any:
        """Turn the text of an attribute into its value; a wrong one is a fault, but in drawings."""
        simple = attribute.type
        if simple.reference:
            return self.prefixes.resolve(text.strip()) if ":" in text else text.strip()
        if simple is ID:
            value = text.strip()
            self.repeated_ids = self.repeated_ids or value in self.ids
            self.ids.add(value)
            return value
        if not (attribute.required or values.is_text(simple) or text.strip()):
            message = f"{attribute.name}='' is read as if it were not there"
            self.report(codes.LAX_VALUE, message, frame, self.attribute_place(attribute.name))
            return attribute.default
        try:
            value = values.parse(text, simple)
        except ValueError as error:
            message = f"{attribute.name}={excerpt(text)!r} is not {error}"
            place = self.attribute_place(attribute.name)
            found = self.finding(codes.WRONG_VALUE, message, frame, place)
            if simple is not DOUBLE:
                self.findings.add(found)
                return simple.python()
            self.findings.add(replace(found, severity=Severity.WARNING))
            return attribute.default
        if values.is_lax(text, value, simple):
            message = f"{attribute.name}={excerpt(text)!r} is read as {values.spell(value, simple)}"
            self.report(codes.LAX_VALUE, message, frame, self.attribute_place(attribute.name))
        return value

    def make_id(self, cls: type[Element], frame: NamedFrame) -> str:
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
        self.report(codes.MADE_UP_ID, message, frame, frame.place)
        return made
