"""The values of the model never change, and are equal when they say the same."""

from __future__ import annotations

import gc
import pickle

import msgspec
import pytest

from bpmn_xml import model
from bpmn_xml.errors import Place

MISSING = msgspec.NODEFAULT
CLASSES = [
    value
    for value in vars(model).values()
    if isinstance(value, type) and issubclass(value, msgspec.Struct)
]


def sample(cls, **values):
    """A value of a class, with something in each field that has no default."""
    names, defaults = cls.__struct_fields__, cls.__struct_defaults__
    known = [MISSING] * (len(names) - len(defaults)) + list(defaults)
    required = [name for name, default in zip(names, known, strict=True) if default is MISSING]
    return cls(**(dict.fromkeys(required, "x") | values))


def first_field(cls):
    """A field that takes part in equality."""
    return next(name for name in cls.__struct_fields__ if name != "place")


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_values_never_change(cls):
    value = sample(cls)
    for name in (*cls.__struct_fields__, "anything"):
        with pytest.raises(AttributeError):
            setattr(value, name, None)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_values_are_equal_when_they_say_the_same(cls):
    value = sample(cls)
    assert value == sample(cls)
    assert hash(value) == hash(sample(cls))
    differs = cls is not model.Namespaces
    assert (value != sample(cls, **{first_field(cls): "other"})) == differs


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_values_can_be_sent_to_another_process(cls):
    value = sample(cls)
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("cls", [c for c in CLASSES if issubclass(c, model.Element)])
def test_places_take_no_part(cls):
    one, two = (sample(cls, place=Place(file, 3)) for file in "ab")
    assert one == two
    assert hash(one) == hash(two)
    assert one.place.file != two.place.file
    assert not one != two  # noqa: SIM202 (both operators are asked)
    assert not one.place != two.place  # noqa: SIM202 (both operators are asked)


def test_values_of_another_class_are_never_equal():
    assert model.Task(id="t") != model.UserTask(id="t")
    assert model.Namespaces() != model.Task(id="t")


def test_prefixes_take_no_part():
    one = model.Namespaces(bindings=(("a", "urn:a"),))
    assert one == model.Namespaces()
    assert hash(one) == hash(model.Namespaces())


def test_most_values_cost_the_garbage_collector_nothing():
    samples = {cls: sample(cls, **{first_field(cls): []}) for cls in CLASSES}
    tracked = {cls for cls, value in samples.items() if gc.is_tracked(value)}
    containers = {cls for cls in CLASSES if issubclass(cls, model.FlowElementsContainer)}
    assert tracked == {model.Namespaces, *containers}


FOREIGN = model.ForeignElement(
    name="in",
    attributes=(
        model.ForeignAttribute(name="source", value="a"),
        model.ForeignAttribute(name="target", value="b", namespace="urn:x", prefix="x"),
    ),
)
LOOKED_UP = [("source", "a"), ("target", "b"), ("none", None)]


@pytest.mark.parametrize(("name", "value"), LOOKED_UP)
def test_attributes_of_foreign_elements_are_looked_up(name, value):
    assert FOREIGN.attribute(name) == value


def test_foreign_attributes_are_looked_up():
    task = model.Task(id="t", extension_attributes=FOREIGN.attributes)
    assert task.extension_attribute("urn:x", "target") == "b"
    assert task.extension_attribute("urn:y", "target") is None
    assert task.extension_attribute("", "target") is None
