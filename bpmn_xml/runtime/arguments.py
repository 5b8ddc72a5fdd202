"""What a caller gives, looked at before anything is done with it: variables, words, messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn_xml.compiler.program.correlation import key_text
from bpmn_xml.compiler.program.scoping import ScopeRules
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.process_data import require_data


def given(variables: Mapping[str, Any] | None, rules: ScopeRules | None = None) -> dict[str, Any]:
    """Variables as a caller gives them; by the rules of what they are for, if these are known.

    Raises:
        UsageError: they are no mapping from names to values, or no data by those rules.
    """
    if variables is None:
        return {}
    if type(variables) is not dict and not isinstance(variables, Mapping):
        raise UsageError("variables are a mapping from names to values")
    for name in variables:
        if not isinstance(name, str):
            raise UsageError(f"the name of a variable is text, not {name!r}")
    require_data(variables, rules)
    return {**variables}


def require_text(value: object, fault: str) -> None:
    """Refuse what is no text, with these words.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(value, str):
        raise UsageError(fault)


def message(
    name: str,
    key: object,
    payload: Mapping[str, Any] | None,
    rules: ScopeRules | None = None,
) -> tuple[str, str, dict[str, Any]]:
    """The name, the key and the values of a message as a caller gives it.

    Raises:
        UsageError: the name is no text, or what it carries is given as the key.
    """
    order = "first the name of the message, then its key, then what it carries"
    require_text(name, order)
    if isinstance(key, Mapping):
        raise UsageError(order, remedy="without a key say payload=...")
    return name, key_text(key), given(payload, rules)
