"""Models of every shape that the vocabulary allows, for property tests."""

from __future__ import annotations

from itertools import count

from hypothesis import strategies as st
from msgspec.structs import replace

from bpmn_xml import model
from bpmn_xml.formats.bpmn.vocabulary import (
    BY_TYPE,
    SimpleType,
    lineage,
    substitutes,
)
from bpmn_xml.formats.xml.namespaces import MODEL

CONCRETE = {
    row.cls: [other.cls for other in BY_TYPE.values() if issubclass(other.cls, row.cls)]
    for row in BY_TYPE.values()
}
BINDINGS = [
    model.Namespaces(),
    model.Namespaces(bindings=(("", MODEL), ("a", "urn:a"), ("dc", "urn:other"))),
    model.Namespaces(bindings=(("semantic", MODEL), ("xsi", "urn:b"), ("o", "urn:other"))),
]
NAMES = st.sampled_from(["x", "y-1", "ä", "definitions"])
SPELLED = st.sampled_from([("", ""), ("urn:a", "a"), ("urn:b", "b"), ("urn:a", "z"), ("urn:d", "")])
OWNED = st.sampled_from([("urn:a", "a"), ("urn:b", "b"), ("urn:e", "a")])
BLANKS = " \t\r\n"
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.text(CHARACTERS | st.sampled_from("<>&\"'\n\t\r "), max_size=8)
SOLID = TEXT.filter(lambda text: text.strip(BLANKS))
STRIPPED = TEXT.map(str.strip)
NOTHING = st.just("")
REFERENCE = st.sampled_from(["r1", "r2", "{urn:other}r", "Ä.b-c"])
NUMBERS = {
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def simple(kind: SimpleType):
    """Values of a simple type."""
    if kind.reference:
        return REFERENCE
    if kind.values and not kind.open:
        return st.sampled_from(kind.values)
    if kind.python is str:
        return STRIPPED if kind.collapse else TEXT
    return NUMBERS[kind.python]


@st.composite
def foreign(draw, depth=2, tail=NOTHING):
    """A foreign element, with text between its children or without."""
    namespace, prefix = draw(SPELLED)
    has_text = draw(st.booleans())
    inner = foreign(depth=depth - 1, tail=SOLID if has_text else NOTHING)
    children = tuple(draw(st.lists(inner, max_size=2))) if depth else ()
    return model.ForeignElement(
        name=draw(NAMES),
        namespace=namespace,
        prefix=prefix,
        attributes=draw(foreign_attributes(SPELLED.filter(lambda pair: all(pair) == any(pair)))),
        children=children,
        text=draw(TEXT) if not children else draw(SOLID) if has_text else "",
        tail=draw(tail),
    )


@st.composite
def foreign_attributes(draw, spelled):
    """Foreign attributes with different names."""
    pairs = draw(st.lists(st.tuples(spelled, NAMES), max_size=2, unique_by=lambda pair: pair[1]))
    clash = len({namespace for (namespace, _), _ in pairs}) > len({p for (_, p), _ in pairs})
    kept = pairs[:1] if clash else pairs
    return tuple(
        model.ForeignAttribute(name=name, value=draw(TEXT), namespace=namespace, prefix=prefix)
        for (namespace, prefix), name in kept
    )


def parts_of(cls):
    """The attributes and the children of a class."""
    rows = lineage(cls)
    attributes = [part for row in rows for part in row.attributes]
    return attributes, [part for row in rows for part in row.children]


def some(parts, most):
    """The names of a few fields."""
    fields = [part.field for part in parts]
    return st.sets(st.sampled_from(fields), max_size=most) if fields else st.just(set())


@st.composite
def elements(draw, cls, numbers, depth):
    """An element of a class, with children down to some depth."""
    attributes, inside = parts_of(cls)
    chosen = draw(some(attributes, 3)) | draw(some(inside if depth else [], 3))
    values = {}
    for attribute in attributes:
        if attribute.field == "id":
            values["id"] = f"i{next(numbers)}"
        elif attribute.required or attribute.field in chosen:
            values[attribute.field] = draw(simple(attribute.type))
    for child in inside:
        if needed(child) or child.field in chosen:
            values[child.field] = draw(children(child, numbers, depth - 1))
    mixed = next((row.mixed for row in lineage(cls) if row.mixed), "")
    if mixed:
        values[mixed] = draw(SOLID | NOTHING)
    if "name" in chosen or "text_format" in chosen:
        tail = SOLID if mixed and values[mixed] else NOTHING
        values["foreign_elements"] = (draw(foreign(depth=1, tail=tail)),)
        values["extension_attributes"] = draw(foreign_attributes(OWNED))
    return cls(**values)


def needed(child) -> bool:
    """Tell whether the model cannot be without a child."""
    return child.field in ("plane", "bounds") and child.minimum == 1


@st.composite
def children(draw, child, numbers, depth):
    """What a field holds for a child."""
    number = 1 if child.maximum == 1 and not child.wildcard else draw(st.integers(1, 2))
    if child.wildcard:
        return tuple(draw(foreign()) for _ in range(number))
    if isinstance(child.type, SimpleType):
        found = tuple(draw(simple(child.type)) for _ in range(number))
    else:
        classes = choices(child)
        found = tuple(
            draw(elements(draw(st.sampled_from(classes)), numbers, depth)) for _ in range(number)
        )
    return found if child.maximum != 1 else found[0]


def choices(child):
    """The classes that may stand for a child; those that need an `xsi:type` too."""
    if child.type:
        base = BY_TYPE[child.type].cls
        return [cls for cls in CONCRETE[base] if not abstract(cls)]
    extra = {"flowElement": [model.Gateway], "rootElement": [model.CallableElement]}
    return [row.cls for row in substitutes(child.tag)] + extra.get(child.tag, [])


def abstract(cls) -> bool:
    """Tell whether a class has no elements of its own."""
    return next(row for row in BY_TYPE.values() if row.cls is cls).abstract


@st.composite
def definitions(draw):
    """A whole model."""
    numbers, depth = count(1), draw(st.integers(1, 3))
    root = draw(elements(model.Definitions, numbers, depth))
    chosen = draw(st.lists(st.sampled_from([c for c in MODEL_CLASSES if c in ROUTES]), max_size=3))
    inside = [wrapped(draw(elements(cls, numbers, depth)), numbers) for cls in chosen]
    extra = [(field, value) for held in inside for field, value in held.items()]
    for field, value in extra:
        root = replace(root, **{field: (*getattr(root, field), value)})
    return replace(root, namespaces=draw(st.sampled_from(BINDINGS)))


def routes():
    """For each class a shortest way to it: the class and child that hold it."""
    found, order = {model.Definitions: None}, [model.Definitions]
    for cls in order:
        for child in parts_of(cls)[1]:
            holds_elements = not child.wildcard and not isinstance(child.type, SimpleType)
            new = (
                [inner for inner in choices(child) if inner not in found] if holds_elements else []
            )
            found |= dict.fromkeys(new, (cls, child))
            order += new
    return found


ROUTES = routes()
MODEL_CLASSES = list(ROUTES)[1:]


def wrapped(element, numbers):
    """Put an element where it may stand: the field of the root that holds it, and the value."""
    cls, child = ROUTES[type(element)]
    while cls is not model.Definitions:
        value = element if child.maximum == 1 else (element,)
        element = minimal(cls, numbers, {child.field: value})
        cls, child = ROUTES[cls]
    return {child.field: element}


def minimal(cls, numbers, values):
    """An element with what it needs."""
    attributes, inside = parts_of(cls)
    for attribute in attributes:
        if attribute.field == "id":
            values["id"] = f"i{next(numbers)}"
        elif attribute.required:
            values[attribute.field] = 0 if attribute.type.python is float else "x"
    for child in inside:
        if needed(child) and child.field not in values:
            (cls_needed,) = choices(child)
            values[child.field] = minimal(cls_needed, numbers, {})
    return cls(**values)


def complete(cls, numbers, depth=1):
    """An element with every attribute and every child."""
    attributes, inside = parts_of(cls)
    values = {part.field: SAMPLES[part.type.python] for part in attributes}
    values |= {part.field: part.type.values[-1] for part in attributes if part.type.values}
    values |= {part.field: f"i{next(numbers)}" for part in attributes if part.field == "id"}
    for child in inside if depth else []:
        values[child.field] = held(child, numbers, depth)
    for row in lineage(cls):
        values |= {row.mixed: "text"} if row.mixed else {}
    return minimal(cls, numbers, values)


SAMPLES = {str: "sample", bool: True, int: 7, float: 1.5}


def held(child, numbers, depth):
    """What a field holds, one of each class that may stand there."""
    if child.wildcard:
        found = (model.ForeignElement(name="x", namespace="urn:a", prefix="a"),)
    elif isinstance(child.type, SimpleType):
        found = ("r1", "r2")
    else:
        found = tuple(complete(cls, numbers, depth - 1) for cls in choices(child))
    return found[0] if child.maximum == 1 and not child.wildcard else found
