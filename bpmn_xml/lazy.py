"""Packages whose names are imported when they are first used, so that starting stays quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def importer(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the `__getattr__` of a package.

    Args:
        package: its name.
        homes: the module in it where each name lives, "" for a name that is a module.

    >>> get = importer("bpmn_xml", {"Place": "errors", "errors": ""})
    >>> get("Place") is get("errors").Place
    True
    >>> get("Palace")
    Traceback (most recent call last):
        ...
    AttributeError: module 'bpmn_xml' has no attribute 'Palace'
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if not homes[name]:
            return import_module(f"{package}.{name}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return get
