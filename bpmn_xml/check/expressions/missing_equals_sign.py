"""Texts of mappings in drawings for Camunda 8 that seem to be meant as FEEL, but lack the `=`.

Camunda takes them as they stand, and so do we. That is right for most: so it is only a note, and
only where a text reads what the drawing knows, or calls what FEEL has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import is_template
from bpmn_xml.errors import ExpressionError, Finding, Severity
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions import tree
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.vendors import ZEEBE
from bpmn_xml.model.walk import owned
from bpmn_xml.wording import quoted

UNMARKED: Final = "BX737"


WRITTEN: Final = ("resultVariable", "outputCollection", "inputElement")
"""The attributes of Camunda 8 that name a variable; so does the target of an output."""

LONG: Final = 4
"""The letters that a name has at least which says the same as its target."""


def missing_equals_sign(definitions: m.Definitions) -> Iterator[Finding]:
    """Find texts of mappings that seem to be meant as FEEL, each at its line."""
    words = [(owner, word) for element, owner in owned(definitions) for word in _words(element)]
    mapped = [one for one in words if one[1].name in ("input", "output") and _text(one[1])]
    known = frozenset(_known(definitions, [word for _, word in words])) if mapped else frozenset()
    for owner, word in mapped:
        text, target = _text(word), word.attribute("target") or ""
        if is_template(text) or seems_meant(text, target, known):
            message = f"its mapping to {quoted(target)} gives the text {quoted(text)} as it stands"
            yield finding_about(owner, UNMARKED, message, place=word.place)
    for owner, word in words:
        for one in word.attributes:
            if one.value != one.value.lstrip() and one.value.lstrip().startswith("="):
                message = f"{one.name} begins with a blank, and so is a text for Camunda 8"
                found = finding_about(owner, UNMARKED, message, "write = first", place=word.place)
                yield replace(found, severity=Severity.WARNING)


def seems_meant(text: str, target: str, known: frozenset[str]) -> bool:
    """Tell whether a text seems to be meant as an expression.

    >>> nothing = frozenset()
    >>> seems_meant("cost", "sum", frozenset({"cost"})), seems_meant("cost", "sum", nothing)
    (True, False)
    >>> seems_meant("text/plain", "type", nothing), seems_meant("state", "newState", nothing)
    (False, True)
    >>> seems_meant("[1, 2]", "tubes", nothing)
    True
    """
    try:
        found = compile_text(text, "feel")
    except ExpressionError:
        return False
    if any(isinstance(term, tree.Call | tree.Items) for term in tree.walk(found.tree)):
        return True
    names = frozenset(found.names)
    last = target.rpartition(".")[2].casefold()
    echoed = text.isidentifier() and len(text) >= LONG and last.endswith(text.casefold())
    return bool(names) and (names <= known or echoed)


def _words(element: m.Element) -> Iterator[m.ForeignElement]:
    """The words of Camunda 8 on an element, however deep."""
    waiting = list(getattr(element, "extension_elements", ()))
    while waiting:
        word = waiting.pop()
        if word.namespace == ZEEBE:
            yield word
            waiting += word.children


def _text(word: m.ForeignElement) -> str:
    """The source of a mapping that is a text; nothing where it is an expression."""
    text = (word.attribute("source") or "").strip()
    return "" if text.startswith("=") else text


def _known(definitions: m.Definitions, words: Iterable[m.ForeignElement]) -> Iterator[str]:
    """The variables that expressions read, and those that are written by name."""
    texts = [one.body for one, _ in owned(definitions) if isinstance(one, m.Expression)]
    for word in words:
        texts += [attribute.value for attribute in word.attributes]
        yield from filter(None, (word.attribute(name) for name in WRITTEN))
        if word.name == "output":
            yield (word.attribute("target") or "").partition(".")[0]
    for text in texts:
        if text.lstrip().startswith("="):
            try:
                yield from compile_text(text, "feel").names
            except ExpressionError:
                continue  # the gate tells of it
