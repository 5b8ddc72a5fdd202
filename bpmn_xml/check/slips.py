"""Parts of expressions that are hardly meant: of no value, of another kind, at no place of a list.

Each is read and evaluated as it stands, and gives null or false for ever: so it is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.check.dataflow import Elements, all_texts_of, parsed
from bpmn_xml.compiler.program import Flow, Node, Program
from bpmn_xml.errors import ExpressionError, Finding, Severity
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import build
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.languages import language_named
from bpmn_xml.model.about import finding_about, place_of
from bpmn_xml.wording import quoted

NO_VALUE: Final = "BX716"
NOUGHT: Final = "BX717"
KINDS: Final = "BX718"
NAMED_BY: Final = "BX710"
TITLES: Final = {
    NO_VALUE: "A part of an expression has no value, whatever the data",
    NOUGHT: "An item of a list is asked for where FEEL has none",
    NAMED_BY: "A variable is asked for by the value of another one",
    KINDS: "A variable is compared with a text, and elsewhere with a number or with true or false",
}
"""The title of each code."""

REMEDIES: Final = {
    NO_VALUE: "correct what is in the quotes, or add a duration",
    NOUGHT: "write [1], if the first item is meant",
    NAMED_BY: "write the name of the variable in quotes",
    KINDS: "leave the quotes out, or write them everywhere",
}
"""What to do about each in general."""

COMPARING: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
DATES: Final = frozenset({"now", "today", "date", "time", "date and time"})
"""Functions of FEEL that give what only a duration can be added to."""

NUMBERS: Final = (int, float, Decimal)
ORDERING: Final = frozenset({"<", "<=", ">", ">="})
TYPED: Final = ("feel", "python")
"""The languages in which a text is never equal to a number."""


class Said(NamedTuple):
    """An expression that was read, and the element that it belongs to."""

    element: m.Element
    read: Compiled


class Compared(NamedTuple):
    """A variable that is compared with a fixed value."""

    said: Said
    subject: str
    sign: str
    value: object


def slips(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find parts of a file's expressions that are hardly meant, each at its line."""
    said = list(_all(program, elements))
    for one in said:
        for term in tree.walk(one.read.tree):
            yield from _no_value(one, term)
            yield from _nought(one, term)
            yield from _named_by(one, term)
    yield from _kinds([found for one in said for found in _compared(one)])


def _all(program: Program, elements: Elements) -> Iterator[Said]:
    owners: list[Node | Flow] = [*program.nodes, *program.flows]
    for owner in owners:
        element = elements.get(owner.id)
        for part in all_texts_of(owner) if element is not None else ():
            read = parsed(part.text, part.language) if part.language else None
            if element is not None and read is not None:
                yield Said(element, read)


def _no_value(said: Said, term: tree.Term) -> Iterator[Finding]:
    """A function of fixed values that gives nothing: a date that there is not, for example."""
    read = said.read
    if read.language != "feel":
        return
    what = ""
    if isinstance(term, tree.Binary) and term.operator in ("+", "-") and _is_date(term.left):
        fixed_number = isinstance(term.right, tree.Literal) and isinstance(
            term.right.value, NUMBERS
        )
        what = "a number added to a date" if fixed_number else ""
    if isinstance(term, tree.Call) and term.function == "is defined":
        if isinstance(term.arguments[0], tree.Literal):
            yield _doubt(
                said, NO_VALUE, "what is asked for is always defined", "leave the quotes out"
            )
        return
    if isinstance(term, tree.Literal) and term.value is None and read.text[term.at :][:1] == "@":
        what = quoted(read.text[term.at :])
    elif isinstance(term, tree.Call) and term.arguments:
        fixed = [one.value for one in term.arguments if isinstance(one, tree.Literal)]
        if len(fixed) == len(term.arguments) and None not in fixed and not _gives(read, term):
            what = f"{term.function}({', '.join(map(_spelled, fixed))})"
    if what:
        yield _doubt(said, NO_VALUE, f"{what} has no value", "correct it")


def _is_date(term: tree.Term) -> bool:
    return isinstance(term, tree.Call) and term.function in DATES


def _gives(read: Compiled, term: tree.Call) -> bool:
    """Whether a function of fixed values gives something."""
    language = language_named(read.language)
    try:
        return build(term, language, language.functions, read.text)({}) is not None
    except ExpressionError:
        return False


def _nought(said: Said, term: tree.Term) -> Iterator[Finding]:
    fixed = isinstance(term, tree.Filter) and isinstance(term.test, tree.Literal)
    value = term.test.value if fixed else None  # type: ignore[attr-defined] # it is a filter
    if value == 0 and not isinstance(value, bool):
        what = "[0] is no item of a list: the first of FEEL is [1]"
        yield _doubt(said, NOUGHT, what, "write [1], if the first one is meant")


def _named_by(said: Said, term: tree.Term) -> Iterator[Finding]:
    """A variable that is asked for by the value of another one of that name."""
    if said.read.language == "juel" and isinstance(term, tree.Lookup):
        name = term.key.name if isinstance(term.key, tree.Name) else ""
        if name:
            what = f"the variable is named by the value of {quoted(name)}"
            yield _doubt(said, NAMED_BY, what, f"write '{name}' in quotes, if that is its name")


def _compared(said: Said) -> Iterator[Compared]:
    for term in tree.walk(said.read.tree) if said.read.language in TYPED else ():
        if not isinstance(term, tree.Binary) or term.operator not in COMPARING:
            continue
        for one, other in ((term.left, term.right), (term.right, term.left)):
            if isinstance(other, tree.Literal) and (subject := _path(one)):
                yield Compared(said, subject, term.operator, other.value)


def _path(term: tree.Term) -> str:
    """A variable, or an entry of one, as text; "" for anything else."""
    if isinstance(term, tree.Name):
        return term.name
    inner = _path(term.value) if isinstance(term, tree.Access) else ""
    return f"{inner}.{term.name}" if inner and isinstance(term, tree.Access) else ""


def _kinds(compared: Iterable[Compared]) -> Iterator[Finding]:
    """Texts with which something is compared that is a number elsewhere, or true or false."""
    about = defaultdict[str, list[Compared]](list)
    for one in compared:
        about[one.subject].append(one)
    for subject, found in about.items():
        others = [one for one in found if one.value is not None and not isinstance(one.value, str)]
        for one in found:
            if not isinstance(one.value, str) or not (others or _is_number_in_quotes(one)):
                continue
            text = quoted(one.value)
            what = f"{quoted(subject)} is compared with the text {text}"
            what += f", but elsewhere with {_spelled(others[0].value)}" if others else ""
            yield _doubt(one.said, KINDS, what, "leave the quotes out, or write them everywhere")


def _is_number_in_quotes(one: Compared) -> bool:
    text = str(one.value).strip().removeprefix("-").replace(".", "", 1)
    return one.sign in ORDERING and text.isdigit()


def _spelled(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def _doubt(said: Said, code: str, what: str, remedy: str) -> Finding:
    message = f"in {quoted(said.read.text)} {what}"
    found = finding_about(said.element, code, message, severity=Severity.WARNING, remedy=remedy)
    return replace(found, place=place_of(said.element, said.read.text))
