"""`module:Class.method` as a drawing names Python, and the object behind it.

The object must be defined in an allowed place itself: a module that was allowed in is no way to
what it has imported.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.handlers import method_of
from bpmn_xml.runtime.binding.imports import AllowedImports, plain_name
from bpmn_xml.wording import quoted, suggest


class Reference(NamedTuple):
    """A module and a name in it, `function` or `Class.method`."""

    module: str
    name: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read a reference, with `python:` before it or without.

        Raises:
            ValueError: it is none.

        >>> Reference.parse("python:shop.orders:Stock.reserve")
        Reference(module='shop.orders', name='Stock.reserve')
        """
        module, colon, name = text.strip().removeprefix("python:").partition(":")
        words = [*module.split("."), *name.split(".")]
        if not colon or not all(word.isidentifier() for word in words):
            raise ValueError(f"{quoted(text)} names no Python")
        if any(word.startswith("_") for word in name.split(".")):
            raise ValueError(f"{quoted(text)} names something private")
        return cls(module, name)


def find_object(reference: Reference, imports: AllowedImports) -> Callable[..., Any]:
    """Import the module and find the function, class or method.

    Raises:
        RefusedError: it is not there, or not from an allowed place.
    """
    module = imports.load(reference.module)
    first, _, rest = reference.name.partition(".")
    found = _member(module, first, _callables(module, imports), reference)
    if not rest:
        return _allowed(found, reference, imports)
    *outer, last = rest.split(".")
    for name in outer:
        found = _member(_class(found, reference, imports), name, [], reference)
    owner = _class(found, reference, imports)
    method = _member(owner, last, _methods(owner), reference)
    _allowed(method, reference, imports)
    try:
        return method_of(owner, last)
    except UsageError as error:
        raise RefusedError(codes.NOT_CALLABLE, error.what, error.remedy) from error


def _member(owner: object, name: str, known: list[str], reference: Reference) -> object:
    try:
        return inspect.getattr_static(owner, name)
    except AttributeError:
        message = f"{plain_name(reference.module)} has no {reference.name!r}"
        remedy = suggest(name, known, "correct the name")
        raise RefusedError(codes.NO_SUCH_NAME, message, remedy) from None


def _class(found: object, reference: Reference, imports: AllowedImports) -> type:
    """A class on the way to a method; nothing else has methods that a drawing may name."""
    if not inspect.isclass(found):
        message = f"{reference.name!r} goes through {type(found).__name__}, which is no class"
        remedy = "name a function, or Class.method"
        raise RefusedError(codes.DEFINED_ELSEWHERE, message, remedy)
    _allowed(found, reference, imports)
    return found


def _allowed(found: object, reference: Reference, imports: AllowedImports) -> Callable[..., Any]:
    """See that an object is a function or class which an allowed module defines."""
    plain = found.__func__ if isinstance(found, staticmethod | classmethod) else found
    if not (inspect.isfunction(plain) or inspect.isclass(plain)):
        message = f"{reference.name!r} is a {type(plain).__name__}, no function, class or method"
        raise RefusedError(codes.NOT_CALLABLE, message, "define a function")
    if not imports.defines(plain.__module__):
        message = f"{reference.name!r} is defined in {plain.__module__}, which is not allowed"
        remedy = "define a function of your own that calls it"
        raise RefusedError(codes.DEFINED_ELSEWHERE, message, remedy)
    return plain


def _callables(module: ModuleType, imports: AllowedImports) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if callable(value) and imports.defines(getattr(value, "__module__", None) or "")
    ]


def _methods(owner: type) -> list[str]:
    return [name for name in vars(owner) if not name.startswith("_")]
