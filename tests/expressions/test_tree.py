"""The tree can be walked without knowing its types."""

from __future__ import annotations

from bpmn_xml.expressions.tree import (
    Binary,
    Call,
    Chain,
    Literal,
    Name,
    Slice,
    children,
    names_in,
    walk,
)

A, B, ONE = Name(0, "a"), Name(4, "b"), Literal(8, 1)


def test_children_are_the_nodes_in_all_fields_in_order():
    assert [*children(Binary(2, "+", A, ONE))] == [A, ONE]
    assert [*children(Chain(2, A, ("<", "<"), (B, ONE)))] == [A, B, ONE]
    assert [*children(Slice(2, A, None, ONE, None))] == [A, ONE]
    assert [*children(Call(0, "max", (A, B), ("default",)))] == [A, B]
    assert [*children(ONE)] == []


def test_walk_meets_parents_first():
    inner = Binary(2, "+", A, ONE)
    assert [*walk(Binary(6, "*", inner, B))] == [Binary(6, "*", inner, B), inner, A, ONE, B]


def test_names_come_once():
    assert names_in(Binary(2, "+", A, Binary(6, "-", B, A))) == ("a", "b")
