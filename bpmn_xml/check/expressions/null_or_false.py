"""Parts of expressions that are hardly meant: of no value, of another kind, at no place of a list.

Each is read and evaluated as it stands, and gives null or false for ever: so it is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import inf
from typing import Final, NamedTuple

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.check.expressions.value_kinds import FLAG, kind_of, misfit
from bpmn_xml.check.variables.reads_and_writes import (
    Elements,
    parsed,
    read_by,
    texts_in,
)
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import ExpressionError, Finding, Severity
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import build
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS
from bpmn_xml.expressions.feel.invoke import Parameter
from bpmn_xml.expressions.languages import language_named
from bpmn_xml.model.about import finding_about, place_of
from bpmn_xml.wording import listed, quoted

NO_VALUE: Final = "BX716"
NOUGHT: Final = "BX717"
KINDS: Final = "BX718"
NAMED_BY: Final = "BX710"
OTHER_CASE: Final = "BX745"
UNWATCHED: Final = "BX746"


ORDERING: Final = frozenset({"<", "<=", ">", ">="})
COMPARING: Final = ORDERING | {"==", "!="}
POSITIONS: Final = {"substring": 1, "sublist": 1, "insert before": 1, "remove": 1}
"""By function of FEEL that takes a position, counted from 1: which of its arguments that is."""

LISTS: Final = (tree.Items, tree.FixedItems)
NUMBERS: Final = (int, float, Decimal)
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


def null_or_false(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find parts of a file's expressions that are hardly meant, each at its line."""
    said = list(_all(program, elements))
    for one in said:
        for term in tree.walk(one.read.tree):
            yield from _no_value(one, term)
            yield from _nought(one, term)
            yield from _named_by(one, term)
            yield from _arity(one, term)
            yield from _no_truth(one, term)
            yield from _one_range(one, term)
    compared = [found for one in said for found in _compared(one)]
    yield from _kinds(compared)
    yield from _other_case(compared, said)
    yield from _unwatched(program, elements)


def _all(program: Program, elements: Elements) -> Iterator[Said]:
    for element, part in texts_in(program, elements):
        if read := parsed(part.text, part.language):
            yield Said(element, read)


def _no_value(said: Said, term: tree.Term) -> Iterator[Finding]:
    """A function of fixed values that gives nothing: a date that there is not, for example."""
    read = said.read
    if read.language != "feel":
        return
    what = misfit(term)
    if isinstance(term, tree.Context) and len({*term.names}) < len(term.names):
        twice = next(name for name in term.names if term.names.count(name) > 1)
        what = f"a context that has {quoted(twice)} twice"
    if isinstance(term, tree.Call) and term.function == "is defined":
        if any(isinstance(one, tree.Literal) for one in term.arguments):
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


def _arity(said: Said, term: tree.Term) -> Iterator[Finding]:
    """A function of FEEL with more or fewer arguments than it takes."""
    known = isinstance(term, tree.Call) and said.read.language == "feel" and not term.keywords
    function = FUNCTIONS.get(term.function) if isinstance(term, tree.Call) and known else None
    if function is None or not isinstance(term, tree.Call):
        return
    given = len(term.arguments)
    sizes = [_size(one.parameters) for one in function.signatures]
    if not any(least <= given <= most for least, most in sizes):
        what = f"{term.function}() has {given} {'argument' if given == 1 else 'arguments'}"
        names = [one.name for one in function.signatures[0].parameters]
        yield _doubt(said, NO_VALUE, f"{what}, so no value", f"give it {listed(names)}")


def _one_range(said: Said, term: tree.Term) -> Iterator[Finding]:
    """A filter of a range: this is one value, its elements are asked for by loops alone."""
    if not isinstance(term, tree.Filter) or isinstance(term.test, tree.Literal):
        return
    if isinstance(term.value, tree.Interval):
        what = "a filter takes a range for one value, not for its elements"
        yield _doubt(said, NO_VALUE, what, "write (for i in 1..9 return i)[item > 5]")


def _size(parameters: Sequence[Parameter]) -> tuple[int, float]:
    """How many arguments there are at least and at most."""
    least = sum(not (one.optional or one.rest) for one in parameters)
    return least, inf if any(one.rest for one in parameters) else len(parameters)


