"""Write BPMN 2.0 XML in the strict order of the schema, with the prefixes the model was read with.

`read(write(model)) == model`. Nothing here recurses: each element is a generator that yields
those of its children, and one loop runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.bpmn import values
from bpmn_xml.formats.bpmn.vocabulary import (
    BY_CLASS,
    BY_TYPE,
    Attribute,
    Child,
    SimpleType,
    lineage,
    substitutes,
)
from bpmn_xml.formats.xml.markup import Markup, Tag, prefix_in, unused
from bpmn_xml.formats.xml.namespaces import DRAFTS, NAMESPACES, XSI
from bpmn_xml.model import Definitions, Element, ForeignAttribute, ForeignElement

PREFIXES: Final = {"": "bpmn", "bpmndi": "bpmndi", "dc": "dc", "di": "di"}
"""The prefixes to write where a model says nothing else."""

Steps = Iterator["Steps"]


def write_bpmn(definitions: Definitions) -> bytes:
    """Write a model as UTF-8; `UsageError` for what XML cannot hold.

    >>> from bpmn_xml.model import Definitions, Process
    >>> print(write_bpmn(Definitions(id="d", root_elements=(Process(id="p"),))).decode())
    <?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" ...>
      <bpmn:process id="p"/>
    </bpmn:definitions>
    <BLANKLINE>
    """
    writer = BpmnWriter(definitions)
    running: list[Steps] = [writer.element("definitions", definitions, type(definitions))]
    while running:
        step = next(running[-1], None)
        if step is None:
            running.pop()
        else:
            running.append(step)
    return writer.markup.text().encode()


@cache
def parts_of(cls: type[Element]) -> tuple[tuple[Attribute, ...], tuple[Child, ...], str]:
    """Return the attributes and children of a class in order, and the field of its text."""
    rows = lineage(cls)
    if cls not in BY_CLASS:
        raise UsageError(f"{cls.__name__} is no element of BPMN")
    return (
        tuple(attribute for row in rows for attribute in row.attributes),
        tuple(child for row in rows for child in row.children),
        next((row.mixed for row in rows if row.mixed), ""),
    )


def declarations(definitions: Definitions) -> dict[str, str]:
    """Return what the root declares: what was read, and what is needed besides."""
    declared: dict[str, str] = {}
    for prefix, namespace in definitions.namespaces.bindings:
        known = NAMESPACES[DRAFTS[namespace]] if namespace in DRAFTS else namespace
        declared.setdefault(prefix, known)
    drawn = ("bpmndi", "dc", "di") if definitions.diagrams else ()
    for key in ("", *drawn):
        if NAMESPACES[key] not in declared.values():
            add(declared, PREFIXES[key], NAMESPACES[key])
    if not prefix_in(declared, XSI):
        add(declared, "xsi", XSI)
    for imported in definitions.imports:
        if imported.namespace and not prefix_in(declared, imported.namespace):
            add(declared, unused(declared), imported.namespace)
    return declared


def add(declared: dict[str, str], prefix: str, namespace: str) -> None:
    """Declare a namespace, under another prefix if that one is taken."""
    declared[unused(declared) if prefix in declared else prefix] = namespace


class BpmnWriter:
    """What all elements of one document share while it is written."""

    def __init__(self, definitions: Definitions) -> None:
        declared = declarations(definitions)
        self.markup = Markup(declared)
        own = {uri: prefix for prefix, uri in reversed(declared.items())}
        own[XSI] = prefix_in(declared, XSI) or ""
        self.prefixes = {key: own.get(uri, "") for key, uri in NAMESPACES.items()}
        self.xsi = own[XSI]
        kept = {self.prefixes[key]: uri for key, uri in NAMESPACES.items() if uri in own}
        self.keep = {**kept, self.xsi: XSI}

    def tag(self, name: str) -> Tag:
        """Return a tag of the vocabulary as it is written here."""
        key, _, local = name.rpartition(":")
        return Tag(NAMESPACES[key], local, self.prefixes[key])

    def element(self, tag: str, element: Element, declared: type[Element]) -> Steps:
        """Write an element. `declared` is the class that its tag means by itself."""
        attributes, children, mixed = parts_of(type(element))
        text = getattr(element, mixed) if mixed else ""
        inline = bool(text) or any(foreign.tail for foreign in element.foreign_elements)
        self.markup.start(
            self.tag(tag),
            [*self.typed(element, declared), *self.attributes(element, attributes)],
            inline=inline,
            keep=self.keep,
        )
        self.markup.write(text)
        for child in children:
            held = getattr(element, child.field)
            if held is not None and held != ():
                yield from self.child(child, held if isinstance(held, tuple) else (held,))
        for foreign in element.foreign_elements:
            yield self.foreign(foreign)
        self.markup.end()

    def typed(self, element: Element, declared: type[Element]) -> list[tuple[Tag, str]]:
        """Return the `xsi:type` of an element whose tag does not tell its class."""
        if type(element) is declared:
            return []
        key, _, local = BY_CLASS[type(element)].type.rpartition(":")
        prefix = self.prefixes[key]
        name = f"{prefix}:{local}" if prefix else local
        return [(Tag(XSI, "type", self.xsi), name)]

    def attributes(
        self, element: Element, attributes: tuple[Attribute, ...]
    ) -> list[tuple[Tag, str]]:
        """Return the attributes of an element that are not just their default."""
        found = []
        for attribute in attributes:
            value = getattr(element, attribute.field)
            if value is None or (value == attribute.default and not attribute.required):
                continue
            if value == "" and attribute.type.reference and attribute.required:
                continue
            found.append((Tag("", attribute.name), self.spell(value, attribute.type)))
        return [*found, *map(foreign_attribute, element.extension_attributes)]

    def spell(self, value: Any, simple: SimpleType) -> str:
        """Return a value as it is written; a reference into another namespace with its prefix."""
        text = values.spell(value, simple)
        namespace, brace, local = text.rpartition("}")
        if simple.reference and brace and namespace.startswith("{"):
            prefix = self.markup.prefix_of(namespace[1:])
            return f"{prefix}:{local}" if prefix else text
        return text

    def child(self, child: Child, held: tuple[Any, ...]) -> Iterator[Steps]:
        """Write what a field holds, one after the other."""
        if child.wildcard:
            yield self.extensions(child.tag, held)
        elif isinstance(child.type, SimpleType):
            for item in held:
                self.markup.start(self.tag(child.tag), keep=self.keep)
                self.markup.write(self.spell(item, child.type))
                self.markup.end()
        else:
            elements: tuple[Element, ...] = held
            for element in elements:
                tag, declared = spot(child.tag, child.type, type(element))
                yield self.element(tag, element, declared)

    def extensions(self, tag: str, elements: tuple[ForeignElement, ...]) -> Steps:
        """Write what holds the extensions of vendors."""
        self.markup.start(self.tag(tag), keep=self.keep)
        for element in elements:
            yield self.foreign(element)
        self.markup.end()

    def foreign(self, element: ForeignElement) -> Steps:
        """Write a foreign element and the text behind it."""
        inline = bool(element.text) or any(child.tail for child in element.children)
        tag = Tag(element.namespace, element.name, element.prefix)
        self.markup.start(tag, [*map(foreign_attribute, element.attributes)], inline=inline)
        self.markup.write(element.text)
        for child in element.children:
            yield self.foreign(child)
        self.markup.end()
        self.markup.write(element.tail)


@cache
def spot(tag: str, type_: str | None, cls: type[Element]) -> tuple[str, type[Element]]:
    """Return the tag for an element of a class, and the class that the tag means by itself."""
    if type_:
        return tag, BY_TYPE[type_].cls
    for row in substitutes(tag):
        if row.cls is cls:
            return row.tag, cls
    return tag, Element


def foreign_attribute(attribute: ForeignAttribute) -> tuple[Tag, str]:
    """Return a foreign attribute as it is written."""
    return Tag(attribute.namespace, attribute.name, attribute.prefix), attribute.value
