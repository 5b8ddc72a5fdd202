"""What a condition asks: questions that are told apart from their negations, and what they read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.check.variables.reads_and_writes import GIVEN
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions import tree


class Inquiry(NamedTuple):
    """What is asked: a text without a negation.

    If it compares something with a fixed text or whole number: what, as which of the two, and with
    which; one thing has one value, but `"1"` and 1 may be equal, and 1 and 1.0 are.
    """

    text: str
    subject: str = ""
    value: str = ""

    @property
    def topic(self) -> str:
        """What it is about: two questions of one topic have to do with each other."""
        return self.subject or self.text


Answers = frozenset[tuple[Inquiry, bool]]
"""What is known to hold, and what not to."""

STEADY: Final = (
    tree.Literal,
    tree.Name,
    tree.Access,
    tree.Unary,
    tree.Binary,
    tree.Chain,
    tree.Logic,
    tree.Items,
    tree.FixedItems,
    tree.Among,
)
"""Terms that give the same as long as the variables are the same."""

NEGATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "python": {"!=": "==", ">=": "<", "<=": ">"},
    "juel": {"!=": "=="},
    "feel": {"!=": "=="},
}
"""Signs that say the contrary of others, whatever is compared; null is neither less nor more."""


@cache
def question(text: str, language: str) -> tuple[Inquiry, bool, frozenset[str]] | None:
    """What a condition asks, which answer lets it hold, and what it reads; None if it may vary.

    >>> question("paid != 'yes'", "python")
    (Inquiry(text="paid == 'yes'", subject='str paid', value="'yes'"), False, frozenset({'paid'}))
    """
    try:
        compiled = compile_text(text, language)
    except ExpressionError:
        return None
    names = frozenset(compiled.names)
    if (
        not names
        or names & GIVEN
        or not all(isinstance(part, STEADY) for part in tree.walk(compiled.tree))
    ):
        return None
    term, holds = compiled.tree, True
    while isinstance(term, tree.Unary) and term.operator in ("not", "!"):
        term, holds = term.operand, not holds
    subject = value = ""
    if isinstance(term, tree.Binary):
        sign = NEGATIONS.get(language, {}).get(term.operator)
        holds = holds if sign is None else not holds
        term = msgspec.structs.replace(term, operator=sign or term.operator)
        fixed = type(term.right.value) if isinstance(term.right, tree.Literal) else None
        if term.operator == "==" and fixed in (str, int):
            subject, value = f"{fixed.__name__} {_spelled(term.left)}", _spelled(term.right)
    return Inquiry(_spelled(term), subject, value), holds, names


def _spelled(term: tree.Term) -> str:
    """A term as text, wherever it stands."""
    parts = [getattr(term, name) for name in term.__struct_fields__ if name != "at"]
    if isinstance(term, tree.Name | tree.Literal):
        return term.name if isinstance(term, tree.Name) else repr(term.value)
    if isinstance(term, tree.Binary):
        return f"{_spelled(term.left)} {term.operator} {_spelled(term.right)}"
    return f"{type(term).__name__}({', '.join(_part(part) for part in parts)})"


def _part(part: object) -> str:
    if isinstance(part, tree.Term):
        return _spelled(part)
    if isinstance(part, tuple):
        return f"[{', '.join(_part(one) for one in part)}]"
    return repr(part)


def contradicts(known: Mapping[Inquiry, bool], needs: Answers) -> bool:
    """Whether some answers cannot be given after others, or together."""
    return any((asked, not holds) in needs for asked, holds in needs) or any(
        _denied(known, asked, holds=holds) for asked, holds in needs
    )


def _denied(known: Mapping[Inquiry, bool], asked: Inquiry, *, holds: bool) -> bool:
    if asked in known:
        return known[asked] is not holds
    return (
        holds
        and bool(asked.subject)
        and any(answer and one.subject == asked.subject for one, answer in known.items())
    )
