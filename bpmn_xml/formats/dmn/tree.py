"""What the parts of a decision model ask of the tree: children, texts and names; and faults.

>>> from bpmn_xml.model import ForeignElement as E
>>> text_in(E(name="input", children=(E(name="text", text=" 5 "),)), "text")
'5'
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bpmn_xml.codes import finding
from bpmn_xml.formats import codes
from bpmn_xml.formats.findings import Findings
from bpmn_xml.model import ForeignElement
from bpmn_xml.wording import quoted


class Tree:
    """One reading of one model: where its faults go."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def fault(self, code: str, element: ForeignElement, message: str) -> None:
        """Report what keeps the model from being read as it is."""
        identity, name = element.attribute("id") or "", element.attribute("name") or ""
        self.findings.add(finding(code, message, place=element.place, id=identity, name=name))

    def word(self, element: ForeignElement, name: str, known: Collection[str], default: str) -> str:
        """Read an attribute that is one of some words."""
        text = (element.attribute(name) or default).strip()
        if text in known:
            return text
        words = ", ".join(word for word in known if word)
        self.fault(codes.WRONG_VALUE, element, f"{name}={quoted(text)} is none of {words}")
        return default


def below(element: ForeignElement, *names: str) -> Iterator[ForeignElement]:
    """Yield the children of these names."""
    return (child for child in element.children if child.name in names)


def child(element: ForeignElement, name: str) -> ForeignElement | None:
    """Return the first child of a name."""
    return next(below(element, name), None)


def text_in(element: ForeignElement, name: str) -> str:
    """Return the text of the first child of a name, without blanks around."""
    found = child(element, name)
    return found.text.strip() if found else ""


def name_in(element: ForeignElement, name: str = "name") -> str:
    """Return a name: one blank between its words."""
    return " ".join((element.attribute(name) or "").split())


def type_in(element: ForeignElement) -> str:
    """Return the type that an element declares; the prefix of FEEL's own types says nothing.

    In DMN 1.1 it is a qualified name, `feel:string`.
    """
    found = (element.attribute("typeRef") or text_in(element, "typeRef")).strip()
    _, colon, local = found.partition(":")
    return local if colon and "<" not in found else found
