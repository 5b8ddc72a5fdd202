"""What Python does a task's work: looked up once, all that is missing told at once.

The diagram's own `python:module:Class.method` comes first, else each of the task's names and then
its id is looked up in the `sources`. Nothing is imported before everything has been looked up as
far as it can be without.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from bpmn_xml.codes import FindingDetails, finding
from bpmn_xml.compiler.codes import EXTENSION
from bpmn_xml.compiler.program import BeanCalls, Kind, Node, Program, Work
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.unset_data import data_of_process, reading_unset
from bpmn_xml.errors import BindingError, CheckError, Finding, UsageError, in_order
from bpmn_xml.runtime.binding import codes, naming
from bpmn_xml.runtime.binding.beans import bean_method, evaluator, lacking
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.computed_names import chooser
from bpmn_xml.runtime.binding.connectors import with_answer_taken
from bpmn_xml.runtime.binding.constants import constants_of
from bpmn_xml.runtime.binding.handlers import YIELDING, Handler, adapt, all_as_one, is_worker
from bpmn_xml.runtime.binding.idle_handlers import unasked
from bpmn_xml.runtime.binding.naming import Resolution
from bpmn_xml.runtime.binding.sources import Found, Match, Sources
from bpmn_xml.runtime.binding.stores import store_handler
from bpmn_xml.runtime.binding.table import SLIP, idle_lines
from bpmn_xml.runtime.binding.validators import bind_rules
from bpmn_xml.runtime.binding.wrappers import (
    in_decisions_place,
    unless_settled,
    with_given_values,
    with_one_value,
)
from bpmn_xml.wording import nearest, suggest

HANDLED: Final = frozenset(
    {Kind.SERVICE_TASK, Kind.SEND_TASK, Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK, Kind.LISTENER}
)
"""The kinds of nodes whose work is done by a handler."""


class Bindings(msgspec.Struct, kw_only=True):
    """The handlers by node index, how each was found, which tasks pass for want of one, doubts.

    `forms` are those, by node index, with rules that Python checks.

    `missing` grows by what decisions ask for and nothing has given, or has no result.
    """

    handlers: dict[int, Handler]
    forms: dict[int, tuple[FormField, ...]]
    stubbed: list[str]
    resolved: list[Resolution]
    doubts: list[Finding]
    missing: dict[str, None] = {}


def bind(program: Program, sources: Sources, *, stub: bool = False) -> Bindings:
    """Find the handler of every task that needs one.

    Args:
        program: whose tasks.
        sources: where to look.
        stub: tasks that cannot be bound pass without doing anything, and are listed.

    Raises:
        BindingError: tasks are not bound; all of them at once.
    """
    binder = _Binder(program, sources, stub=stub)
    binder.attempt(binder.look_up)
    binder.attempt(binder.import_found)
    binder.attempt(binder.adapt)
    rules = bind_rules(program, binder.named, stub=stub)
    binder.findings += rules.findings
    binder.findings += unasked(program, sources)
    binder.refuse()
    resolved = [binder.ways[index] for index in binder.found if index in binder.ways]
    resolved += rules.resolved
    tasks = [_names(program.nodes[index]) for index in binder.found]
    tasks += [[name] for name in rules.names]
    doubts = list(idle_lines(tasks, sources.table, sources.table_name))
    doubts += _not_again(program, binder.handlers)
    doubts += rules.unchecked
    doubts += _unwritten(program, [*binder.found.items(), *binder.called, *rules.called])
    return Bindings(
        handlers=binder.handlers,
        forms=rules.forms,
        stubbed=binder.stubbed,
        resolved=resolved,
        doubts=doubts,
        missing=sources.decisions.missing if sources.decisions else {},
    )


def _not_again(program: Program, handlers: Mapping[int, Handler]) -> Iterator[Finding]:
    """Find the producers whose retries have no effect once they have given a result."""
    for index, handler in handlers.items():
        node = program.nodes[index]
        work = node.work
        if work is None or work.resumable or not (work.retries or work.tries):
            continue
        if work.many or handler.mode in YIELDING:
            message = "it is not tried again after it has given a result"
            yield finding(codes.NOT_AGAIN, message, place=node.place, id=node.id)


def _unwritten(program: Program, found: Iterable[tuple[int, object]]) -> Iterator[Finding]:
    """Find the tasks whose Python is as it was made, and would pass as work that is done."""
    for index, python in found:
        if naming.UNWRITTEN in (getattr(python, "__doc__", None) or ""):
            node = program.nodes[index]
            message, name = f"{naming.python_of(python)} does nothing yet", node.about or node.id
            yield finding(codes.UNWRITTEN, message, place=node.place, id=name, name=node.name)


class _Binder:
    """Looks handlers up in three steps, and collects what is missing."""

    def __init__(self, program: Program, sources: Sources, *, stub: bool) -> None:
        self.program, self.sources, self.stub = program, sources, stub
        self.found: dict[int, Found | None] = {
            node.index: None
            for node in program.nodes
            if node.kind in HANDLED and node.work is not None
        }
        self.called: list[tuple[int, object]] = []
        self.handlers: dict[int, Handler] = {}
        self.ways: dict[int, Resolution] = {}
        self.stubbed: list[str] = []
        self.failed: set[int] = set()
        self.findings: list[Finding] = []

    def attempt(self, step: Callable[[Node, Work], None]) -> None:
        """Do a step for every task that is still in question."""
        for index in self.found:
            node = self.program.nodes[index]
            if node.work is None or index in self.handlers or index in self.failed:
                continue
            try:
                step(node, node.work)
            except RefusedError as error:
                self.fail(node, error)

    def fail(self, node: Node, error: RefusedError) -> None:
        """A task cannot be bound: let it pass, or note why."""
        if self.stub:
            self.bound(node, _PASSING, "", naming.STUBBED)
            self.stubbed.append(node.id)
            return
        self.failed.add(node.index)
        about = FindingDetails(place=node.place, id=node.about or node.id, name=node.name)
        self.findings.append(finding(error.code, str(error), error.remedy, **about))

    def refuse(self) -> None:
        """Go on only if nothing was found wrong."""
        if self.findings:
            raise BindingError(in_order(self.findings))

    def look_up(self, node: Node, work: Work) -> None:
        """Find what the task names, without importing anything.

        What is bound by name comes before a script: a test may put something in its place.
        """
        if work.script is not None and (bound := self.sources.named(_names(node))):
            self.take(node, bound)
        elif work.script is not None:
            handler = Handler(function=work.script, gather=all_as_one, outside=False)
            self.bound(node, handler, "", naming.VALUE if work.local else naming.SCRIPT)
        elif work.store is not None:
            handler = store_handler(work.store, self.sources.stores)
            self.bound(node, handler, work.store.store, naming.STORE)
        elif work.beans is not None:
            self.take(node, Match(_not_yet, work.beans.text, naming.DRAWN))
        elif work.name_expression is not None:
            self.take(node, Match(_not_yet, work.name_expression.text, naming.COMPUTED))
        elif text := work.implementation:
            self.take(node, Match(self.sources.reference(text), text, naming.DRAWN))
        elif match := self.sources.named_or_spelled(_names(node)):
            self.take(node, match)
        elif not self.look_up_decision(node, work):
            self.look_up_registered(node, work)

    def take(self, node: Node, match: Match) -> None:
        """Note what was found for a task."""
        self.found[node.index] = match.found
        self.ways[node.index] = Resolution(node.shown, match.name, "", match.rule, node.place.file)

    def bound(self, node: Node, handler: Handler, name: str, rule: str) -> None:
        """Note the handler of a task for which no Python has to be looked up."""
        self.handlers[node.index] = handler
        self.ways[node.index] = Resolution(node.shown, name, "", rule, node.place.file)

    def look_up_decision(self, node: Node, work: Work) -> bool:
        """Find the decision that a task names; whether there is one."""
        if work.decision is None or self.sources.decisions is None:
            return False
        try:
            handler = self.sources.decisions.handler(work.decision, stub=self.stub)
        except CheckError as error:
            self.findings += error.findings
            self.failed.add(node.index)
            return True
        if handler is not None:
            self.bound(node, handler, work.decision.name, naming.DECISION)
        return handler is not None

    def look_up_registered(self, node: Node, work: Work) -> None:
        """Find a task that nothing else knows among the registered functions."""
        names = _names(node)
        match = self.sources.registered(names) or self._namesake(node, names)
        if match is not None:
            self.take(node, match)
            return
        if work.lacks is not None:
            how = "" if work.names else f": {_remedy(node, node.id)}"
            remedy = f"{self._meant_by(node, work)}{work.lacks.remedy}{how}"
            raise RefusedError(work.lacks.code, work.lacks.what, remedy)
        asked = work.names if node.kind is Kind.LISTENER and work.names else names
        message = f"nothing is bound to {' or '.join(map(repr, asked))}"
        if work.decision is not None:
            name, computed = work.decision.name, work.decision.choose is not None
            lacking = (
                f"for {name!r} to name" if computed else f"{name!r}, and no Python of that name"
            )
            message = f"there is no decision {lacking}"
        raise self.unbound(node, names[0], message)

    def _meant_by(self, node: Node, work: Work) -> str:
        """Ask whether a name that is given, and that no task has, is this one's misspelt."""
        asked = {name for index in self.found for name in _names(self.program.nodes[index])}
        free = set(self.sources.names(node.place.file)) - asked
        near = next((found for name in work.names for found in nearest(name, free, SLIP)), "")
        return f"is it meant by {near!r}, which is given? Else " if near else ""

    def _namesake(self, node: Node, names: Sequence[str]) -> Match | None:
        """What the module of the node's drawing has, which knows it by its id there too."""
        origin = self.program.renamed.get(node.id)
        there = [*names, origin.id] if origin is not None else names
        return self.sources.namesake(there, node.place.file)

    def unbound(self, node: Node, name: str, message: str = "") -> RefusedError:
        """The refusal of a name that means nothing, with the names that are like it."""
        known, otherwise = self.sources.names(node.place.file), _remedy(node, name)
        module, _, function = name.rpartition(":")
        if module.isidentifier() and function in known:
            remedy = f"did you mean 'python:{name}'? Else {otherwise}"
        else:
            remedy = suggest(name, known, otherwise)
        return RefusedError(codes.UNBOUND, message or f"nothing is bound to {name!r}", remedy)

    def import_found(self, node: Node, _work: Work) -> None:
        """Import what a reference names."""
        found = self.found[node.index]
        self.found[node.index] = found and self.sources.imported(found)

    def adapt(self, node: Node, work: Work) -> None:
        """Look at the callable and make it a handler."""
        if work.beans is not None:
            handler = self._evaluator(node, work.beans, work.result)
            self.handlers[node.index] = unless_settled(handler, work)
            return
        if work.name_expression is not None:
            if self.stub:
                raise RefusedError(codes.UNBOUND, "it is not known before what it calls")
            choose = partial(self._handler_named, node, dict(work.fields))
            self.handlers[node.index] = chooser(work.name_expression, choose)
            return
        found = self.found[node.index]
        if not callable(found):
            raise RefusedError(codes.NOT_CALLABLE, f"{found!r} is no function", "bind a function")
        way = self.ways[node.index]._replace(python=naming.python_of(found))
        legacy = self.program.containers[node.container].flow_payload
        try:
            texts = constants_of(node)
            handler = adapt(found, dict(work.fields), texts=texts, legacy=legacy)
            unset = data_of_process(self.program, node)
            gather = reading_unset(handler.gather, handler.needs, unset)
            handler = replace(handler, gather=gather)
            needs = [name for name in handler.needs if name not in dict(work.given)]
            self.ways[node.index] = way._replace(needs=tuple(needs), function=found)
            handler = in_decisions_place(handler, work)
            if not is_worker(found):
                handler = with_answer_taken(handler, work.answer)
            self.handlers[node.index] = with_given_values(with_one_value(handler, work), work.given)
        except UsageError as error:
            name = getattr(found, "__qualname__", repr(found))
            raise RefusedError(codes.NOT_CALLABLE, f"{name}: {error.what}", error.remedy) from error

    def _evaluator(self, node: Node, beans: BeanCalls, result: str) -> Handler:
        """The handler of an expression that calls Python."""
        try:
            return evaluator(beans, result, partial(self._bean, node), stub=self.stub)
        except RefusedError:
            raise
        except UsageError as error:
            raise RefusedError(codes.NOT_CALLABLE, error.what, error.remedy) from error

    def _bean(self, node: Node, path: str) -> Callable[..., Any]:
        """What an expression calls, which is noted."""
        found = self._called(node, path)
        self.called.append((node.index, found))
        return found

    def _called(self, node: Node, path: str) -> Callable[..., Any]:
        """What an expression calls: a function by its whole name, or a method of an object."""
        head, _, method = path.rpartition(".")
        for name in (path, head):
            match = self.sources.named([name]) or self.sources.registered([name])
            match = match or self._namesake(node, [name])
            if match is not None:
                found = self.sources.imported(match.found)
                return found if name == path else _method(found, method)
        if (match := self.sources.conventional([path])) is not None:
            return self.sources.imported(match.found)
        if (without := lacking(path)) is not None:
            why, instead = without
            raise RefusedError(EXTENSION, f"there is no {path}(): {why}", instead)
        raise self.unbound(node, path)

    def named(self, node: Node, name: str) -> tuple[Callable[..., Any], str]:
        """The Python of a name that is drawn at a node, and by which rule it was found."""
        match = self._match(node, name)
        return self.sources.imported(match.found), match.rule

    def _handler_named(self, node: Node, fields: dict[str, str], name: str) -> Handler:
        """The handler of a name that is known only when the task comes."""
        return adapt(self.named(node, name)[0], fields)

    def _match(self, node: Node, name: str) -> Match:
        """What a name means, wherever it comes from."""
        sources, names = self.sources, [name]
        match = sources.named_or_spelled(names) or sources.registered(names)
        match = match or self._namesake(node, names)
        if match is None:
            raise self.unbound(node, name)
        return match


