"""Settings that a dialect gives to an element: read from its foreign attributes and elements.

A dialect is a table: name of the attribute or element -> what it does. A row either sets
something of `Settings`, is `KEPT` (no effect on the flow or on data), or is `REFUSED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from bpmn_xml.model import ForeignElement

BX: Final = "urn:bpmn-xml:1.0"
CAMUNDA7: Final = "http://camunda.org/schema/1.0/bpmn"
ACTIVITI: Final = "http://activiti.org/bpmn"
CAMUNDA8: Final = "http://camunda.org/schema/zeebe/1.0"


class Settings(msgspec.Struct, kw_only=True):
    """What was said about an element beyond the standard, still as raw as can be checked later.

    Attributes:
        names: what its Python may be called, best first.
        dialects: whose words were used, our own left out.
        problems: (code, message, remedy) of what cannot be honoured.
    """

    names: list[str] = msgspec.field(default_factory=list)
    implementation: str = ""
    many: bool = False
    promotes: bool = False
    resumable: bool = False
    catches_exceptions: bool = False
    flow_payload: bool = False
    threads: int = 0
    delay: int = 0
    timeout: int = 0
    retries: tuple[int, ...] = ()
    result: str = ""
    max_in_flight: int = 1000
    code_variable: str = ""
    message_variable: str = ""
    fields: list[tuple[str, str]] = msgspec.field(default_factory=list)
    dialects: list[str] = msgspec.field(default_factory=list)
    problems: list[tuple[str, str, str]] = msgspec.field(default_factory=list)


Apply = Callable[[Settings, str], None]
"""Put an attribute's value into the settings; raises `ValueError` for one it cannot take."""

Read = Callable[[Settings, ForeignElement], None]
"""The same for an extension element."""


def kept(_settings: Settings, _value: object) -> None:
    """It has no effect on the flow or on data; it is kept and written back."""


def refused(what: str) -> Callable[[Settings, object], None]:
    """It would change the flow or data, and cannot be run."""

    def refuse(settings: Settings, _value: object) -> None:
        settings.problems.append(("BX105", f"{what} cannot be run yet", "remove it"))

    return refuse


class Dialect(msgspec.Struct, frozen=True):
    """One vendor's namespaces and what their attributes and elements mean.

    `attributes` are keyed by name, or by `"element@name"` where it depends on the element.
    """

    name: str
    namespaces: frozenset[str]
    attributes: Mapping[str, Apply]
    elements: Mapping[str, Read]


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    if not (text.strip().isascii() and text.strip().isdigit()) or not 1 <= int(text) <= 10**6:
        raise ValueError(f"{text[:40]!r} is no whole number from 1 to 1000000")
    return int(text)


def flag(text: str) -> bool:
    """Read true or false."""
    values = {"true": True, "1": True, "false": False, "0": False}
    if text.strip() not in values:
        raise ValueError(f"{text[:40]!r} is neither true nor false")
    return values[text.strip()]


def one_of(text: str, allowed: Iterable[str]) -> str:
    """Read one of a few words."""
    words = list(allowed)
    if text not in words:
        raise ValueError(f"{text[:40]!r} is not {' or '.join(map(repr, words))}")
    return text


def bean_name(text: str) -> str:
    """The name in `${name}`, or the text itself.

    >>> bean_name("${chargeCard}"), bean_name("org.acme.Charge")
    ('chargeCard', 'org.acme.Charge')
    """
    text = text.strip()
    if text[:2] in ("${", "#{") and text.endswith("}"):
        return text[2:-1].strip()
    return text
