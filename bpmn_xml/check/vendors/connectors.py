"""The headers that Camunda's connectors read: their names, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.vendors.demands import NO_CHOICE
from bpmn_xml.check.vendors.sayings import doubt
from bpmn_xml.errors import ExpressionError, Finding
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.wording import suggest

CONNECTORS: Final = "io.camunda:"
"""How the types of jobs begin that Camunda's connectors do."""

HEADERS: Final = frozenset(
    {
        "elementTemplateId",
        "elementTemplateVersion",
        "errorExpression",
        "resultExpression",
        "resultVariable",
        "retryBackoff",
    }
)
"""The headers that connectors read."""

EXPRESSIONS: Final = frozenset({"resultExpression", "errorExpression"})
"""The headers of connectors that are FEEL."""


def headers(words: Sequence[m.ForeignElement], owner: m.Element) -> Iterator[Finding]:
    """Find headers of connectors that say nothing to them, or nothing that they can read."""
    types = [one.attribute("type") or "" for one in words if one.name == "taskDefinition"]
    if not any(one.startswith(CONNECTORS) for one in types):
        return
    for header in (one for word in words if word.name == "taskHeaders" for one in word.children):
        name, value = header.attribute("key") or "", (header.attribute("value") or "").strip()
        if name not in HEADERS and (meant := suggest(name, HEADERS)):
            what = f"its header {name!r} is none that connectors read"
            yield doubt(NO_CHOICE, owner, header.place, what, meant)
        if name == "resultVariable" and value and not value.isidentifier():
            what = f"its header {name} is {value!r}"
            yield doubt(NO_CHOICE, owner, header.place, what, "write a name: letters, digits and _")
        if name in EXPRESSIONS and value:
            try:
                compile_text(value.removeprefix("="), "feel")
            except ExpressionError as error:
                what = f"its header {name} cannot be read: {error}"
                yield doubt(NO_CHOICE, owner, header.place, what, "correct the FEEL")
