"""What Python does a task's work: looked up once, all that is missing told at once.

The diagram's own `python:module:Class.method` comes first, else each of the task's names and then
its id is looked up in what the caller gives, in the table of bindings, and among the functions
registered with `@task`. Nothing is imported before everything has been looked up as far as it can
be without.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import Kind, Node, Program
from bpmn_xml.errors import BindingError, CheckError, Finding, UsageError
from bpmn_xml.runtime.binding import codes, naming
from bpmn_xml.runtime.binding.asking import answering, evaluating
from bpmn_xml.runtime.binding.beans import bean_method, evaluator
from bpmn_xml.runtime.binding.choosing import chooser
from bpmn_xml.runtime.binding.deciding import DecisionBook
from bpmn_xml.runtime.binding.decorator import registered, registered_names
from bpmn_xml.runtime.binding.handlers import Handler, adapt, all_as_one
from bpmn_xml.runtime.binding.imports import PREFIX, AllowedImports, ImportRefusedError
from bpmn_xml.runtime.binding.naming import Resolution
from bpmn_xml.runtime.binding.references import Reference, find_object
from bpmn_xml.runtime.binding.stores import Stores, store_handler
from bpmn_xml.runtime.binding.table import GIVEN_TABLE, idle_lines

HANDLED: Final = frozenset(
    {Kind.SERVICE_TASK, Kind.SEND_TASK, Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK, Kind.LISTENER}
)
"""The kinds of nodes whose work is done by a handler."""

Found = Callable[..., Any] | Reference


class TaskUnboundError(UsageError):
    """A task cannot be bound: a code of `codes`, why, and what to do."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        self.code = code
        super().__init__(message)
        self.remedy = remedy


class Sources(msgspec.Struct, kw_only=True):
    """Where handlers may come from.

    Attributes:
        handlers: mappings, modules or objects given by the caller, in the order of look-up.
        table: names -> `python:module:function`.
        table_name: what the table is called, such as the name of its file.
        imports: the places from which may be imported.
        decisions: the decision models, for tasks that name a decision.
        stores: data stores by name; those that are missing are added, in memory.
    """

    handlers: Sequence[object] = ()
    table: Mapping[str, str] = {}
    table_name: str = GIVEN_TABLE
    imports: AllowedImports = msgspec.field(default_factory=AllowedImports)
    decisions: DecisionBook | None = None
    stores: Stores = msgspec.field(default_factory=dict)

    def names(self) -> list[str]:
        """All names that have a handler, for suggestions."""
        own = [name for source in self.handlers for name in public_names(source)]
        decided = self.decisions.names() if self.decisions else []
        return [*own, *decided, *self.table, *registered_names()]


class Bindings(msgspec.Struct, kw_only=True):
    """The handlers by node index, how each was found, which tasks pass for want of one, doubts."""

    handlers: dict[int, Handler]
    stubbed: list[str]
    resolved: list[Resolution]
    doubts: list[Finding]


def bind(program: Program, sources: Sources, *, stub: bool = False) -> Bindings:
    """Find the handler of every task that needs one.

    Args:
        program: whose tasks.
        sources: where to look.
        stub: tasks that cannot be bound pass without doing anything, and are listed.

    Raises:
        BindingError: tasks are not bound; all of them at once.
    """
    work = _Binder(program, sources, stub=stub)
    work.attempt(work.look_up)
    work.attempt(work.check_reference)
    work.attempt(work.adapt)
    work.refuse()
    resolved = [work.ways[index] for index in work.found if index in work.ways]
    tasks = [_names(program.nodes[index]) for index in work.found]
    doubts = list(idle_lines(tasks, sources.table, sources.table_name))
    return Bindings(handlers=work.handlers, stubbed=work.stubbed, resolved=resolved, doubts=doubts)


