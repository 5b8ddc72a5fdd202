"""Data stores (10.4.1): named mappings that outlive an instance, given by the caller or in memory.

Reading or writing one is a job like any other, so a store may be slow, or fail and be tried again.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from bpmn_xml.compiler.program import StoreAccess
from bpmn_xml.core.values import layered
from bpmn_xml.runtime.binding.handlers import Handler, all_as_one

Stores = dict[str, MutableMapping[str, Any]]


def store_handler(access: StoreAccess, stores: Stores) -> Handler:
    """The handler that reads a data store into a variable, or writes the variable to the store.

    A mapping is written entry by entry, any other value under the variable's name; without a value
    nothing is.

    >>> shelf = {"lamp": 2}
    >>> read = store_handler(StoreAccess("shelf", "stock", reads=True), {"shelf": shelf})
    >>> read.function(*read.gather({}))
    {'stock': {'lamp': 2}}
    >>> write = store_handler(StoreAccess("shelf", "lamp", reads=False), {"shelf": shelf})
    >>> write.function(*write.gather({"lamp": 1})), shelf
    (None, {'lamp': 1})
    """
    store = stores.setdefault(access.store, {})
    transform = access.transform

    def value_of(variables: Mapping[str, Any], plain: Any) -> Any:
        if transform is None:
            return plain
        return transform.evaluate(layered({access.store: dict(store)}, variables))

    def read(variables: Mapping[str, Any]) -> dict[str, Any]:
        return {access.name: value_of(variables, dict(store))}

    def write(variables: Mapping[str, Any]) -> None:
        value = value_of(variables, variables.get(access.name))
        if value is not None:
            store.update(value if isinstance(value, Mapping) else {access.name: value})

    function = read if access.reads else write
    return Handler(function=function, gather=all_as_one)
