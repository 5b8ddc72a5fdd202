"""Names as the parser gives them, taken apart, and the prefixes that are in force."""

from __future__ import annotations

from typing import Final, NamedTuple

from bpmn_xml.formats.xml.namespaces import DRAFTS, NAMESPACES, XML
from bpmn_xml.formats.xml.parser import SEPARATOR

PREFIXES: Final = {
    **{namespace: prefix for prefix, namespace in NAMESPACES.items()},
    **DRAFTS,
}

MOST_KEPT: Final = 256
"""How many declarations below the root are kept for writing; so many fit into one tag."""


class XmlName(NamedTuple):
    """A name taken apart. `tag` is how the vocabulary writes it, "" when it is foreign."""

    tag: str
    namespace: str
    local: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


def split(raw: str) -> XmlName:
    """Take a name of the parser apart.

    >>> name = split(SEPARATOR.join((NAMESPACES[""], "task", "bpmn")))
    >>> name.tag, str(name)
    ('task', 'bpmn:task')
    >>> split("x")
    XmlName(tag='', namespace='', local='x', prefix='')
    """
    namespace, local, prefix = (*raw.split(SEPARATOR), "", "")[:3]
    if not local:
        return XmlName("", "", namespace, "")
    known = PREFIXES.get(namespace)
    if known is None:
        return XmlName("", namespace, local, prefix)
    return XmlName(f"{known}:{local}" if known else local, namespace, local, prefix)


class Prefixes:
    """The prefixes in force while a document is read, and those that it declares anywhere.

    `own` is the prefix of the root, `target` the namespace of the document's own elements.
    """

    def __init__(self) -> None:
        self.stacks: dict[str, list[str]] = {"xml": [XML]}
        self.first: dict[str, str] = {}
        self.target = ""
        self.own = ""

    def declare(self, prefix: str | None, namespace: str | None, *, in_root: bool) -> None:
        """Put a declaration in force. The first one of each prefix is kept for writing."""
        self.stacks.setdefault(prefix or "", []).append(namespace or "")
        if in_root or (prefix and len(self.first) < MOST_KEPT):
            self.first.setdefault(prefix or "", namespace or "")

    def undeclare(self, prefix: str | None) -> None:
        """Take the last declaration of a prefix out of force."""
        self.stacks[prefix or ""].pop()

    def resolve(self, text: str) -> str:
        """Turn a reference into an id; one into another namespace into `{namespace}local`.

        A prefix that is not declared is taken for a part of the id.
        """
        prefix, _, local = text.partition(":")
        namespace = self.stacks.get(prefix)
        if not (prefix and local and namespace):
            return text
        if namespace[-1] == self.target or PREFIXES.get(namespace[-1]) == "":
            return local
        return f"{{{namespace[-1]}}}{local}"

    def bindings(self) -> tuple[tuple[str, str], ...]:
        """Return all declarations, that of the root's own prefix first."""
        pairs = [(prefix, namespace) for prefix, namespace in self.first.items() if namespace]
        return tuple(sorted(pairs, key=lambda pair: pair[0] != self.own))
