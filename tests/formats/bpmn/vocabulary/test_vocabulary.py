"""The vocabulary agrees with the classes of the model and with the OMG's own schemas."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml import model
from bpmn_xml.formats.bpmn.vocabulary import (
    BY_CLASS,
    BY_TAG,
    BY_TYPE,
    ROWS,
    SIMPLE_TYPES,
    lineage,
    substitutes,
)
from bpmn_xml.formats.xml.namespaces import NAMESPACES

XSD = "{http://www.w3.org/2001/XMLSchema}"
FILES = {"BPMN20": "", "Semantic": "", "BPMNDI": "bpmndi", "DI": "di", "DC": "dc"}
SUPPORT = {model.Element, model.ForeignElement, model.ForeignAttribute, model.Namespaces}
MODEL_CLASSES = [
    value
    for value in vars(model).values()
    if isinstance(value, type) and issubclass(value, msgspec.Struct) and value not in SUPPORT
]


def own_fields(cls):
    """The fields that a class adds to its bases, with their defaults."""
    names, defaults = cls.__struct_fields__, cls.__struct_defaults__
    padded = [msgspec.NODEFAULT] * (len(names) - len(defaults)) + list(defaults)
    inherited = {name for base in cls.__bases__ for name in getattr(base, "__struct_fields__", ())}
    return {n: d for n, d in zip(names, padded, strict=True) if n not in inherited}


def test_every_class_has_one_row():
    assert sorted(c.__name__ for c in MODEL_CLASSES) == sorted(r.cls.__name__ for r in ROWS)
    assert len(BY_CLASS) == len(BY_TAG) == len(BY_TYPE) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_fields_of_the_row_are_those_of_the_class(row):
    named = [part.field for part in (*row.attributes, *row.children)]
    expected = {*named, *([row.mixed] if row.mixed else [])}
    if row.cls is model.Definitions:
        expected.add("namespaces")
    assert set(own_fields(row.cls)) == expected
    assert len(named) == len(set(named))


ATTRIBUTES = [(row, attribute) for row in ROWS for attribute in row.attributes]


@pytest.mark.parametrize(
    ("row", "attribute"),
    ATTRIBUTES,
    ids=lambda part: getattr(part, "tag", getattr(part, "name", "")),
)
def test_defaults_of_the_row_are_those_of_the_class(row, attribute):
    default = own_fields(row.cls)[attribute.field]
    made_up = attribute.name == "id" and default is msgspec.NODEFAULT
    lenient = attribute.name == "targetNamespace" and default == ""
    if attribute.required or made_up:
        assert default is msgspec.NODEFAULT or lenient
    else:
        assert default == attribute.default
    if attribute.default is not None:
        assert type(attribute.default) is attribute.type.python


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_the_class_inherits_as_the_rows_say(row):
    assert lineage(row.cls)[-1] is row
    assert all(head in BY_TAG for head in [row.head] if head)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_every_child_has_a_type(row):
    for child in row.children:
        if isinstance(child.type, str):
            assert child.type in BY_TYPE
        elif child.type is None and not child.wildcard:
            assert child.tag in BY_TAG
            assert substitutes(child.tag)


def test_what_is_referred_to_has_an_id():
    parts = [part for row in ROWS for part in (*row.attributes, *row.children)]
    targets = [part.target for part in parts if part.target]
    classes = [c for target in targets for c in (target if isinstance(target, tuple) else [target])]
    assert all("id" in cls.__struct_fields__ for cls in classes)
    assert all(part.type.reference for part in parts if part.target)


class Schema:
    """What the OMG's files say, in the words of the vocabulary."""

    def __init__(self, folder):
        etree = pytest.importorskip("lxml.etree")
        self.types, self.elements, self.simple = {}, {}, {}
        for name, prefix in FILES.items():
            root = etree.parse(str(folder / f"{name}.xsd")).getroot()
            for node in root.iterchildren(f"{XSD}complexType", f"{XSD}element", f"{XSD}simpleType"):
                kind = node.tag.removeprefix(XSD)
                table = {"complexType": self.types, "element": self.elements}.get(kind, self.simple)
                table[self.name(node.get("name"), prefix)] = (node, prefix)

    @staticmethod
    def name(text, prefix):
        if text is None or ":" in text or not prefix:
            return text
        return f"{prefix}:{text}"