class _Binder:
    """Looks handlers up in three steps, and collects what is missing."""

    def __init__(self, program: Program, sources: Sources, *, stub: bool) -> None:
        self.program, self.sources, self.stub = program, sources, stub
        self.found: dict[int, Found | None] = {
            node.index: None
            for node in program.nodes
            if node.kind in HANDLED and node.work is not None
        }
        self.handlers: dict[int, Handler] = {}
        self.ways: dict[int, Resolution] = {}
        self.stubbed: list[str] = []
        self.failed: set[int] = set()
        self.findings: list[Finding] = []

    def attempt(self, step: Callable[[Node], None]) -> None:
        """Do a step for every task that is still in question."""
        for index in self.found:
            node = self.program.nodes[index]
            if index in self.handlers or index in self.failed:
                continue
            try:
                step(node)
            except TaskUnboundError as error:
                self.fail(node, error)

    def fail(self, node: Node, error: TaskUnboundError) -> None:
        """A task cannot be bound: let it pass, or note why."""
        if self.stub:
            self.handlers[node.index] = _PASSING
            self.stubbed.append(node.id)
            self._note(node, "", naming.STUBBED)
            return
        self.failed.add(node.index)
        self.findings.append(
            Finding(
                code=error.code,
                place=node.place,
                id=node.id,
                name=node.name,
                message=str(error),
                remedy=error.remedy,
            )
        )

    def refuse(self) -> None:
        """Go on only if nothing was found wrong."""
        if self.findings:
            raise BindingError(sorted(self.findings, key=_order))

    def look_up(self, node: Node) -> None:
        """Find what the task names, without importing anything."""
        work = node.work
        if work is not None and work.script is not None:
            script = work.script
            self.handlers[node.index] = Handler(function=script, gather=all_as_one, outside=False)
            self._note(node, "", naming.SCRIPT)
            return
        if work is not None and work.store is not None:
            self.handlers[node.index] = store_handler(work.store, self.sources.stores)
            self._note(node, work.store.store, naming.STORE)
            return
        later = (work.beans or work.chosen) if work is not None else None
        if later is not None:
            self.found[node.index] = _not_yet
            self._note(node, later.text, naming.DRAWN)
            return
        if work is not None and work.implementation:
            found: Found | None = self._reference(work.implementation)
            self._note(node, work.implementation, naming.DRAWN)
        else:
            found = self._named(node, _names(node)) or self._conventional(node, _names(node))
        self.found[node.index] = found
        if found is None and not self.look_up_decision(node):
            self.look_up_registered(node)

    def look_up_decision(self, node: Node) -> bool:
        """Find the decision that a task names; whether there is one."""
        call = node.work.decision if node.work is not None else None
        if call is None or self.sources.decisions is None:
            return False
        try:
            handler = self.sources.decisions.handler(call)
        except CheckError as error:
            self.findings += error.findings
            self.failed.add(node.index)
            return True
        if handler is not None:
            self.handlers[node.index] = handler
            self._note(node, call.name, naming.DECISION)
        return handler is not None

    def look_up_registered(self, node: Node) -> None:
        """Find a task that nothing else knows among the registered functions."""
        if self.found[node.index] is not None:
            return
        names = _names(node)
        for name in names:
            for function in reversed(registered(name)):
                module = getattr(function, "__module__", "") or ""
                if not module.startswith(PREFIX) or self.sources.imports.defines(module):
                    self.found[node.index] = function
                    self._note(node, name, naming.REGISTERED)
                    return
        lacks = node.work.lacks if node.work is not None else None
        if lacks is not None:
            raise TaskUnboundError(lacks.code, lacks.what, lacks.remedy)
        decision = node.work.decision if node.work is not None else None
        message = f"nothing is bound to {' or '.join(map(repr, names))}"
        if decision is not None:
            message = f"there is no decision {decision.name!r}, and no Python of that name"
        remedy = codes.nearest(names[0], self.sources.names(), _remedy(node, names[0]))
        raise TaskUnboundError(codes.UNBOUND, message, remedy)

    def _named(self, node: Node, names: Sequence[str]) -> Found | None:
        for name in names:
            for source in self.sources.handlers:
                handler = pick(source, name)
                if handler is not None:
                    self._note(node, name, naming.GIVEN)
                    return handler
        for name in names:
            if name in self.sources.table:
                self._note(node, name, naming.TABLE.format(self.sources.table_name))
                return self._reference(self.sources.table[name])
        return None

    def _conventional(self, node: Node, names: Sequence[str]) -> Found | None:
        """What modules and objects have under a name as Python would spell it."""
        sources = [source for source in self.sources.handlers if not isinstance(source, Mapping)]
        for name in names:
            for spelled in naming.conventional(name):
                for handler in filter(None, (pick(source, spelled) for source in sources)):
                    self._note(node, name, naming.CONVENTION)
                    return handler
        return None

    def _note(self, node: Node, name: str, rule: str) -> None:
        self.ways[node.index] = Resolution(node.id, name, "", rule, node.place.file)

    def _reference(self, text: str) -> Reference:
        """Parse a reference and see that its module is there."""
        try:
            reference = Reference.parse(text)
            self.sources.imports.check(reference.module)
        except ValueError as error:
            remedy = "write python:module:function or python:module:Class.method"
            raise TaskUnboundError(codes.MALFORMED, str(error), remedy) from error
        except ImportRefusedError as error:
            raise TaskUnboundError(error.code, str(error), error.remedy) from error
        return reference

    def _bean(self, node: Node, path: str) -> Callable[..., Any]:
        """What an expression calls: a function by its whole name, or a method of an object."""
        head, _, method = path.rpartition(".")
        for name in (path, head):
            found: Any = self._named(node, [name])
            if isinstance(found, Reference):
                found = find_object(found, self.sources.imports)
            if found is None:
                found = next(iter(reversed(registered(name))), None)
            if found is not None:
                return found if name == path else _method(found, method)
        remedy = codes.nearest(path, self.sources.names(), _remedy(node, path, spelled=False))
        raise TaskUnboundError(codes.UNBOUND, f"nothing is bound to {path!r}", remedy)

    def _chosen(self, node: Node, name: str) -> Handler:
        """The handler of a name that is known only when the task comes."""
        found: Any = self._named(node, [name]) or self._conventional(node, [name])
        if isinstance(found, Reference):
            found = find_object(found, self.sources.imports)
        found = found or next(iter(reversed(registered(name))), None)
        if found is None:
            remedy = codes.nearest(name, self.sources.names(), _remedy(node, name))
            raise TaskUnboundError(codes.UNBOUND, f"nothing is bound to {name!r}", remedy)
        return adapt(found, dict(node.work.fields) if node.work is not None else {})

    def check_reference(self, node: Node) -> None:
        """Import what a reference names."""
        found = self.found[node.index]
        if isinstance(found, Reference):
            try:
                self.found[node.index] = find_object(found, self.sources.imports)
            except ImportRefusedError as error:
                raise TaskUnboundError(error.code, str(error), error.remedy) from error

    def adapt(self, node: Node) -> None:
        """Look at the callable and make it a handler."""
        found = self.found[node.index]
        if node.work is not None and node.work.beans is not None:
            handler = evaluator(node.work.beans, node.work.result, partial(self._bean, node))
            self.handlers[node.index] = evaluating(handler, node.work)
            return
        if node.work is not None and node.work.chosen is not None:
            if self.stub:
                raise TaskUnboundError(codes.UNBOUND, "it is not known before what it calls")
            self.handlers[node.index] = chooser(node.work.chosen, partial(self._chosen, node))
            return
        if not callable(found):
            raise TaskUnboundError(
                codes.NOT_CALLABLE, f"{found!r} is no function", "bind a function"
            )
        way = self.ways[node.index]
        self.ways[node.index] = way._replace(python=naming.python_of(found))
        fields = dict(node.work.fields) if node.work is not None else {}
        legacy = self.program.containers[node.container].flow_payload
        try:
            self.handlers[node.index] = answering(adapt(found, fields, legacy=legacy), node.work)
        except UsageError as error:
            name = getattr(found, "__qualname__", repr(found))
            raise TaskUnboundError(codes.NOT_CALLABLE, f"{name}: {error}", error.remedy) from error


