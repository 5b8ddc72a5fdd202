"""Infrastructure (8.2): the root of a file and what it imports."""

from __future__ import annotations

import msgspec

from bpmn_xml.model.diagram import BPMNDiagram
from bpmn_xml.model.foundation import Element, Extension, Relationship, RootElement
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.model.process import Process


class Namespaces(msgspec.Struct, frozen=True, eq=False):
    """Which prefix stands for which namespace: pairs (prefix, namespace), the root's own first.

    All are equal: a prefix is a matter of spelling, so two models that differ only in their
    prefixes compare equal.
    """

    bindings: tuple[tuple[str, str], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Namespaces)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return 0


class Import(Element, frozen=True, kw_only=True):
    """Another file, of BPMN or of something else, that references lead into (8.2)."""

    namespace: str
    location: str
    import_type: str


class Definitions(Element, frozen=True, kw_only=True):
    """The root of a file: everything it declares, and the drawings of it (8.2)."""

    id: str
    target_namespace: str = ""
    name: str | None = None
    expression_language: str = "http://www.w3.org/1999/XPath"
    type_language: str = "http://www.w3.org/2001/XMLSchema"
    exporter: str | None = None
    exporter_version: str | None = None
    imports: tuple[Import, ...] = ()
    extensions: tuple[Extension, ...] = ()
    root_elements: tuple[RootElement, ...] = ()
    diagrams: tuple[BPMNDiagram, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    namespaces: Namespaces = Namespaces()

    def __repr__(self) -> str:
        """Its file, and the processes with the number of their elements: all would fill pages."""
        own = [root for root in self.root_elements if isinstance(root, Process)]
        told = [repr(root)[1:-1] for root in own]
        return f"<Definitions {self.place.file or self.id}: {'; '.join(told) or 'no process'}>"

    def _repr_svg_(self) -> str:
        """Its drawing, for a notebook."""
        return str(from_notebook("svg_of")(self))
