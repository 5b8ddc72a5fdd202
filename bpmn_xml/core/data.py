"""Where data is written: the nearest enclosing scope that holds the name, else the instance.

An item is a wall: inside it a write goes to the nearest scope up to the item that holds the name,
else to the item itself. So what happens in one item is never seen in another. A called process
that is apart from its caller is a wall too, for reading as well. What the dialects do differently
is `ScopeRules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bpmn_xml.compiler.program import Kind, Node, Program
from bpmn_xml.compiler.program.scoping import EXECUTION, TASK, Assign, VariableChange, lasting
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, State, layers
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import APART, FRAME, ITEM
from bpmn_xml.errors import ExpressionError


def write(view: View, values: Mapping[str, Any]) -> tuple[r.Record, ...]:
    """Set variables as seen from the view's scope; one record per scope that changes."""
    scope = view.scope
    if not values:
        return ()
    if is_wall(scope):
        return written(view, scope.path, values)
    targets: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        targets.setdefault(_home(view, name).path, {})[name] = value
    parts = [written(view, path, part) for path, part in targets.items()]
    return tuple([record for records in parts for record in records])


def written(view: View, path: str, values: Mapping[str, Any]) -> tuple[r.Record, ...]:
    """Set variables of one scope; what only takes an answer is told apart from them."""
    plain = lasting(values) if view.program.answers else values
    if len(plain) == len(values):
        return (r.VariablesWritten(path, values),)
    answers = {name: value for name, value in values.items() if name not in plain}
    told = r.Answered(path, answers)
    return (r.VariablesWritten(path, plain), told) if plain else (told,)


def is_wall(scope: Scope) -> bool:
    """Whether writes stop at a scope and never go on to the scopes around it."""
    return scope.parent is None or scope.role in (APART, ITEM)


def _home(view: View, name: str) -> Scope:
    scope = view.scope
    while not (name in scope.variables or name in (scope.answers or ()) or is_wall(scope)):
        scope = view.state.scopes[scope.parent or ""]
    return scope


def own(view: View, node: Node) -> dict[str, Any]:
    """The variables of the scopes that are around this node alone."""
    *alone, _ = layers(view.state, view.scope, node.index, 0)
    return {name: value for scope, _, _ in alone[::-1] for name, value in scope.variables.items()}


def assigned(
    assigns: Iterable[Assign], names: Mapping[str, Any], *, anew: bool = False
) -> dict[str, Any]:
    """What assignments give (10.4.2), in their order; each sees what those before it gave.

    An entry is put into a copy of the variable that has its name, or into one made `anew`.

    Raises:
        ExpressionError: a value cannot be computed, or there is no place for it.
    """
    given: dict[str, Any] = {}
    seen = layered(given, names)
    for assign in assigns:
        value = assign.value.evaluate(seen)
        if not assign.target:
            given |= entries_of(value)
            continue
        name, *inside = assign.target
        old = given if anew else seen
        given[name] = _put_inside(old.get(name), inside, value) if inside else value
    return given


def entries_of(value: object) -> Mapping[str, Any]:
    """The entries of a mapping whose keys are texts; none of nothing.

    Raises:
        ExpressionError: it is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise ExpressionError(f"a {type(value).__name__} is no mapping of names to values")
    return value


def _put_inside(old: object, path: list[str], value: object) -> dict[str, Any]:
    """A copy of a mapping with one entry set, however deep."""
    if not isinstance(old, Mapping | None):
        what = f"there is no entry {path[0]!r} in a {type(old).__name__}"
        raise ExpressionError(what)
    first, *rest = path
    copy: dict[str, Any] = dict(old or {})
    copy[first] = _put_inside(copy.get(first), rest, value) if rest else value
    return copy


def bring_out(view: View, node: Node, told: Values | None = None) -> Records:
    """Write what an element's mapping gives into the scopes around its own (10.4.2).

    Args:
        told: variables that are not written yet, but are seen before all others.

    Raises:
        ExpressionError: a value cannot be computed.
    """
    outputs = node.frame.outputs if node.frame else ()
    if not outputs:
        return ()
    around = view.state.scopes[view.scope.parent or ""]
    names = layered(told, view.names()) if told else view.names()
    return write(view.at(around, view.payload), assigned(outputs, names))


def results(view: View, node: Node, values: Mapping[str, Any]) -> Records:
    """Write what a job or a called process gave.

    It stays in the element's own scope where a mapping says what leaves that, and where it is a
    listener's that comes before the element; Camunda 7 lets all of it out.
    """
    scope = view.scope
    if node.work is not None and node.work.local and values:
        return written(view, scope.path, values)
    if scope.role == FRAME and values and view.rules.local_results:
        host = view.program.nodes[scope.node]
        chain = host.frame.chain if host.frame else ()
        first = node.kind is Kind.LISTENER and host.index in chain[chain.index(node.index) :]
        if first or (node is host and host.frame and host.frame.keeps):
            return written(view, scope.path, values)
    return write(view, values)


def changed(view: View, node: Node, change: VariableChange) -> Records:
    """What a change comes to that an expression of Camunda 7 makes, or nothing."""
    if not (change.place or change.removes):
        return results(view, node, {change.name: change.value})
    own = own_scope(view.program, view.state, view.scope, change.place)
    scope = own if change.place else _home(view, change.name)
    if not change.removes:
        return written(view, scope.path, {change.name: change.value})
    there = change.name in scope.variables
    return (r.VariablesRemoved(scope.path, (change.name,)),) if there else ()


def own_scope(program: Program, state: State, scope: Scope, place: str) -> Scope:
    """The scope whose variables are local to what an expression of Camunda 7 asks: `place`.

    That of a task is its frame; that of an execution too where the element is a scope there.
    """
    frame = program.nodes[scope.node].frame if scope.role == FRAME and place != TASK else None
    return scope if frame is None or frame.own else state.scopes[scope.parent or ""]


def scopes_seen(
    program: Program, state: State, scope: Scope
) -> tuple[int, tuple[dict[str, Any], ...]]:
    """The variables of each scope that is seen, the innermost first; which the execution's are."""
    found, own = [scope], own_scope(program, state, scope, EXECUTION)
    while scope.parent is not None and scope.role != APART:
        scope = state.scopes[scope.parent]
        found.append(scope)
    return found.index(own), tuple([{**one.variables} for one in found])


def received(view: View, node: Node, values: Mapping[str, Any] | None) -> Records:
    """Write what a caught event brings.

    Raises:
        ExpressionError: a value cannot be computed.
    """
    given = brought(view, node, values or {})
    return write(view, given) if node.receives else results(view, node, given)


def carried(view: View, node: Node, values: Mapping[str, Any] | None) -> Values | None:
    """What a caught event brings into the data of the event sub-process that it begins (10.5.1).

    Raises:
        ExpressionError: a value cannot be computed.
    """
    if not node.carries:
        return None
    return assigned(node.carries, _seen(view, node, values or {}), anew=True)


def brought(view: View, node: Node, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a caught event brings: all of it, or what the event's mapping says (10.5.1).

    Camunda 7 takes both.

    Raises:
        ExpressionError: a value cannot be computed.
    """
    if not (node.receives or node.carries):
        return values
    mapped = assigned(node.receives, _seen(view, node, values))
    return mapped if view.rules.local_results else {**values, **mapped}


def _seen(view: View, node: Node, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the mapping of a caught event sees: what came, nothing where it did not, variables.

    Of an event sub-process its own data hides what is around, and has no value yet (10.4.1).
    """
    unset = [*node.outputs, *[one.target[0] for one in node.carries if one.target]]
    return layered(values, dict.fromkeys(unset), view.names())