def _method(bean: object, name: str) -> Callable[..., Any]:
    try:
        return bean_method(bean, name)
    except UsageError as error:
        raise TaskUnboundError(codes.NOT_CALLABLE, str(error), "give it the method") from error


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


def _remedy(node: Node, name: str, *, spelled: bool = True) -> str:
    """How a name may be bound: by a function beside the drawing, a table, or the caller."""
    stem = Path(node.place.file).stem
    key = json.dumps(name)
    functions = [found for found in (*reversed(naming.conventional(name)), name) if spelled]
    function = next((found for found in functions if found.isidentifier()), "")
    beside = f"write a function {function} in {stem}.py beside the drawing, "
    return (
        f"{beside if stem.isidentifier() and function else ''}"
        f'add a line {key} = "python:module:function" to bindings.toml, '
        f"or in Python give handlers={{{key}: function}} "
        f"or register it with @bpmn_xml.task({key})"
    )


def _order(finding: Finding) -> tuple[str, int, int]:
    return finding.place.file, finding.place.line, finding.place.column


def pick(source: object, name: str) -> Callable[..., Any] | None:
    """What a caller's mapping, module or object has under a name.

    Of a module only what it defines itself, and never a private name, because the name comes
    from the drawing.
    """
    if isinstance(source, Mapping):
        found: Callable[..., Any] | None = source.get(name)
        return found
    if name not in public_names(source):
        return None
    handler: Callable[..., Any] = getattr(source, name)
    return handler


def public_names(source: object) -> list[str]:
    """The names under which a source has something to call."""
    if isinstance(source, Mapping):
        return [name for name in source if isinstance(name, str)]
    names = [name for name in dir(source) if not name.startswith("_")]
    if isinstance(source, ModuleType):
        exported = getattr(source, "__all__", ())
        return [
            name
            for name in names
            if name in exported
            or getattr(getattr(source, name), "__module__", None) == source.__name__
        ]
    return [name for name in names if callable(getattr(source, name))]