def _method(bean: object, name: str) -> Callable[..., Any]:
    try:
        return bean_method(bean, name)
    except UsageError as error:
        raise RefusedError(codes.NOT_CALLABLE, error.what, "give it the method") from error


def _not_yet() -> None:
    """Stands for a handler that is made from an expression later."""


_PASSING: Final = Handler(function=lambda: None, gather=lambda _variables: (), outside=False)


def _names(node: Node) -> list[str]:
    """What a task's Python may be called, best first; its id and what is drawn on it come last.

    What is drawn beside a listener is its element's.
    """
    own = node.work.names if node.work is not None else ()
    drawn = [node.name] if node.name and node.kind is not Kind.LISTENER else []
    return list(dict.fromkeys([*own, node.id, *drawn]))


def _remedy(node: Node, name: str) -> str:
    """How a name may be bound: by a function beside the drawing, a table, or the caller."""
    stem = Path(node.place.file).stem
    module = naming.module_name(stem)
    key = json.dumps(name)
    functions = [*reversed(naming.conventional(name)), name]
    function = next((found for found in functions if found.isidentifier()), "")
    beside = f"write a function {function} in {module}.py beside the drawing, "
    decided = node.work is not None and node.work.decision is not None
    return (
        f"{'put the .dmn that has it beside the drawing, ' if decided else ''}"
        f"{beside if stem and function else ''}"
        f'add a line {key} = "python:module:function" to bindings.toml, '
        f"or in Python give handlers={{{key}: function}} "
        f"or register it with @bpmn_xml.task({key})"
    )
