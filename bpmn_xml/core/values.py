"""Variables by name, as commands and records carry them and expressions see them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

Values = Mapping[str, object]


def layered(*layers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Several mappings as one, in which the first that has a name counts; to be read only.

    >>> layered({"a": 1}, {"a": 2, "b": 3})["a"]
    1
    """
    return ChainMap(*layers)  # type: ignore[arg-type] # nobody writes to what is a Mapping only


def copied(names: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variables as they are now, for who reads them later; what is only told stays told.

    >>> now = {"a": 1}
    >>> later = copied(layered(now, {"b": 2}))
    >>> now["a"] = 3
    >>> dict(later)
    {'b': 2, 'a': 1}
    """
    match names:
        case ChainMap():
            return layered(*[copied(layer) for layer in names.maps])
        case dict():
            return dict(names)
    return names
