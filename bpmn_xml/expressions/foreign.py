"""Groovy and JavaScript, as far as both say the same as everybody: values compared, and logic.

What could mean something else there is not supported, or has no value: what calls anything, text
compared with a number, arithmetic with remainders. So nothing is computed differently in silence.

>>> from bpmn_xml.expressions import compile
>>> compile("amount > 100 && status === 'open'", "javascript").evaluate({"amount": 5})
False
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Function, Language
from bpmn_xml.expressions.juel.grammar import GRAMMAR
from bpmn_xml.expressions.juel.members import member
from bpmn_xml.expressions.juel.resolve import resolve
from bpmn_xml.expressions.juel.rows import ROWS as JUEL_ROWS
from bpmn_xml.expressions.languages import UnsupportedLanguage
from bpmn_xml.expressions.pratt import PrattParser
from bpmn_xml.expressions.wording import describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpmn_xml.expressions.closures import Builder, Evaluate, Row

TEXTS: Final = r"""'(?:[^\\']|\\.)*'|"(?:[^\\"]|\\.)*\""""
STRICT: Final = re.compile(rf"{TEXTS}|(?P<strict>[!=]==)", re.DOTALL)
"""JavaScript's `===`, which here means what `==` means, and texts, in which it is none."""

RETURN: Final = re.compile(r"\s*return\s")
"""What may stand before the value of a script."""

BEHIND: Final = "; \t\r\n"
"""What may stand behind it."""

BEYOND: Final = re.compile(
    rf"{TEXTS}|(?P<word>\b(?:and|or|not|eq|ne|lt|le|gt|ge|div|mod|empty|instanceof)\b|/)", re.DOTALL
)
"""Words that are signs in JUEL alone, and division, which is different in each language."""

UNKNOWN: Final = frozenset({"environment", "task", "this", "undefined", "variables"})
"""Names that stand for what scripts are run in."""

PARTS: Final = (
    tree.Literal, tree.Name, tree.Access, tree.Unary, tree.Binary, tree.Logic, tree.Conditional,
    tree.Lookup,
)  # fmt: skip
LARGEST: Final = 2**31 - 1
"""The largest whole number that is none too many in all of these languages."""


def parser(language: str) -> Callable[[str, Mapping[str, Function], Iterable[str]], tree.Term]:
    """Return the function that parses what is supported of a language, and refuses the rest."""

    def parse(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
        try:
            found = resolve(
                PrattParser(_plain(text), GRAMMAR, {}).parse(), functions, names, text=text
            )
        except ExpressionError as error:
            raise UnsupportedLanguage(language, text=text) from error
        if any(match["word"] for match in BEYOND.finditer(text)) or not _is_supported(found):
            raise UnsupportedLanguage(language, text=text)
        return found

    return parse


def _plain(text: str) -> str:
    """The value of a script, where it stands in the text."""
    begins = RETURN.match(text)
    start = begins.end() if begins else 0
    value = text[start:].rstrip(BEHIND)
    plain = STRICT.sub(lambda found: f"{found[0][:2]} " if found["strict"] else found[0], value)
    return " " * start + plain


def _is_supported(term: tree.Term) -> bool:
    """Whether all of a tree means the same in these languages."""
    waiting: list[object] = [term]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif isinstance(part, tree.Term):
            if not isinstance(part, PARTS) or not _is_plain(part):
                return False
            waiting += [getattr(part, field) for field in part.__struct_fields__]
    return True


def _is_plain(term: tree.Term) -> bool:
    """Whether a name or a text is just that: `"${x}"` is more in Groovy."""
    if isinstance(term, tree.Literal):
        return not (isinstance(term.value, str) and "$" in term.value)
    return not (isinstance(term, tree.Name) and term.name in UNKNOWN)


def kind_of(value: object) -> str:
    """What kind of value this is, as far as these languages agree."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else "other"


def alike(sign: str, left: object, right: object) -> str:
    """The kind of both operands; raises where they are of different kinds."""
    kind = kind_of(left)
    if kind == "other" or kind != kind_of(right):
        told = f"{describe(left)} and {describe(right)}"
        raise ExpressionError(f"'{sign}' does not mean the same everywhere for {told}")
    return kind


def equal(left: Any, right: Any) -> bool:
    """Say whether two values are equal; null is equal to nothing else."""
    if left is None or right is None:
        return left is right
    alike("==", left, right)
    return bool(left == right)


def comparing(sign: str, act: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return the function of an order, of two numbers or two texts."""

    def compare(left: Any, right: Any) -> bool:
        if alike(sign, left, right) not in {"number", "text"}:
            raise ExpressionError(f"'{sign}' does not order {describe(left)}")
        return act(left, right)

    return compare


def calculating(sign: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], object]:
    """Return the function of a calculation with numbers; texts are joined with `+`."""

    def calculate(left: Any, right: Any) -> object:
        kind = alike(sign, left, right)
        if kind != "number" and not (sign == "+" and kind == "text"):
            raise ExpressionError(f"'{sign}' does not calculate with {describe(left)}")
        result = act(left, right)
        if isinstance(result, int) and abs(result) > LARGEST:
            raise ExpressionError(f"'{sign}' gives a number that is too large in some languages")
        return result

    return calculate


def remainder(left: Any, right: Any) -> object:
    """Divide whole numbers that are not negative, and return the rest."""
    if not (type(left) is type(right) is int and left >= 0 and right > 0):
        raise ExpressionError("'%' does not mean the same everywhere for these numbers")
    return left % right


def truth(value: object) -> bool:
    """Say whether a condition holds; null does not, and other values may or may not."""
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ExpressionError(f"{describe(value)} is neither true nor false")


def negative(value: Any) -> object:
    """Return a number with the other sign."""
    if kind_of(value) != "number":
        raise ExpressionError(f"'-' does not work on {describe(value)}")
    return -value


def entry(value: Any, key: str) -> object:
    """Return the entry of a mapping; nothing is read of null."""
    if not isinstance(value, Mapping):
        raise ExpressionError(f"'.{key}' reads an entry of a mapping, not of {describe(value)}")
    return member(value, key)


def logic(term: tree.Logic, build: Builder) -> Evaluate:
    """Return true or false; what follows the operand that decides is not evaluated."""
    operands, decides = build.all(term.operands), term.operator == "or"

    def run(scope: Any) -> bool:
        for operand in operands:
            if truth(operand(scope)) is decides:
                return decides
        return not decides

    return run


def conditional(term: tree.Conditional, build: Builder) -> Evaluate:
    """Evaluate the test and one of the two values."""
    test, then, otherwise = build.all((term.test, term.then, term.otherwise))
    return lambda scope: then(scope) if truth(test(scope)) else otherwise(scope)


ROWS: Final[Mapping[type[tree.Term], Row]] = {
    **JUEL_ROWS,
    tree.Logic: logic,
    tree.Conditional: conditional,
}


def _language(name: str) -> Language:
    return Language(
        name=name,
        parse=parser(name),
        enter=lambda _, run: run,
        binary={
            "==": equal,
            "!=": lambda left, right: not equal(left, right),
            "+": calculating("+", operator.add),
            "-": calculating("-", operator.sub),
            "*": calculating("*", operator.mul),
            "%": remainder,
            "<": comparing("<", operator.lt),
            "<=": comparing("<=", operator.le),
            ">": comparing(">", operator.gt),
            ">=": comparing(">=", operator.ge),
        },
        unary={"-": negative, "!": lambda value: not truth(value)},
        member=entry,
        index=entry,
        functions={},
        rows=ROWS,
    )


GROOVY: Final = _language("groovy")
JAVASCRIPT: Final = _language("javascript")
