"""Tags and text become XML: escaped, indented, each prefix declared where it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.xml.characters import IN_TEXT, IN_VALUE, escape, is_name
from bpmn_xml.formats.xml.namespaces import XML
from bpmn_xml.formats.xml.wording import excerpt

NOTHING: Final[Mapping[str, str]] = {}


class Tag(NamedTuple):
    """The name of an element or attribute, and the prefix that it should be written with."""

    namespace: str
    local: str
    prefix: str = ""


class Open(msgspec.Struct):
    """An element that is open: its name as written, the prefixes in force, what it holds.

    Where it is `inline`, white space would become part of its text, so none is added.
    """

    name: str
    scope: dict[str, str]
    inline: bool = False
    nested: bool = False
    filled: bool = False


class Markup:
    """A document as it grows.

    >>> markup = Markup({"": "urn:a"})
    >>> markup.start(Tag("urn:a", "a"), [(Tag("", "b"), '"1"')])
    >>> markup.start(Tag("urn:c", "d", "c"))
    >>> markup.end()
    >>> markup.end()
    >>> print(markup.text().strip())
    <?xml version="1.0" encoding="UTF-8"?>
    <a xmlns="urn:a" b="&quot;1&quot;">
      <c:d xmlns:c="urn:c"/>
    </a>
    """

    def __init__(self, declarations: Mapping[str, str]) -> None:
        """Begin a document whose root declares some prefixes."""
        self.pieces = ['<?xml version="1.0" encoding="UTF-8"?>']
        self.declarations = dict(declarations)
        self.opened = [Open("", {"": "", "xml": XML, **declarations})]

    def start(
        self,
        tag: Tag,
        attributes: Sequence[tuple[Tag, str]] = (),
        *,
        inline: bool = False,
        keep: Mapping[str, str] = NOTHING,
    ) -> None:
        """Open an element. The prefixes of `keep` stay as they are within it."""
        outer = self.opened[-1]
        binder = Binder(outer.scope, dict(keep), self.declarations)
        self.declarations = {}
        name = binder.bind(tag)
        written = [(binder.bind(key, bare=False), value) for key, value in attributes]
        if not outer.inline:
            self.pieces.append("\n" + "  " * (len(self.opened) - 1))
        if len(written) > len({key for key, _ in written}):
            raise UsageError(f"an attribute of <{name}> stands twice", remedy="keep one of the two")
        declared = [(f"xmlns:{key}" if key else "xmlns", uri) for key, uri in binder.new.items()]
        pairs = (f' {key}="{escape(value, IN_VALUE)}"' for key, value in (*declared, *written))
        self.pieces += [f"<{name}", *pairs, ">"]
        outer.nested = outer.filled = True
        self.opened.append(Open(name, binder.scope, inline=inline or outer.inline))

    def write(self, text: str) -> None:
        """Write text."""
        if text:
            self.pieces.append(escape(text, IN_TEXT))
            self.opened[-1].filled = True

    def end(self) -> None:
        """Close the element that was opened last."""
        closed = self.opened.pop()
        if not closed.filled:
            self.pieces[-1] = "/>"
            return
        if closed.nested and not closed.inline:
            self.pieces.append("\n" + "  " * (len(self.opened) - 1))
        self.pieces.append(f"</{closed.name}>")

    def prefix_of(self, namespace: str) -> str | None:
        """Return a prefix that stands for a namespace here, never the default one."""
        return prefix_in(self.opened[-1].scope, namespace)

    def text(self) -> str:
        """Return the whole document."""
        return "".join(self.pieces) + "\n"


class Binder:
    """Chooses the prefixes of one tag, and declares what is not in force.

    `used` are the prefixes that must keep their meaning on this tag, `new` its declarations.
    """

    def __init__(
        self, scope: dict[str, str], used: dict[str, str], declarations: dict[str, str]
    ) -> None:
        self.scope, self.used, self.new = scope, used, declarations

    def bind(self, tag: Tag, *, bare: bool = True) -> str:
        """Return a name as it is written. `bare` names may be in the default namespace."""
        if not is_name(tag.local):
            raise UsageError(f"{excerpt(tag.local)!r} cannot be a name in XML")
        if not tag.namespace and not bare:
            return tag.local
        prefix = self.choose(tag.namespace, tag.prefix, bare=bare)
        self.used[prefix] = tag.namespace
        if self.scope.get(prefix) != tag.namespace:
            self.scope = {**self.scope, prefix: tag.namespace}
            self.new[prefix] = tag.namespace
        return f"{prefix}:{tag.local}" if prefix else tag.local

    def choose(self, namespace: str, prefix: str, *, bare: bool) -> str:
        """Return the prefix that was asked for, or one in force, or a new one."""
        if not namespace or namespace == XML:
            return "xml" if namespace else ""
        free = self.used.get(prefix, namespace) == namespace
        if free and (is_name(prefix) or (bare and not prefix)) and prefix[:3] != "xml":
            return prefix
        known = prefix_in({**self.scope, **self.used}, namespace)
        return known or unused(self.scope)


def prefix_in(scope: Mapping[str, str], namespace: str) -> str | None:
    """Return a prefix in force for a namespace, never the default one."""
    return next((prefix for prefix, uri in scope.items() if uri == namespace and prefix), None)


def unused(scope: Mapping[str, str]) -> str:
    """Make up a prefix.

    >>> unused({"ns1": "urn:a"})
    'ns2'
    """
    number = 1
    while f"ns{number}" in scope:
        number += 1
    return f"ns{number}"