def _no_truth(said: Said, term: tree.Term) -> Iterator[Finding]:
    """What is joined by `and`, or compared, and is neither: `n > 0 and < 5`, `0 < n < 5`."""
    if said.read.language == "feel" and isinstance(term, tree.Logic):
        wrong = [one for one in term.operands if isinstance(one, tree.Interval)]
        fixed = [kind for one in term.operands if (kind := kind_of(one)) not in ("", FLAG)]
        if fixed:
            mend = "write on both sides what is compared"
            yield _doubt(said, NO_VALUE, f"'{term.operator}' joins a {fixed[0]}", mend)
        elif wrong:
            mend = "write on both sides what is compared"
            yield _doubt(said, NO_VALUE, f"'{term.operator}' joins what asks nothing", mend)
    elif isinstance(term, tree.Binary) and term.operator in ORDERING:
        sides = (term.left, term.right)
        if any(isinstance(one, tree.Binary) and one.operator in ORDERING for one in sides):
            mend = "join two comparisons by and"
            yield _doubt(said, NO_VALUE, "the answer of a comparison is compared again", mend)


def _unwatched(program: Program, elements: Elements) -> Iterator[Finding]:
    """A condition that is asked where a variable changes that it does not read."""
    for node in program.nodes:
        for event in node.events if node.id in elements else ():
            names = frozenset(event.variable_names)
            read = read_by(event.condition) if names else frozenset()
            if read and not names & read:
                what = f"its condition is asked where {listed(map(repr, sorted(names)), 'or')} "
                what += f"changes, but reads {listed(map(repr, sorted(read)))}"
                element = elements[node.id]
                place = place_of(element, min(names))
                yield finding_about(element, UNWATCHED, what, place=place)


def _other_case(compared: Iterable[Compared], said: Iterable[Said]) -> Iterator[Finding]:
    """Texts with which a variable is compared, spelled in other letters elsewhere, or in a list.

    Where one expression has both spellings, they are meant.
    """
    alike = defaultdict[tuple[str, str], list[tuple[Said, str]]](list)
    for one in compared:
        if isinstance(one.value, str) and one.sign in ("==", "!="):
            alike[one.subject, one.value.casefold()].append((one.said, one.value))
    offered = _offered(said)
    for (subject, folded), found in alike.items():
        spelled = {(owner.read.text, text) for owner, text in found}
        if len({text for text, _ in spelled}) < len(spelled):
            continue
        texts = {text for one, _ in alike if one == subject for _, text in alike[one, _]}
        known = {text for _, text in spelled}
        known |= {text for items in offered if items & texts for text in items}
        known = {text for text in known if text.casefold() == folded}
        for owner, text in found if len(known) > 1 else ():
            other = min(known - {text})
            what = f"{quoted(subject)} is compared with {quoted(text)}, elsewhere spelled "
            yield _doubt(owner, OTHER_CASE, what + quoted(other))


def _offered(said: Iterable[Said]) -> list[set[str]]:
    """The texts of each list that something is given."""
    return [
        {
            term.value
            for term in tree.walk(one.read.tree)
            if isinstance(term, tree.Literal) and isinstance(term.value, str)
        }
        for one in said
        if isinstance(one.read.tree, LISTS)
    ]


def _gives(read: Compiled, term: tree.Call) -> bool:
    """Whether a function of fixed values gives something."""
    language = language_named(read.language)
    try:
        return build(term, language, language.functions, read.text)({}) is not None
    except ExpressionError:
        return False


def _nought(said: Said, term: tree.Term) -> Iterator[Finding]:
    test = term.test if isinstance(term, tree.Filter) else None
    if _is_nought(test):
        what = "[0] is no item of a list: the first of FEEL is [1]"
        yield _doubt(said, NOUGHT, what, "write [1], if the first one is meant")
    if isinstance(term, tree.Call) and said.read.language == "feel" and not term.keywords:
        at = POSITIONS.get(term.function, len(term.arguments))
        if _is_nought(next(iter(term.arguments[at:]), None)):
            what = f"{term.function}() asks for the position 0: the first of FEEL is 1"
            yield _doubt(said, NOUGHT, what, "write 1, if the first one is meant")


def _is_nought(term: tree.Term | None) -> bool:
    return isinstance(term, tree.Literal) and term.value == 0 and term.value is not False


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
        texts = [one for one in found if isinstance(one.value, str)]
        lone = len(texts) == 1 and _is_number_in_quotes(texts[0])
        for one in texts if others or lone else ():
            what = f"{quoted(subject)} is compared with the text {_spelled(one.value)}"
            what += f", but elsewhere with {_spelled(others[0].value)}" if others else ""
            found_here = _doubt(one.said, KINDS, what)
            yield found_here if others else replace(found_here, severity=Severity.NOTE)


def _is_number_in_quotes(one: Compared) -> bool:
    text = str(one.value).strip().removeprefix("-").replace(".", "", 1)
    return one.sign in ORDERING and text.isdigit()


def _spelled(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def _doubt(said: Said, code: str, what: str, remedy: str | None = None) -> Finding:
    message, place = f"in {quoted(said.read.text)} {what}", place_of(said.element, said.read.text)
    return finding_about(said.element, code, message, remedy, place=place)
