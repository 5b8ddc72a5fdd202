"""Boxed expressions become functions: a row for each (DMN 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.decisions import codes
from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.make import Maker
from bpmn_xml.decisions.run import Act, Evaluation
from bpmn_xml.decisions.tables import Column, CompiledRule, CompiledTable
from bpmn_xml.decisions.types import NUMBERS, from_texts
from bpmn_xml.decisions.unmatched import kinds_tested, may_be_null
from bpmn_xml.expressions import Compiled
from bpmn_xml.expressions.feel import ranges
from bpmn_xml.expressions.feel.builtins.conversions import number_of
from bpmn_xml.expressions.feel.conform import coerced
from bpmn_xml.expressions.feel.invoke import invoke, misfit
from bpmn_xml.expressions.feel.rows import item_scope, items_of
from bpmn_xml.expressions.feel.scopes import Frame
from bpmn_xml.expressions.feel.values import FeelFunction, Range
from bpmn_xml.expressions.meter import CONTEXT_ROOM, ENTRY_ROOM, ITEM_ROOM, keep, spend
from bpmn_xml.expressions.stack import go_deeper
from bpmn_xml.expressions.tree import TypeName

CELL_INPUT: Final = "cellInput"
"""What Camunda 7 calls the value that a cell tests."""


PARTS_A_STEP: Final = 4
"""Parts of a list or context that cost a step together."""


def logic(found: v.BoxedExpression | None, make: Maker, type_: str = "") -> Act:
    """Return the function of a boxed expression; its value is of the type, or null."""
    if found is None:
        return lambda _scope, _run: None
    act = LOGIC[type(found)](found, make)
    wanted = [make.type(name, found.place) for name in (found.type, type_) if name]
    for one in wanted:
        act = typed(act, one, make.owner)
    return act


def typed(act: Act, type_: TypeName, owner: str) -> Act:
    """Return the function with its value as a type asks for it."""
    if type_.name == "Any":
        return act
    return lambda scope, run: as_type(act(scope, run), type_, owner, run)


def as_type(value: Any, type_: TypeName, owner: str, run: Evaluation) -> Any:
    """Return a value as a type asks for it; null, and told, where it cannot be so."""
    found = coerced(value, type_)
    if found is None and value is not None:
        run.problem(f"{owner}: a value is not of its type, {type_.name}")
    return found


def text(found: v.BoxedText, make: Maker) -> Act:
    """Evaluate a text."""
    evaluate, owner = make.expression(found), make.owner
    explained = make.explained(found)
    if explained is None:
        return lambda scope, _run: evaluate(scope)

    def run(scope: Any, run: Evaluation) -> Any:
        value = evaluate(scope)
        if value is None:
            run.null(owner, explained, scope)
        return value

    return run


def context(found: v.BoxedContext, make: Maker) -> Act:
    """Make a context; an entry without a name is the value of it all."""
    entries = [(entry.name, logic(entry.logic, make, entry.type)) for entry in found.entries]

    def run(scope: Any, run: Evaluation) -> Any:
        spend(len(entries) // PARTS_A_STEP)
        keep(CONTEXT_ROOM + len(entries) * ENTRY_ROOM)
        frame = Frame(scope)
        for name, act in entries:
            value = act(frame, run)
            if not name:
                return value
            frame[name] = value
        return dict(frame)

    return run


def items(found: v.BoxedList, make: Maker) -> Act:
    """Make a list."""
    acts = [logic(item, make) for item in found.items]

    def run(scope: Any, run: Evaluation) -> Any:
        spend(len(acts) // PARTS_A_STEP)
        keep(len(acts) * ITEM_ROOM)
        return [act(scope, run) for act in acts]

    return run


def relation(found: v.BoxedRelation, make: Maker) -> Act:
    """Make a list of contexts."""
    rows = [items(row, make) for row in found.rows]
    columns = found.columns

    def run(scope: Any, run: Evaluation) -> Any:
        spend(len(rows))
        keep(len(rows) * (CONTEXT_ROOM + ENTRY_ROOM * len(columns)))
        return [dict(zip(columns, row(scope, run), strict=True)) for row in rows]

    return run


def function(found: v.BoxedFunction, make: Maker) -> Act:
    """Make a function; what is not FEEL cannot be called (10.2.1.7)."""
    if found.kind != "FEEL":
        return external(found.kind, make.owner)
    body = logic(found.body, make)
    names = tuple(one.name for one in found.parameters)
    types = tuple(make.type(one.type, one.place) for one in found.parameters)

    def run(scope: Any, run: Evaluation) -> Any:
        def call(*arguments: Any) -> Any:
            spend(4)
            frame = Frame(scope)
            frame.update(zip(names, arguments, strict=True))
            return go_deeper(lambda seen: body(seen, run), frame)

        return FeelFunction(names, call, types)

    return run


def external(kind: str, owner: str) -> Act:
    """Tell that a function of another kind is not to be had, and give null."""

    def run(_scope: Any, run: Evaluation) -> None:
        run.problem(f"{owner}: a function of kind {kind} cannot be called here, write it in FEEL")

    return run


def invocation(found: v.BoxedInvocation, make: Maker) -> Act:
    """Call a function with named arguments."""
    called = logic(found.function, make)
    arguments = [logic(one.logic, make, one.type) for one in found.arguments]
    names, owner = [one.name for one in found.arguments], make.owner

    def run(scope: Any, run: Evaluation) -> Any:
        values, function = [act(scope, run) for act in arguments], called(scope, run)
        if told := misfit(function, values, names):
            run.problem(f"{owner}: {told}")
        return invoke(function, values, names)

    return run


def conditional(found: v.BoxedConditional, make: Maker) -> Act:
    """Take one of two values; a test that is neither true, false nor null has no answer."""
    test, then, otherwise = (logic(one, make) for one in (found.test, found.then, found.otherwise))

    def run(scope: Any, run: Evaluation) -> Any:
        answer = test(scope, run)
        if answer is not None and not isinstance(answer, bool):
            run.problem("the test of a choice needs true or false")
            return None
        return (then if answer else otherwise)(scope, run)

    return run


def selection(found: v.BoxedFilter, make: Maker) -> Act:
    """Take the items for which a test holds (10.2.1.9), which is true or false, no position."""
    domain, test = logic(found.domain, make), logic(found.test, make)
    make.expect(found.test)

    def run(scope: Any, run: Evaluation) -> Any:
        kept = []
        for item in items_of(domain(scope, run)):
            answer = test(item_scope(item, scope), run)
            if not isinstance(answer, bool):
                run.problem("a filter needs true or false")
                return None
            if answer:
                kept.append(item)
        return kept

    return run


def loop(found: v.BoxedLoop, make: Maker) -> Act:
    """Go through a list: make another, or ask for some or every item."""
    domain, body = logic(found.domain, make), logic(found.body, make)
    finish, name = FINISH[found.kind], found.variable

    def run(scope: Any, run: Evaluation) -> Any:
        value = domain(scope, run)
        listed = ranges.elements(value) if isinstance(value, Range) else value
        if listed is None:
            return None
        results: list[Any] = []
        for item in items_of(listed):
            spend(1)
            frame = Frame(scope)
            frame[name] = item
            if found.kind == "for":
                spend(len(results) // 64)
                keep(len(results) * ITEM_ROOM)
                frame["partial"] = results.copy()
            results.append(body(frame, run))
        return finish(results)

    return run


def some(results: list[Any]) -> bool | None:
    """Say whether one is true; None if that hangs on one that is neither."""
    if any(result is True for result in results):
        return True
    return False if all(result is False for result in results) else None


def every(results: list[Any]) -> bool | None:
    """Say whether all are true; None if that hangs on one that is neither."""
    if any(result is False for result in results):
        return False
    return True if all(result is True for result in results) else None


FINISH: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    "for": lambda results: results,
    "some": some,
    "every": every,
}


def table(found: v.DecisionTable, make: Maker) -> Act:
    """Make a decision table."""
    outputs = tuple(out.name or out.label or f"output{at}" for at, out in enumerate(found.outputs))
    if found.aggregation not in ("", "LIST") and len(outputs) > 1:
        told = f"it aggregates ({found.aggregation}), and has {len(outputs)} outputs"
        make.fault(codes.TABLE, told, found.place, "keep one output")
    if len(set(outputs)) < len(outputs):
        make.fault(codes.TABLE, "two of its outputs have the same name", found.place, "rename one")
    compiled = CompiledTable(
        owner=make.owner,
        table=found,
        rules=tuple(rule(one, make, [out.type for out in found.outputs]) for one in found.rules),
        columns=tuple(
            column(one, make, [cells.tests[at] for cells in found.rules])
            for at, one in enumerate(found.inputs)
        ),
        outputs=outputs,
        defaults=tuple(text(out.default, make) if out.default else None for out in found.outputs),
        ranks=tuple(rank(out, make) for out in found.outputs),
    )
    for at, one in enumerate(found.inputs):
        if any("null" in cells.tests[at].text for cells in found.rules):
            make.expect(one.expression)
    return compiled.evaluate


def column(found: v.TableInput, make: Maker, cells: Sequence[v.BoxedText]) -> Column:
    """Make an input of a type; its tests have been compiled."""
    act, type_ = text(found.expression, make), make.type(found.type, found.expression.place)
    named, label = found.type, found.label or found.expression.text or "input"

    def run(scope: Any, run: Evaluation) -> Any:
        value = read_as(act(scope, run), named, type_)
        found = coerced(value, type_)
        if found is None and value is not None:
            run.problem(f"the input {label} is not of its type, {named}")
        return value if found is None else found

    return Column(
        label=label,
        names=(CELL_INPUT, *([found.variable] if found.variable else [])),
        act=run,
        type=type_,
        allowed=make.tests(found.values) if found.values else None,
        tested=kinds_tested(known.tree for known in map(make.cell, cells) if known),
    )


def read_as(value: Any, named: str, type_: TypeName) -> Any:
    """Return what a text means for a type: dates and truths may be texts, Camunda 7's numbers too.

    >>> from bpmn_xml.expressions.tree import TypeName
    >>> read_as("5", "integer", TypeName("number")), read_as("5", "number", TypeName("number"))
    (5, '5')
    """
    if not isinstance(value, str):
        return value
    if named in NUMBERS:
        read = number_of(value)
    else:
        read = TRUTHS.get(value) if named == "boolean" else from_texts(value, type_)
    return value if read is None else read


TRUTHS: Final = {"true": True, "false": False}


def rule(found: v.TableRule, make: Maker, types: Sequence[str]) -> CompiledRule:
    """Make a rule for outputs of some types; a cell that is empty or a dash takes every value."""
    return CompiledRule(
        id=found.id,
        tests=tuple(None if cell.text in ("", "-") else make.tests(cell) for cell in found.tests),
        asking=tuple(asking(cell, make) for cell in found.tests),
        results=tuple(
            result(cell, type_, make) for cell, type_ in zip(found.results, types, strict=False)
        ),
        notes=found.notes,
    )


def asking(cell: v.BoxedText, make: Maker) -> Compiled | None:
    """Return the tests of a cell if a part of them may have no result."""
    known = make.cell(cell)
    return known if known and may_be_null(known.tree) else None


def result(cell: v.BoxedText, type_: str, make: Maker) -> Act:
    """Make what a rule gives for an output of a type; an empty cell gives null."""
    if not cell.text or cell.text == "-":
        return logic(None, make)
    act = text(cell, make)
    if type_ not in READ:
        return act
    wanted = make.type(type_, cell.place)
    return lambda scope, run: read_as(act(scope, run), type_, wanted)


READ: Final = NUMBERS | {"boolean", "date"}
"""Types of outputs for which texts are read, as Camunda 7 does."""


def rank(output: v.TableOutput, make: Maker) -> Act | None:
    """Make the list of an output's values, in the order of their priority."""
    values = output.values or make.allowed(output.type)
    if values is None:
        return None
    return text(v.BoxedText(text=f"[{values.text}]", place=values.place), make)


LOGIC: Final[Mapping[type[v.BoxedExpression], Callable[[Any, Maker], Act]]] = {
    v.BoxedText: text,
    v.BoxedContext: context,
    v.BoxedList: items,
    v.BoxedRelation: relation,
    v.BoxedFunction: function,
    v.BoxedInvocation: invocation,
    v.BoxedConditional: conditional,
    v.BoxedFilter: selection,
    v.BoxedLoop: loop,
    v.DecisionTable: table,
}
