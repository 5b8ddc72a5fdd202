"""Every type of node has a row; what the rows do is tested through the languages."""

from __future__ import annotations

from bpmn_xml import expressions
from bpmn_xml.expressions import languages, tree


def test_every_type_of_node_has_a_row():
    types = {
        kind
        for kind in vars(tree).values()
        if isinstance(kind, type) and issubclass(kind, tree.Term)
    }
    built = [languages.language_named(name).rows.keys() for name in languages.BUILT]
    assert set().union(*built) == types - {tree.Term}


def test_constant_lists_are_new_at_every_evaluation():
    for text in ("[1, 2]", "[n, 2]"):
        run = expressions.compile(text).evaluate
        first = run({"n": 1})
        first.append(3)
        assert run({"n": 1}) == [1, 2]
