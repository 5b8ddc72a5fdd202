"""Names are taken apart; prefixes are in force where they are declared."""

from __future__ import annotations

import pytest

from bpmn_xml.formats.xml.names import (
    MOST_KEPT,
    PREFIXES,
    Prefixes,
    XmlName,
    split,
)
from bpmn_xml.formats.xml.namespaces import DRAFTS, MODEL, NAMESPACES
from bpmn_xml.formats.xml.parser import SEPARATOR

DI = NAMESPACES["di"]
NAMES = [
    ("x", XmlName("", "", "x", "")),
    (SEPARATOR.join((MODEL, "task")), XmlName("task", MODEL, "task", "")),
    (SEPARATOR.join((MODEL, "task", "b")), XmlName("task", MODEL, "task", "b")),
    (SEPARATOR.join((DI, "waypoint", "di")), XmlName("di:waypoint", DI, "waypoint", "di")),
    (SEPARATOR.join(("urn:a", "x", "a")), XmlName("", "urn:a", "x", "a")),
]


@pytest.mark.parametrize(("raw", "name"), NAMES)
def test_names_are_taken_apart(raw, name):
    assert split(raw) == name


def test_names_are_shown_as_they_were_written():
    assert [str(name) for _, name in NAMES] == ["x", "task", "b:task", "di:waypoint", "a:x"]


def test_drafts_stand_for_the_same_prefixes():
    assert set(DRAFTS.values()) <= set(NAMESPACES)
    assert set(PREFIXES) == {*DRAFTS, *NAMESPACES.values()}


def test_prefixes_are_in_force_until_they_end():
    prefixes = Prefixes()
    prefixes.declare("a", "urn:1", in_root=True)
    prefixes.declare("a", "urn:2", in_root=False)
    assert prefixes.resolve("a:x") == "{urn:2}x"
    prefixes.undeclare("a")
    assert prefixes.resolve("a:x") == "{urn:1}x"
    prefixes.undeclare("a")
    assert prefixes.resolve("a:x") == "a:x"


def test_the_first_declaration_of_a_prefix_is_kept_the_roots_own_first():
    prefixes = Prefixes()
    prefixes.own = "b"
    prefixes.declare("a", "urn:a", in_root=True)
    prefixes.declare("b", MODEL, in_root=True)
    prefixes.declare("a", "urn:other", in_root=False)
    prefixes.declare(None, "urn:inner", in_root=False)
    prefixes.declare("c", "urn:c", in_root=False)
    assert prefixes.bindings() == (("b", MODEL), ("a", "urn:a"), ("c", "urn:c"))


def test_the_default_namespace_of_the_root_is_kept():
    prefixes = Prefixes()
    prefixes.declare(None, MODEL, in_root=True)
    assert prefixes.bindings() == (("", MODEL),)


def test_only_so_many_declarations_are_kept():
    prefixes = Prefixes()
    for number in range(2 * MOST_KEPT):
        prefixes.declare(f"p{number}", "urn:a", in_root=False)
    assert len(prefixes.bindings()) == MOST_KEPT
