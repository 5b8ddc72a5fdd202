"""XML becomes a stream of starts, texts and ends. Hardened: no DTD, no entities, no network.

Expat is the parser, for it builds no tree, tells columns, and can be stopped by a limit before
anything has been made of what it read. A document type declaration stops it at once, so that no
entity is ever declared; it loads nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn, Protocol
from xml.parsers import expat

from bpmn_xml.errors import Place, ReadError
from bpmn_xml.formats.codes import DOCTYPE, TOO_MUCH
from bpmn_xml.formats.findings import refusal, wrong_kind
from bpmn_xml.formats.limits import Limits
from bpmn_xml.formats.xml.wording import excerpt

SEPARATOR: Final = "\x0c"
"""Stands between namespace, name and prefix: a character that XML cannot hold."""

PIECE: Final = 1024 * 1024

DOCUMENTS: Final[Mapping[str, tuple[str, str | None]]] = {
    "html": ("an HTML page", "download the file itself, not the page that shows it"),
    "aml": ("AML, an export of ARIS", None),
    "adoxml": ("an export of ADONIS", None),
    "svg": ("an SVG picture", None),
}
"""Files of other kinds by their document type, with the remedy if it is an own one."""


class Events(Protocol):
    """What takes the events. Names are `namespace SEPARATOR name SEPARATOR prefix`."""

    def start(self, name: str, attributes: list[str]) -> None:
        """Take a start tag; attributes are names and values in turn."""

    def end(self, name: str) -> None:
        """Take an end tag."""

    def text(self, text: str) -> None:
        """Take a piece of text."""

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """Take a namespace declaration; it comes before the tag that makes it."""

    def undeclare(self, prefix: str | None) -> None:
        """Take the end of a namespace declaration."""


class XmlParser:
    """A parser of one document, and where it stands."""

    def __init__(self, data: bytes, name: str, limits: Limits, wanted: str) -> None:
        """Take a document in UTF-8; `wanted` is the code for what is of another kind."""
        self.data, self.name, self.limits, self.wanted = data, name, limits, wanted
        self.expat = expat.ParserCreate("utf-8", SEPARATOR)
        self.expat.namespace_prefixes = True
        self.expat.ordered_attributes = True
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self.refuse_doctype

    def run(self, handler: Events) -> None:
        """Parse the whole document; `ReadError` where it is malformed or too large."""
        parser, data = self.expat, self.data
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartNamespaceDeclHandler = handler.declare
        parser.EndNamespaceDeclHandler = handler.undeclare
        try:
            for start in range(0, len(data), PIECE):
                parser.Parse(data[start : start + PIECE], False)  # noqa: FBT003 (positional only)
                if min(start + PIECE, len(data)) - parser.CurrentByteIndex > self.limits.tag:
                    self.refuse_tag()
            parser.Parse(b"", True)  # noqa: FBT003 (positional only)
        except expat.ExpatError as error:
            from bpmn_xml.formats.xml import malformed

            finding = malformed.explain(data, parser.ErrorByteIndex, error, self.name)
            raise ReadError([finding]) from None

    def place(self) -> Place:
        """Return where the tag under way begins."""
        return Place(self.name, self.expat.CurrentLineNumber, self.expat.CurrentColumnNumber + 1)

    def refuse_tag(self) -> NoReturn:
        """Stop at a tag, comment or instruction that does not end."""
        message = f"a tag or comment exceeds {self.limits.tag:,} bytes (`tag`)"
        raise refusal(TOO_MUCH, message, self.place())

    def refuse_doctype(self, name: str, *_: object) -> NoReturn:
        """Stop at a document type declaration, before anything in it is looked at."""
        if name.lower() in DOCUMENTS:
            kind, remedy = DOCUMENTS[name.lower()]
            raise wrong_kind(self.wanted, kind, self.place(), remedy)
        message = f"a document type declaration (DOCTYPE {excerpt(name)}) is not allowed"
        raise refusal(DOCTYPE, message, self.place())
