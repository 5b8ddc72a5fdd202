"""Names of variables that seem to be slips: nothing writes them, others are called nearly so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.check.variables.reads_and_writes import (
    GIVEN,
    Elements,
    Names,
    all_texts_of,
    names_of,
    own_names,
    parsed,
    read_at,
    read_by,
    reads,
    texts_in,
    writes,
)
from bpmn_xml.check.variables.returned import names_returned
from bpmn_xml.compiler.program import Flow, Kind, Node, Program
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.expressions import tree
from bpmn_xml.model.about import finding_about, place_of
from bpmn_xml.wording import listed, nearest

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel
    from bpmn_xml.runtime.binding.naming import Resolution

MISSPELT: Final = "BX703"
BLANKS: Final = "BX706"
RENAMED: Final = "BX751"
LITERAL: Final = "BX707"


NEAR: Final = 0.85
"""How much alike names are of which one may be meant for the other."""

SHORT: Final = 4
"""The letters that a name has at least of which others can be slips."""


CHOOSING: Final = (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY)
ABSENT: Final = dict.fromkeys(("null", "none", "nil", "undefined", "nan"), "null")
FLAGS: Final = {"true": "true", "false": "false", "yes": "true", "no": "false"}
LITERALS: Final = {"feel": {**ABSENT, **FLAGS, "secret": "secrets"}, "juel": ABSENT | FLAGS}
"""By language: what it writes for what others call so."""

DURATION: Final = re.compile(r"P(?=[T\d])(\d+[YMWD])*(T(\d+[HMS])+)?")
"""Durations as they are written in quotes."""


def misspelt(
    program: Program,
    elements: Elements,
    declared: Names = frozenset(),
    decisions: Sequence[DecisionModel] = (),
    ways: Sequence[Resolution] = (),
) -> Iterator[Finding]:
    """Find names that nothing writes, where one that is nearly the same is written, or read.

    Args:
        program: what is run.
        elements: those of its file, by their id; nothing is told about others.
        declared: the names of properties, data objects and fields of start forms.
        decisions: the models whose decisions may be called.
        ways: which Python does the work of tasks.
    """
    passed_on = {name for node in program.nodes for name in writes(node)}
    written = {*declared, *passed_on, *(n for node in program.nodes for n in own_names(node))}
    written |= {name for node, way in _by_python(program, ways) for name in _given(node, way)}
    asked = [*_all_read(program), *_decided(program, decisions)]
    needed = [
        (node, way.python, frozenset(way.needs) - own_names(node))
        for node, way in _by_python(program, ways)
    ]
    every = [*(wanted for _, wanted in asked), *(wanted for *_, wanted in needed)]
    read = Counter(chain.from_iterable(every))
    yield from _literals(program, elements, frozenset(written))
    unread = {name for name in passed_on if not read[name]}
    for owner, wanted in asked:
        for name in sorted(wanted - written) if owner.id in elements else ():
            found = _blanks(elements[owner.id], name) if " " in name else None
            found = found or _slip(elements[owner.id], name, written - wanted, read, unread)
            if found is not None:
                yield replace(found, place=read_at(elements[owner.id], owner, (name,)))
    for node, python, wanted in needed:
        for name in sorted(wanted - written) if node.id in elements else ():
            found = _slip(elements[node.id], name, written - wanted, read, unread)
            if found is not None:
                yield replace(found, message=f"of what its Python {python} needs, {found.message}")
    yield from _renamed(program, elements, frozenset(written))


def _renamed(program: Program, elements: Elements, written: Names) -> Iterator[Finding]:
    """A choice that asks for what nothing writes, right behind what nothing reads."""
    every: list[Node | Flow] = [*program.nodes, *program.flows]
    read = read_by(*(text for owner in every for text in all_texts_of(owner)))
    for node in program.nodes:
        unread = sorted(writes(node) - read)
        ways = [program.flows[index] for index in node.outgoing]
        choices = [flow for way in ways for flow in _conditions(program, way)]
        asked = sorted(read_by(*(flow.condition for flow in choices)) - written)
        if len(unread) != 1 or len(asked) != 1 or is_slip(asked[0], unread[0]):
            continue
        for flow in choices:
            if flow.id in elements and asked[0] in read_by(flow.condition):
                what = f"nothing here writes '{asked[0]}', but '{unread[0]}' is written right "
                what += "before it, and read nowhere"
                mend = f"write '{unread[0]}', if that is meant"
                place = read_at(elements[flow.id], flow, asked)
                yield finding_about(elements[flow.id], RENAMED, what, mend, place=place)


def _conditions(program: Program, way: Flow) -> list[Flow]:
    """The flows with conditions behind the gateway that a flow leads to."""
    target = program.nodes[way.target]
    flows = [program.flows[index] for index in target.outgoing if target.kind in CHOOSING]
    return [flow for flow in flows if flow.condition is not None]


def _literals(program: Program, elements: Elements, written: Names) -> Iterator[Finding]:
    """Names that are literals of FEEL but for their case, which are null as they stand."""
    for element, part in texts_in(program, elements):
        for name in sorted(names_of(part.text, part.language) - written):
            if remedy := _meant(name, part.language):
                what = f"'{name}' is read as a variable, which nothing here writes"
                place = place_of(element, part.text)
                yield finding_about(element, LITERAL, what, remedy, place=place)
        if name := _hyphened(part.text, part.language, written):
            what = f"'{name}' is read as one variable less another, which nothing here writes"
            remedy = "write blanks around the -, or another name"
            yield finding_about(element, LITERAL, what, remedy, place=place_of(element, part.text))


def _hyphened(text: str, language: str, written: Names) -> str:
    """What looks like one name, and is the difference of two that nothing writes."""
    read = parsed(text, language) if "-" in text else None
    for term in tree.walk(read.tree) if read else ():
        if not isinstance(term, tree.Binary) or term.operator != "-":
            continue
        one, other = term.left, term.right
        if not isinstance(one, tree.Name) or not isinstance(other, tree.Name):
            continue
        close = other.at - one.at == len(one.name) + 1
        if close and not {one.name, other.name} & written:
            return f"{one.name}-{other.name}"
    return ""


def _meant(name: str, language: str) -> str:
    """What to write for a name that is hardly one: a literal, or a text without its quotes."""
    literal = LITERALS.get(language, {}).get(name.casefold())
    if literal and name != literal:
        return f"write {literal}"
    given = next((one for one in sorted(GIVEN) if is_slip(name, one) or one == f"{name}s"), "")
    if given:
        return f"write {given}, if that is meant"
    letters = filter(str.isalpha, name)
    alphabets = {unicodedata.name(one, "").partition(" ")[0] for one in letters}
    if len(alphabets) > 1:
        return f"write all its letters in one alphabet, not in {listed(sorted(alphabets))}"
    if language == "feel" and DURATION.fullmatch(name):
        return f'write duration("{name}")'
    return f'write "{name}", if a text is meant' if name.endswith("_") else ""


def _slip(
    element: m.Element,
    name: str,
    written: Iterable[str],
    read: Counter[str],
    unread: Container[str],
) -> Finding | None:
    """What may be meant by a name: what is written, or read more often, or at least as often.

    One thing and several of it are two variables, unless that which is written is never read.
    """
    often = {one for one in read if read[one] > read[name]}
    meant = next((one for one in sorted({*written, *often}) if is_slip(name, one)), "")
    near = meant or next(iter(nearest(name, written, NEAR)), "")
    same = (one for one in sorted(read) if read[one] == read[name])
    alike = (one for one in same if is_slip(name, one) or is_slip(one, name))
    near = near or next(alike, "")
    several = near in unread and near in (f"{name}s", name.removesuffix("s"))
    if not near or _extends(name, near) or (_told_apart(name) == _told_apart(near) and not several):
        return None
    return finding_about(
        element,
        MISSPELT,
        f"nothing here writes '{name}', but '{near}' is "
        f"{'written' if near in written else 'read elsewhere'}",
        f"write '{near}', if that is meant",
        severity=Severity.WARNING if meant else Severity.NOTE,
    )


def _extends(name: str, other: str) -> bool:
    """Whether one name is the other and a further word: `order` and `orderId`, or `order_id`."""
    short, long = sorted((name, other), key=len)
    further = long.removeprefix(short)[:1]
    return len(further) == 1 and long.startswith(short) and (further.isupper() or further == "_")


def _blanks(element: m.Element, name: str) -> Finding:
    """What may be meant by several words: a function without brackets, or an operator is lost."""
    from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS

    called = max((one for one in FUNCTIONS if name.startswith(f"{one} ")), key=len, default="")
    remedy = f"write {called}(...)" if called else "write what joins the words"
    what = f"'{name}' is read as the name of one variable, which nothing here writes"
    return finding_about(element, BLANKS, what, remedy)


def _told_apart(name: str) -> str:
    """A name without what tells it from others on purpose: numbers, and the s of many."""
    return re.sub(r"\d|s$", "", name)


def is_slip(name: str, other: str) -> bool:
    """Whether a name is another one but for a slip: its case, or a letter within it.

    >>> is_slip("amuont", "amount"), is_slip("Amount", "amount"), is_slip("totl", "total")
    (True, True, True)
    >>> is_slip("addres", "address"), is_slip("order", "orders"), is_slip("invalid", "valid")
    (True, False, False)
    """
    if len(other) < SHORT or name == other:
        return False
    if name.casefold() == other.casefold():
        return True
    if name.endswith("s") and other == f"{name}s":
        return True
    start = _alike(name, other)
    end = _alike(name[start:][::-1], other[start:][::-1])
    here, there = name[start : len(name) - end], other[start : len(other) - end]
    swapped = len(here) == 2 and here == there[::-1]
    return swapped or (start > 0 and end > 0 and max(len(here), len(there)) == 1)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _decided(program: Program, models: Sequence[DecisionModel]) -> Iterator[tuple[Node, Names]]:
    """What decisions ask for that tasks call."""
    for node in program.nodes if models else ():
        decision = node.work.decision if node.work else None
        if decision is not None and node.frame is None:
            from bpmn_xml.decisions.doubts import asked_by

            yield node, asked_by(models, decision.name)


def _by_python(program: Program, ways: Iterable[Resolution]) -> Iterator[tuple[Node, Resolution]]:
    """The tasks that Python does, and which."""
    nodes = {(node.place.file, node.shown): node for node in program.nodes}
    yield from ((nodes[way.file, way.node], way) for way in ways if (way.file, way.node) in nodes)


def _given(node: Node, way: Resolution) -> Names:
    """What the Python of a task writes, as far as its text says so, if no mapping does."""
    mapped = node.frame is not None and node.frame.outputs
    return Names() if mapped or way.function is None else names_returned(way.function)


def _all_read(program: Program) -> Iterator[tuple[Node | Flow, Names]]:
    for node in program.nodes:
        yield node, reads(node)
    for flow in program.flows:
        yield flow, read_by(flow.condition)
