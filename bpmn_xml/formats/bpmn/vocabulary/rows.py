"""What a row of the vocabulary is: one type of the schema and the class that holds its values.

Tags are written with the usual prefixes; those of the BPMN model itself have none.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from bpmn_xml.formats.bpmn.vocabulary.types import SimpleType
from bpmn_xml.model import Element

Target = type[Element] | tuple[type[Element], ...]

IRREGULAR_FIELDS: Final = {
    "from": "from_",
    "BPMNDiagram": "diagram",
    "BPMNEdge": "edge",
    "BPMNLabel": "label",
    "BPMNLabelStyle": "label_style",
    "BPMNPlane": "plane",
    "BPMNShape": "shape",
    "DiagramElement": "element",
}
IRREGULAR_PLURALS: Final = {
    "documentation": "documentation",
    "incoming": "incoming",
    "outgoing": "outgoing",
    "property": "properties",
    "supports": "supports",
}


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute: its name and type, the field that holds it, what it refers to.

    A required one has no default; a reader puts "" where a file left it out.
    """

    name: str
    field: str
    type: SimpleType
    default: str | int | bool | None = None
    required: bool = False
    target: Target | None = None


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """A child: its tag, or the head of those that may stand there, and how many of them.

    `type` is a simple type for a child that is only a value, the name of a complex type for one
    declared on the spot, nothing for one that has its own row. `maximum` is `None` where there
    is no end. Those with the same `alternative` exclude those with another one. A `wildcard`
    child holds foreign elements only.
    """

    tag: str
    field: str
    type: SimpleType | str | None = None
    minimum: int = 0
    maximum: int | None = 1
    target: Target | None = None
    alternative: int = 0
    wildcard: str = ""


class TypeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One complex type: its class, its element, what it adds to its base.

    `head` is the element that this one may stand for (its substitution group), `mixed` the
    field that holds its text, `any_element` the namespaces of foreign children.
    """

    cls: type[Element]
    tag: str
    head: str = ""
    abstract: bool = False
    mixed: str = ""
    any_attribute: bool = False
    any_element: str = ""
    attributes: tuple[Attribute, ...] = ()
    children: tuple[Child, ...] = ()

    @property
    def type(self) -> str:
        """The name of the complex type in the schema."""
        return self.tag if ":" in self.tag else f"t{self.cls.__name__}"


def row(  # noqa: PLR0913 (a row of a table is wide)
    cls: type[Element],
    *parts: Attribute | Child,
    tag: str = "",
    head: str = "",
    abstract: bool = False,
    mixed: str = "",
    any_attribute: bool = False,
    any_element: str = "",
) -> TypeRow:
    """Make a row from its attributes and its children in the order of the schema.

    Its tag is the name of its class in camel case, unless another one is given.
    """
    name = cls.__name__
    return TypeRow(
        cls=cls,
        tag=tag or name[0].lower() + name[1:],
        head=head,
        abstract=abstract,
        mixed=mixed,
        any_attribute=any_attribute,
        any_element=any_element,
        attributes=tuple(part for part in parts if isinstance(part, Attribute)),
        children=tuple(part for part in parts if isinstance(part, Child)),
    )


def attribute(
    name: str,
    type_: SimpleType,
    *,
    default: str | int | bool | None = None,
    required: bool = False,
    to: Target | None = None,
) -> Attribute:
    """Declare an attribute.

    >>> from bpmn_xml.formats.bpmn.vocabulary.types import BOOLEAN
    >>> attribute("isClosed", BOOLEAN, default=False).field
    'is_closed'
    """
    return Attribute(
        name=name,
        field=field_name(name),
        type=type_,
        default=default,
        required=required,
        target=to,
    )


def one(
    tag: str,
    type_: SimpleType | str | None = None,
    *,
    minimum: int = 0,
    to: Target | None = None,
    alternative: int = 0,
) -> Child:
    """Declare a child that stands at most once."""
    return Child(
        tag=tag,
        field=field_name(tag),
        type=type_,
        minimum=minimum,
        target=to,
        alternative=alternative,
    )


def many(  # noqa: PLR0913 (a row of a table is wide)
    tag: str,
    type_: SimpleType | str | None = None,
    *,
    minimum: int = 0,
    maximum: int | None = None,
    to: Target | None = None,
    alternative: int = 0,
) -> Child:
    """Declare a child that may stand more than once.

    >>> many("laneSet").field, many("dataInputRefs").field
    ('lane_sets', 'data_input_refs')
    """
    return Child(
        tag=tag,
        field=plural(field_name(tag)),
        type=type_,
        minimum=minimum,
        maximum=maximum,
        target=to,
        alternative=alternative,
    )


def extensions(tag: str) -> Child:
    """Declare the child that holds the extensions of vendors."""
    return Child(tag=tag, field="extension_elements", wildcard="##other")


def field_name(tag: str) -> str:
    """Derive the name of a field from that of an attribute or child.

    >>> field_name("isForCompensation"), field_name("dc:Bounds"), field_name("from")
    ('is_for_compensation', 'bounds', 'from_')
    """
    local = tag.rpartition(":")[2]
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", local).lower()
    return IRREGULAR_FIELDS.get(local, snake)


def plural(field: str) -> str:
    """Derive the name of a field that holds several values."""
    return IRREGULAR_PLURALS.get(field, field if field.endswith("refs") else f"{field}s")
