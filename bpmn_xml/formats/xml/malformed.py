"""Findings on a document that is not well-formed XML, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, NamedTuple
from xml.parsers import expat

from bpmn_xml.codes import finding
from bpmn_xml.errors import Finding, Place
from bpmn_xml.formats.codes import NOT_XML
from bpmn_xml.formats.xml.characters import first_illegal
from bpmn_xml.formats.xml.wording import excerpt

NEAR: Final = 200
"""How many bytes around a fault are looked at."""

NAME: Final = re.compile(rb"[^\s<>/=\"'&;]+")
PREFIXED: Final = re.compile(rb"(?:<|\s)([^\s<>/=\"':]+):[^\s<>/=\"']*(?=[\s/>=])")

ENTITY: Final = re.compile(rb"&([^\s<>&;#\"']+);")
ENTITIES: Final = (b"amp", b"lt", b"gt", b"quot", b"apos")
"""What XML knows by name."""

CONFLICT: Final = b"<<<<<<<"
"""How Git marks where two versions differ."""

Advice = tuple[str, str]


class Fault(NamedTuple):
    """Where the parser stopped: the document, the byte, and what the parser called it."""

    data: bytes
    offset: int
    words: str

    @property
    def before(self) -> bytes:
        """What stands just before the fault."""
        return self.data[max(0, self.offset - NEAR) : self.offset]

    @property
    def after(self) -> bytes:
        """What stands from the fault on."""
        return self.data[self.offset : self.offset + NEAR]

    @property
    def name(self) -> str:
        """The name that stands at the fault."""
        found = NAME.match(self.after.lstrip(b"<&/"))
        return shown(found[0]) if found else ""


def explain(data: bytes, index: int, error: expat.ExpatError, name: str) -> Finding:
    """Turn the parser's error into a finding."""
    fault = Fault(data, max(index, 0), expat.ErrorString(error.code))
    message, remedy = EXPLANATIONS.get(fault.words, something_else)(fault)
    place = Place(name, error.lineno, error.offset + 1)
    return finding(NOT_XML, message, place=place, remedy=remedy)


def shown(data: bytes) -> str:
    """Make a piece of the document fit into a message."""
    return excerpt(data.decode("utf-8", "replace"))


def open_tags(data: bytes) -> list[tuple[str, int]]:
    """Return the names and lines of the elements that are open where the parser stops."""
    parser, tags = expat.ParserCreate("utf-8"), list[tuple[str, int]]()
    parser.StartElementHandler = lambda name, _: tags.append((name, parser.CurrentLineNumber))
    parser.EndElementHandler = lambda _: tags.pop()
    with suppress(expat.ExpatError):
        parser.Parse(data, True)  # noqa: FBT003 (positional only)
    return tags


def wrong_end(fault: Fault) -> Advice:
    """Explain an end tag that closes another element than the last one opened."""
    message = f"</{fault.name}> closes nothing"
    for name, line in open_tags(fault.data)[-1:]:
        message = f"</{fault.name}> where </{excerpt(name)}> must stand, which line {line} opens"
    return message, "close the elements in the order in which they were opened, last first"


def cut_off(fault: Fault) -> Advice:
    """Explain a document that ends too early."""
    tags = open_tags(fault.data)
    inside = f" within <{excerpt(tags[-1][0])}>, which line {tags[-1][1]} opens" if tags else ""
    return f"the file ends{inside}", "it seems to be cut off: get the whole file"


def too_long(fault: Fault) -> Advice:
    """Explain what follows the root element."""
    found = shown(fault.after[:40])
    return f"something follows the end of the document: {found}", "keep one root element"


def undefined_entity(fault: Fault) -> Advice:
    """Explain the name of a character that XML does not know; within a tag the first of them."""
    tag = fault.data[fault.offset : fault.data.find(b">", fault.offset) + 1]
    names = [name for name in ENTITY.findall(tag) if name not in ENTITIES]
    name = shown(names[0]) if fault.after.startswith(b"<") and names else fault.name
    message = f"XML knows no character named &{name};"
    return message, "write the character itself or its number, as &#160;"


def twice(fault: Fault) -> Advice:
    """Explain an attribute that stands twice."""
    where = f" '{fault.name}'" if not fault.after.startswith(b"<") else f" of <{fault.name}>"
    return f"an attribute{where} stands twice", "keep one of the two"


