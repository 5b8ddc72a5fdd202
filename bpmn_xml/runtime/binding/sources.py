"""Where the Python of tasks may come from, and what a name means there.

First comes what the caller gives, by its name or as Python spells it, then the table of bindings,
then the functions registered with `@task`, last the module that is called like the drawing, for the
drawing's own tasks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding import codes, naming
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.decisions import DecisionBook
from bpmn_xml.runtime.binding.decorator import registered, registered_names
from bpmn_xml.runtime.binding.handlers import method_of
from bpmn_xml.runtime.binding.imports import PREFIX, AllowedImports
from bpmn_xml.runtime.binding.naming import conventional
from bpmn_xml.runtime.binding.references import Reference, find_object
from bpmn_xml.runtime.binding.stores import Stores
from bpmn_xml.runtime.binding.table import GIVEN_TABLE

Found = Callable[..., Any] | Reference


class Match(NamedTuple):
    """The Python that was found, the name that led there, and by which rule of `naming`."""

    found: Found
    name: str
    rule: str


class Sources(msgspec.Struct, kw_only=True):
    """Where handlers may come from.

    Attributes:
        handlers: mappings, modules or objects given by the caller, in the order of look-up.
        table: names -> `python:module:function`.
        table_name: what the table is called, such as the name of its file.
        imports: the places from which may be imported.
        decisions: the decision models, for tasks that name a decision.
        stores: data stores by name; those that are missing are added, in memory.
        namesakes: the module that is called like a drawing, by the drawing's absolute path.
    """

    handlers: Sequence[object] = ()
    table: Mapping[str, str] = {}
    table_name: str = GIVEN_TABLE
    imports: AllowedImports = msgspec.field(default_factory=AllowedImports)
    decisions: DecisionBook | None = None
    stores: Stores = msgspec.field(default_factory=dict)
    namesakes: Mapping[Path, ModuleType] = {}

    def names(self, drawing: str) -> list[str]:
        """All names that have a handler, for suggestions to the author of a drawing."""
        sources = [*self.handlers, *self._beside(drawing)]
        own = [name for source in sources for name in public_names(source)]
        decided = self.decisions.names() if self.decisions else []
        return [*own, *decided, *self.table, *registered_names()]

    def named(self, names: Sequence[str]) -> Match | None:
        """What the caller gives under one of these names, else what the table has.

        Raises:
            RefusedError: the table names what may not be imported.
        """
        return self._given(names) or self._in_table(names)

    def named_or_spelled(self, names: Sequence[str]) -> Match | None:
        """The same; what is given may also be called as Python would spell it.

        Raises:
            RefusedError: the table names what may not be imported.
        """
        return self._given(names) or self.conventional(names) or self._in_table(names)

    def _given(self, names: Sequence[str]) -> Match | None:
        for name in names:
            for source in self.handlers:
                handler = pick(source, name)
                if handler is not None:
                    return Match(handler, name, naming.GIVEN)
        return None

    def _in_table(self, names: Sequence[str]) -> Match | None:
        for name in names:
            if name in self.table:
                rule = naming.TABLE.format(self.table_name)
                return Match(self.reference(self.table[name]), name, rule)
        return None

    def conventional(self, names: Sequence[str]) -> Match | None:
        """What modules and objects have under a name as Python would spell it."""
        sources = [source for source in self.handlers if not isinstance(source, Mapping)]
        for name in names:
            for spelled in conventional(name):
                for handler in filter(None, (pick(source, spelled) for source in sources)):
                    return Match(handler, name, naming.CONVENTION)
        return None

    def registered(self, names: Sequence[str]) -> Match | None:
        """The function registered last under one of these names, if it is of an allowed place."""
        for name in names:
            for function in reversed(registered(name)):
                module = getattr(function, "__module__", "") or ""
                if not module.startswith(PREFIX) or self.imports.defines(module):
                    return Match(function, name, naming.REGISTERED)
        return None

    def namesake(self, names: Sequence[str], drawing: str) -> Match | None:
        """What the module of a drawing has under a name, or as Python would spell it."""
        for module in self._beside(drawing):
            spellings = ((name, one) for name in names for one in (name, *conventional(name)))
            for name, spelled in spellings:
                if (handler := pick(module, spelled)) is not None:
                    return Match(handler, name, naming.BESIDE)
        return None

    def _beside(self, drawing: str) -> list[ModuleType]:
        """The module of a drawing, if there is one."""
        module = self.namesakes.get(Path(drawing).absolute()) if drawing else None
        return [module] if module is not None else []

    def reference(self, text: str) -> Reference:
        """Parse a reference and see that its module is there; nothing is imported.

        Raises:
            RefusedError: it is malformed, or may not be imported.
        """
        try:
            reference = Reference.parse(text)
        except ValueError as error:
            remedy = "write python:module:function or python:module:Class.method"
            raise RefusedError(codes.MALFORMED, str(error), remedy) from error
        self.imports.check(reference.module)
        return reference

    def imported(self, found: Found) -> Callable[..., Any]:
        """What was found; if it is a reference, its module is imported.

        Raises:
            RefusedError: it cannot be imported.
        """
        return find_object(found, self.imports) if isinstance(found, Reference) else found


def pick(source: object, name: str) -> Callable[..., Any] | None:
    """What a caller's mapping, module or object has under a name.

    Of a module only what it defines itself or exports in its `__all__`, and never a private name,
    because the name comes from the drawing. A class is as good as objects of it: each call of a
    method makes a fresh one.

    Raises:
        RefusedError: no object of a class can be made.
    """
    if isinstance(source, Mapping):
        found: Callable[..., Any] | None = source.get(name)
        return found
    if name not in public_names(source):
        return None
    handler: Callable[..., Any] = getattr(source, name)
    if not inspect.isclass(source) or inspect.isclass(handler):
        return handler
    try:
        return method_of(source, name)
    except UsageError as error:
        raise RefusedError(codes.NOT_CALLABLE, error.what, error.remedy) from error


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
