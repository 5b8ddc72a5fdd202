"""What is made is added up, even by what is so soon done that it is not metered: it may be kept."""

from __future__ import annotations

import pytest

from bpmn_xml import expressions
from bpmn_xml.expressions.meter import LETTERS_A_STEP
from bpmn_xml.expressions.spending import spent

LETTERS = 64_000
SCOPE = {"a": "a" * LETTERS, "xs": [1] * 8_000}
MADE = [
    ("feel", 'a + "x"'),
    ("feel", "substring(a, 2)"),
    ("feel", '[a + "x"]'),
    ("juel", "${a}x"),
    ("juel", "${a.concat('x')}"),
    ("juel", "${a.replace('b', 'c')}"),
    ("juel", "${a.toUpperCase()}"),
    ("juel", "${a.substring(1)}"),
    ("juel", "${a.trim()}"),
    ("python", "a + 'x'"),
    ("python", "a[1:]"),
    ("python", "upper(a)"),
    ("python", "xs + xs"),
]
READ = [
    ("feel", "a"), ("feel", "xs"), ("feel", "[a]"), ("juel", "${a}"),
    ("juel", "${a == a}"), ("python", "a"), ("python", "xs"), ("python", "a < a"),
]  # fmt: skip


def cost(language: str, text: str) -> int:
    made = expressions.compile(text, language, names=[*SCOPE])
    before = spent()
    made.evaluate(SCOPE)
    return spent() - before


@pytest.mark.parametrize(("language", "text"), MADE)
def test_what_is_made_is_added_up(language: str, text: str) -> None:
    assert cost(language, text) >= (LETTERS - 1) // LETTERS_A_STEP


def test_what_is_heavy_costs_much_however_little_it_took_to_make() -> None:
    """Whoever writes it has all of that to do: here `2**17` items, in 17 short steps."""
    held: object = 1
    double = expressions.compile("[l, l]", "feel", names=["l"])
    costs = []
    for _ in range(17):
        before = spent()
        held = double.evaluate({"l": held})
        costs.append(spent() - before)
    assert max(costs[:12]) < 20
    assert costs[-1] > 2**17 // 16


@pytest.mark.parametrize(("language", "text"), READ)
def test_what_is_there_already_costs_nearly_nothing(language: str, text: str) -> None:
    assert cost(language, text) < 20
