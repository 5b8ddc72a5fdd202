"""Names that come late: imported when they are first used, or told once a circle is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any


def importer(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make the `__getattr__` and the `__dir__` of a package: these names are all that it offers.

    Args:
        package: its name.
        names: by the module in it where they live, the names; by "" those that are modules.

    >>> get, known = importer("bpmn_xml", {"errors": "Place Severity", "": "errors model"})
    >>> known()
    ['Place', 'Severity', 'errors', 'model']
    >>> get("Place") is get("errors").Place
    True
    >>> get("Palace")
    Traceback (most recent call last):
        ...
    AttributeError: module 'bpmn_xml' has no attribute 'Palace'
    """
    homes = {name: home for home, told in names.items() for name in told.split()}

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if not homes[name]:
            return import_module(f"{package}.{name}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return get, lambda: [*homes]


def tell_names(names: Mapping[str, object], kinds: Iterable[type]) -> None:
    """Let the modules of some classes know names that they import for type checkers only.

    `help` looks there for what a class is annotated with, and fails where it is not.
    """
    for home in {kind.__module__ for kind in kinds}:
        known = vars(sys.modules[home])
        known.update({name: named for name, named in names.items() if name not in known})
