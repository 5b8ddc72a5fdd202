"""Variables by name, as commands and records carry them and expressions see them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bpmn_xml.expressions.told import Copy, Told

Values = Mapping[str, object]


def layered(*layers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Several mappings as one, in which the first that has a name counts; to be read only.

    >>> layered({"a": 1}, {"a": 2, "b": 3})["a"]
    1
    """
    return ChainMap(*layers)  # type: ignore[arg-type] # nobody writes to what is a Mapping only


def copied(
    names: Mapping[str, Any], listed: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
) -> dict[str, Any]:
    """The variables as they are now, for who reads them later; what is only told stays told.

    Args:
        names: what is seen now.
        listed: makes the copy of the variables.

    >>> now = {"a": 1}
    >>> later = copied(layered(now, Told({"half": lambda n: n / 2}, 5)))
    >>> now["a"] = 3
    >>> later, later["half"]
    ({'a': 1}, 2.5)
    """
    told = list(_telling(names))
    return Copy(listed(names), layered(*told)) if told else listed(names)


def _telling(names: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What tells names without listing them, the innermost first."""
    match names:
        case Told():
            yield names
        case Copy(_told=told):
            yield told
        case ChainMap():
            for layer in names.maps:
                yield from _telling(layer)
