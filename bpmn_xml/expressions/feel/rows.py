"""How FEEL's terms are built: rows over the common ones. None of them raises; they answer null."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.expressions import rows, tree
from bpmn_xml.expressions.closures import Builder, Evaluate, Row
from bpmn_xml.expressions.feel import conform, ranges
from bpmn_xml.expressions.feel.builtins.table import TOLD
from bpmn_xml.expressions.feel.invoke import invoke, prepared
from bpmn_xml.expressions.feel.members import member
from bpmn_xml.expressions.feel.partial import PARTIAL, keeps_partial
from bpmn_xml.expressions.feel.scopes import Frame
from bpmn_xml.expressions.feel.values import FeelFunction, Range, kind_of, number
from bpmn_xml.expressions.meter import ITEM_ROOM, ITEMS_A_STEP, METER, spend
from bpmn_xml.expressions.prices import Price, price_of, room_of
from bpmn_xml.expressions.stack import go_deeper

CALL_STEPS: Final = 3
"""What a call of a function costs that an expression defines."""

COPIED_A_STEP: Final = 64
"""Results so far of a loop that are copied."""

TOLD_STEPS: Final = 2
LOOK: Final = Price(1, ITEM_ROOM)
"""What it costs to look at an item."""

TESTS_A_STEP: Final = 4
"""Tests of a value that cost a step together."""


def name(term: tree.Name, build: Builder) -> Evaluate:
    """Read a variable; without one a function of this name, or null."""
    key, other = term.name, build.functions.get(term.name)

    def run(scope: Any) -> object:
        try:
            return scope[key]
        except KeyError:
            return other

    return run


def access(term: tree.Access, build: Builder) -> Evaluate:
    """Read what a value has under a name."""
    value, key = build(term.value), term.name
    return lambda scope: member(value(scope), key)


def logic(term: tree.Logic, build: Builder) -> Evaluate:
    """Join answers by `and` or `or` in three values (DMN table 50), as far as needed."""
    operands, decides = build.all(term.operands), term.operator == "or"

    def run(scope: Any) -> object:
        result: bool | None = not decides
        for operand in operands:
            value = operand(scope)
            if value is decides:
                return decides
            if value is not (not decides):
                result = None
        return result

    return run


def conditional(term: tree.Conditional, build: Builder) -> Evaluate:
    """Take the first value if the test is true, the second if it is anything else."""
    test, then, otherwise = build.all((term.test, term.then, term.otherwise))
    return lambda scope: then(scope) if test(scope) is True else otherwise(scope)


def between(term: tree.Between, build: Builder) -> Evaluate:
    """Say whether a value is between two others."""
    value, low, high = build.all((term.value, term.low, term.high))
    return lambda scope: ranges.between(value(scope), low(scope), high(scope))


def among(term: tree.Among, build: Builder) -> Evaluate:
    """Say whether one of the tests holds for a value."""
    value, tests = build(term.value), build.all(term.tests)
    cost = len(tests) // TESTS_A_STEP

    def run(scope: Any) -> object:
        spend(cost)
        found = value(scope)
        return ranges.one_holds([ranges.matches(found, test(scope)) for test in tests])

    return run


def tests(term: tree.CellTests, build: Builder) -> Evaluate:
    """Say whether one of the tests holds for the value `?`."""
    asking = ["?" in tree.names_in(test) for test in term.tests]
    parts = tuple(zip(build.all(term.tests), asking, strict=True))
    negated = term.negated
    if len(parts) == 1 and not negated:
        ((only, asks),) = parts
        return lambda scope: cell_holds(tested(scope), only(scope), asks=asks)

    def run(scope: Any) -> object:
        value = tested(scope)
        found = any(cell_holds(value, test(scope), asks=asks) for test, asks in parts)
        return found is not negated

    return run


def tested(scope: Any) -> Any:
    """Return the value that a cell tests, or None."""
    try:
        return scope["?"]
    except KeyError:
        return None


def cell_holds(value: Any, answer: Any, *, asks: bool) -> bool:
    """Say whether a test holds: it answers yes for itself, or the value is equal to it or in it.

    What asks about `?` and answers yes, no or null has said it all: `? = true` is no test for
    false. Anything else that it gives is a value to compare with, as the rules of unary tests
    say: `?` holds.
    """
    if asks and (answer is None or isinstance(answer, bool)):
        return answer is True
    if isinstance(answer, bool) and not isinstance(value, bool):
        return answer is True
    return ranges.matches(value, answer) is True


def interval(term: tree.Interval, build: Builder) -> Evaluate:
    """Make a range; one of constants is made once."""
    ends = [one or tree.Literal(term.at, None) for one in (term.start, term.end)]
    start, end = build.all(ends)
    closed = term.start_included, term.end_included
    if all(isinstance(one, tree.Literal) for one in ends):
        made = Range(start({}), end({}), *closed, term.written)
        return lambda _scope: made
    return lambda scope: Range(start(scope), end(scope), *closed, term.written)


def instance_of(term: tree.InstanceOf, build: Builder) -> Evaluate:
    """Say whether a value is of a type."""
    value, type_ = build(term.value), term.type
    return lambda scope: conform.is_instance(value(scope), type_)


def context(term: tree.Context, build: Builder) -> Evaluate:
    """Make a context; each entry sees the ones before it. One with a key twice has no value."""
    if len(set(term.names)) < len(term.names):
        return lambda _scope: None
    entries = tuple(zip(term.names, build.all(term.values), strict=True))

    def run(scope: Any) -> object:
        frame = Frame(scope)
        for key, value in entries:
            frame[key] = value(frame)
        return dict(frame)

    return run


def function(term: tree.Lambda, build: Builder) -> Evaluate:
    """Make a function."""
    body, price = build(term.body), price_of(term.body, steps=CALL_STEPS)
    names, types = term.parameters, term.types if any(term.types) else ()

    def run(scope: Any) -> object:
        spend(1)

        def call(*arguments: object) -> object:
            METER.account.pay(*price)
            frame = Frame(scope)
            frame.update(zip(names, arguments, strict=True))
            return go_deeper(body, frame)

        return FeelFunction(names, call, types)

    return run


def call(term: tree.Call, build: Builder) -> Evaluate:
    """Call a registered function."""
    if not term.arguments and build.functions[term.function] in TOLD:
        return told(term, build)
    function, arguments = prepared(build.functions[term.function]), build.all(term.arguments)
    keywords = term.keywords
    return lambda scope: function([argument(scope) for argument in arguments], keywords)


def told(term: tree.Call, build: Builder) -> Evaluate:
    """Tell the time, the date or what is drawn, of the variables if they tell it."""
    entry, read = TOLD[build.functions[term.function]]
    look_up = build(tree.Name(term.at, entry))

    def run(scope: Any) -> object:
        spend(TOLD_STEPS)
        return read(look_up(scope))

    return run


def invocation(term: tree.Invoke, build: Builder) -> Evaluate:
    """Call a function that is a value."""
    called, arguments, keywords = build(term.function), build.all(term.arguments), term.keywords

    def run(scope: Any) -> object:
        return invoke(called(scope), [argument(scope) for argument in arguments], keywords)

    return run


def filtered(term: tree.Filter, build: Builder) -> Evaluate:
    """Take the items for which a test holds, or the one at a position, from 1 or -1."""
    value, test = build(term.value), build(term.test)
    if isinstance(term.test, tree.Literal) and number(term.test.value) is not None:
        position = term.test.value
        return lambda scope: item_at(items_of(value(scope)), position)
    price = price_of(term.test, steps=1)
    return lambda scope: selected(items_of(value(scope)), test, scope, price)


def items_of(value: Any) -> Sequence[Any]:
    """Return the items of a list; null has none, any other value is its only item."""
    if isinstance(value, list | tuple):
        return value
    return () if value is None else (value,)


def item_at(items: Sequence[Any], position: object) -> object:
    """Return the item at a position, from 1, or from the end if it is negative."""
    found = number(position)
    place = int(found) if found is not None and found == int(found) else 0
    if not 1 <= abs(place) <= len(items):
        return None
    return items[place - 1 if place > 0 else place]


def selected(items: Sequence[Any], test: Evaluate, scope: Any, price: Price) -> object:
    """Return the items for which a test is true; a test that is a number is a position."""
    found, account = [], METER.account
    for item in items:
        room = account.room - ITEM_ROOM
        answer = test(item_scope(item, scope, price))
        account.room = room
        if answer is True:
            found.append(item)
        elif number(answer) is not None:
            return item_at(items, answer)
    if not items and number(test(scope)) is not None:
        return None
    return found


def item_scope(item: Any, scope: Any, price: Price = LOOK) -> Frame:
    """Return the names in a filter: the item, and its entries if it is a context.

    An entry called `item` comes before the item itself (DMN table 56).
    """
    METER.account.pay(*price)
    frame = Frame(scope)
    frame["item"] = item
    if type(item) is dict or kind_of(item) == "context":
        if len(item) >= ITEMS_A_STEP:
            spend(len(item) // ITEMS_A_STEP)
        frame.update(item)
    return frame


class NoItems(Exception):  # noqa: N818 - never leaves this module
    """An iterator has nothing to go through: the loop is null."""


Iterators = Sequence[tuple[str, "Evaluate", int]]
"""The name of each, what gives its items, and what that costs."""


def frames(iterators: Iterators, scope: Any, price: Price) -> Iterator[Any]:
    """Yield the variables of each combination of the iterators' items, the last one fastest.

    Each item has a price.
    """
    (key, domain, cost), rest = iterators[0], iterators[1:]
    pay, (steps, room) = METER.account.pay, price
    pay(cost, 0)
    for item in domain_items(domain(scope)):
        pay(steps, room)
        frame = Frame(scope)
        frame[key] = item
        if rest:
            yield from frames(rest, frame, price)
        else:
            yield frame


def domain_items(value: Any) -> Sequence[Any]:
    """Return what an iterator goes through: the items of a list, the elements of a range."""
    found = ranges.elements(value) if isinstance(value, Range) else value
    if found is None:
        raise NoItems
    return items_of(found)


def collected(combinations: Iterator[Any], body: Evaluate, *, partial: bool | None) -> object:
    """Return a list of what the body gives.

    It may read the list so far as `partial`, which is a copy if `partial` is true.
    """
    results: list[object] = []
    account = METER.account
    for frame in combinations:
        room = account.room
        if partial is not None:
            frame[PARTIAL] = copied(results) if partial else results
        value = body(frame)
        account.room = max(account.room, room - room_of(value))
        results.append(value)
    return results


def copied(results: list[object]) -> list[object]:
    """Return the results so far, as they are now."""
    METER.account.pay(len(results) // COPIED_A_STEP, len(results) * ITEM_ROOM)
    return results.copy()


def quantified(combinations: Iterator[Any], body: Evaluate, *, decides: bool) -> object:
    """Return the answer that decides as soon as it is given, else the other, or null."""
    result: bool | None = not decides
    account = METER.account
    for frame in combinations:
        room = account.room
        answer = body(frame)
        account.room = room
        if answer is decides:
            return decides
        if answer is not (not decides):
            result = None
    return result


def loop(term: tree.Loop, build: Builder) -> Evaluate:
    """Go through all combinations of the iterators' items."""
    costs = [price_of(domain).steps for domain in term.domains]
    iterators = tuple(zip(term.names, build.all(term.domains), costs, strict=True))
    body, price = build(term.body), price_of(term.body, steps=1, room=ITEM_ROOM)
    finish: Callable[..., object] = collected if term.kind == "for" else quantified
    partial = keeps_partial(term.body) if PARTIAL in tree.names_in(term.body) else None
    options = {"partial": partial} if term.kind == "for" else {"decides": term.kind == "some"}

    def run(scope: Any) -> object:
        try:
            return finish(frames(iterators, scope, price), body, **options)
        except NoItems:
            return None

    return run


ROWS: Final[Mapping[type[tree.Term], Row]] = {
    **rows.ROWS,
    tree.Name: name,
    tree.Access: access,
    tree.Logic: logic,
    tree.Conditional: conditional,
    tree.Between: between,
    tree.Among: among,
    tree.Interval: interval,
    tree.InstanceOf: instance_of,
    tree.Context: context,
    tree.Lambda: function,
    tree.External: lambda _term, _build: lambda _scope: None,
    tree.Call: call,
    tree.Invoke: invocation,
    tree.Filter: filtered,
    tree.Loop: loop,
    tree.CellTests: tests,
}
