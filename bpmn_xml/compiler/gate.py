"""The gate: what cannot be run faithfully is found before the first step, all at once.

About running only: what the standard forbids but an engine can run faithfully is not refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.words import with_article
from bpmn_xml.model.about import element_word
from bpmn_xml.wording import quoted


class Doubt(NamedTuple):
    """An attribute that changes the flow: which values cannot be run, and what they are."""

    cannot: Callable[[Any], bool]
    what: str
    remedy: str


MOST_TOKENS: Final = 1_000
"""How many tokens an activity may send on at once: all of them are placed in one step."""

ATTRIBUTES: Final[Mapping[str, Doubt]] = {
    "start_quantity": Doubt(lambda v: v < 1, "a startQuantity less than 1", "set it to 1"),
    "completion_quantity": Doubt(
        lambda v: not 1 <= v <= MOST_TOKENS,
        f"a completionQuantity less than 1 or more than {MOST_TOKENS:,}",
        "set it to 1",
    ),
}


def check_node(file: DiagramFile, node: m.FlowNode) -> None:
    """Find attributes of a node that cannot be run."""
    for field, doubt in _doubts(type(node)):
        if doubt.cannot(getattr(node, field)):
            file.refuse(codes.ATTRIBUTE, node, doubt.what, doubt.remedy)


@cache
def _doubts(kind: type[m.FlowNode]) -> tuple[tuple[str, Doubt], ...]:
    return tuple((f, doubt) for f, doubt in ATTRIBUTES.items() if f in kind.__struct_fields__)


def refuse_kind(file: DiagramFile, node: m.FlowNode) -> None:
    """Refuse an element of a kind that cannot be run."""
    what = with_article(element_word(node))
    file.refuse(codes.ELEMENT, node, what, "draw a task instead")


def check_extensions(file: DiagramFile) -> None:
    """Find extensions of which the file says that they must be understood."""
    for extension in file.definitions.extensions:
        if extension.must_understand:
            name = f"extension {quoted(extension.definition)}" if extension.definition else "it"
            what = f"{name} must be understood, and is not known"
            remedy = "remove it, or set mustUnderstand to false"
            file.report(codes.UNDERSTOOD, extension, what, remedy)