def unbound(fault: Fault) -> Advice:
    """Explain a prefix that is not declared."""
    tag = fault.data[fault.offset : fault.data.find(b">", fault.offset) + 1]
    names = [prefix for prefix in PREFIXED.findall(tag) if prefix not in (b"xmlns", b"xml")]
    known = [prefix for prefix in names if b"xmlns:" + prefix in fault.data[: fault.offset]]
    rest = [prefix for prefix in names if prefix not in known] or names or [b"?"]
    prefix = shown(rest[0])
    return (
        f"the prefix '{prefix}' of <{fault.name}> is not declared",
        f'declare it in the root element: xmlns:{prefix}="..."',
    )


def late_declaration(fault: Fault) -> Advice:
    """Explain an XML declaration that is not the first thing."""
    return (
        "the XML declaration <?xml ...?> must be the very first thing in the file",
        f"remove the {fault.offset} bytes before it" if fault.offset <= NEAR else "remove it",
    )


INVALID: Final = (
    (r".*&[^;&<>\s\"']*", r".", "a '&' that begins no reference", "write it as &amp;"),
    (
        r"</?[^<>\"']*(?:(?:\"[^\"<]*\"|'[^'<]*')[^<>\"']*)*",
        r"<",
        "a tag that is not closed",
        "close it with >",
    ),
    (
        r".*",
        r"<",
        "a '<' within the value of an attribute, or a value that is not closed",
        "write it as &lt;, or close the value",
    ),
    (r".*<", r"/", "an end tag that closes nothing", "remove it"),
    (r".*<", r".", "a '<' that opens no tag", "write it as &lt;"),
    (r".*\]\]", r">", "']]>' within text", "write it as ]]&gt;"),
    (r".*--", r".", "'--' within a comment", "write it as - -"),
    (r"<[^<>]*=\s*", r".", "the value of an attribute is not in quotes", "put it in quotes"),
    (r"<[^<>]*[\"']", r"\w", "no space between two attributes", "put one there"),
    (r"<[^<>]*\s[^\s=\"'<>]+\s*", r"[^=]", "an attribute without a value", "give it a value"),
)
"""What an invalid token is: what stands before it (from the last tag or line on), what it begins
with, the message and the remedy."""


def invalid(fault: Fault) -> Advice:
    """Explain what the parser only calls an invalid token."""
    char = fault.after.decode("utf-8", "replace")[:1]
    if first_illegal(char):
        return f"the character U+{ord(char):04X} is not allowed in XML", "remove it"
    if fault.data.startswith(CONFLICT, max(fault.offset - 1, 0)):
        return "a conflict that Git left", "choose what holds, and remove the marks of Git"
    before = fault.before.decode("utf-8", "replace")
    near = shown(fault.before[-30:].lstrip() + fault.after[:20].rstrip())
    for pattern, begins, message, remedy in INVALID:
        start = max(before.rfind("<", 0, -1), 0) if pattern.startswith("<") else 0
        if re.fullmatch(pattern, before[start:], re.DOTALL) and re.match(begins, char, re.DOTALL):
            return f"{message}: {near}", remedy
    return f"this is not well-formed XML: {near}", "see what stands at this place"


def number(fault: Fault) -> Advice:
    """Explain a reference to a character that XML cannot hold."""
    return f"&{fault.name}; is a character that is not allowed in XML", "remove it"


def something_else(fault: Fault) -> Advice:
    """Repeat what the parser says."""
    near = shown(fault.after[:40])
    words = f"this is not well-formed XML: {fault.words}"
    return f"{words}: {near}" if near else words, "see what stands at this place"


EXPLANATIONS: Final[Mapping[str, Callable[[Fault], Advice]]] = {
    "mismatched tag": wrong_end,
    "no element found": cut_off,
    "unclosed token": cut_off,
    "unclosed CDATA section": cut_off,
    "partial character": cut_off,
    "junk after document element": too_long,
    "undefined entity": undefined_entity,
    "duplicate attribute": twice,
    "unbound prefix": unbound,
    "XML or text declaration not at start of entity": late_declaration,
    "not well-formed (invalid token)": invalid,
    "reference to invalid character number": number,
}
"""By the words of expat."""