@pytest.fixture(scope="module")
def schema(shared_data):
    return Schema(shared_data / "omg-xsd")


def test_types_are_those_of_the_schema(schema):
    assert set(schema.types) - {"tExtensionElements"} == set(BY_TYPE)


def test_elements_are_those_of_the_schema(schema):
    assert set(schema.elements) - {"extensionElements"} == set(BY_TAG)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_the_element_is_that_of_the_schema(schema, row):
    node, prefix = schema.elements[row.tag]
    assert schema.name(node.get("type"), prefix) == row.type
    assert (node.get("substitutionGroup") or "") == row.head


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_the_type_is_that_of_the_schema(schema, row):
    node, prefix = schema.types[row.type]
    bases = [schema.name(n.get("base"), prefix) for n in node.iter(f"{XSD}extension")]
    rows = lineage(row.cls)
    assert bases == ([rows[-2].type] if len(rows) > 1 else [])
    assert (node.get("abstract") == "true") == row.abstract
    assert (node.get("mixed") == "true") == bool(row.mixed)
    wildcards = [n.get("namespace") for n in node.iter(f"{XSD}anyAttribute")]
    assert wildcards == (["##other"] if row.any_attribute else [])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_attributes_are_those_of_the_schema(schema, row):
    node, prefix = schema.types[row.type]
    expected = [
        (
            n.get("name"),
            schema.name(n.get("type"), prefix),
            n.get("default"),
            n.get("use") == "required",
        )
        for n in node.iter(f"{XSD}attribute")
    ]
    found = [(a.name, a.type.name, spell(a.default), a.required) for a in row.attributes]
    assert found == expected


def spell(default):
    return (
        default
        if default is None
        else str(default).lower()
        if default in (True, False)
        else str(default)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_children_are_those_of_the_schema(schema, row):
    node, prefix = schema.types[row.type]
    expected, wildcard = [], ""
    for n in node.iter(f"{XSD}element", f"{XSD}any"):
        if n.tag == f"{XSD}any":
            wildcard = n.get("namespace")
            continue
        ends = (int(n.get("minOccurs", 1)), n.get("maxOccurs", "1"))
        tag = schema.name(n.get("ref") or n.get("name"), prefix)
        expected.append((tag, schema.name(n.get("type"), prefix), *ends))
    held = [child for child in row.children if child.wildcard]
    assert wildcard == (row.any_element or (held[0].wildcard if prefix == "di" and held else ""))
    found = [
        (c.tag, getattr(c.type, "name", c.type), c.minimum, str(c.maximum or "unbounded"))
        for c in row.children
    ]
    assert found == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.tag)
def test_alternatives_are_those_of_the_schema(schema, row):
    node, prefix = schema.types[row.type]
    expected = {}
    for choice in node.iter(f"{XSD}choice"):
        for number, option in enumerate(choice, 1):
            for n in option.iter(f"{XSD}element"):
                expected[schema.name(n.get("ref") or n.get("name"), prefix)] = number
    assert {c.tag: c.alternative for c in row.children if c.alternative} == expected


def test_simple_types_are_those_of_the_schema(schema):
    assert {simple.name for simple in SIMPLE_TYPES} == set(schema.simple)
    for simple in SIMPLE_TYPES:
        node, _ = schema.simple[simple.name]
        values = tuple(n.get("value") for n in node.iter(f"{XSD}enumeration"))
        assert simple.values == values
        assert simple.open == bool(list(node.iter(f"{XSD}union")))


def test_namespaces_are_those_of_the_schema(shared_data):
    etree = pytest.importorskip("lxml.etree")
    for name, prefix in FILES.items():
        root = etree.parse(str(shared_data / "omg-xsd" / f"{name}.xsd")).getroot()
        assert root.get("targetNamespace") == NAMESPACES[prefix]
