"""Validate a document against the XML Schema of BPMN 2.0, and say in people's words what is wrong.

libxml2 validates; it knows only lines, and those of the ends of tags. So where a document is not
valid, its elements are numbered in place of their lines, it is validated once more, and a pass of
expat finds where the numbered elements and their attributes begin.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.parsers import expat

from bpmn_xml.codes import FindingDetails, finding, meanings
from bpmn_xml.errors import Finding, Place, Severity
from bpmn_xml.formats.bpmn.vocabulary import BY_TAG, ROWS
from bpmn_xml.formats.xml.places import attribute_place
from bpmn_xml.formats.xml.wording import excerpt
from bpmn_xml.wording import suggest

if TYPE_CHECKING:
    from lxml import etree

MOST_NUMBERED: Final = 65_535
"""So many lines libxml2 can tell apart."""

MOST: Final = 1000
"""How many findings are collected."""


class Wording(NamedTuple):
    """How a message of libxml2 is told: its code, its pattern, what we say."""

    code: str
    pattern: re.Pattern[str]
    message: str


def _wording(code: str, pattern: str, message: str) -> Wording:
    return Wording(code, re.compile(pattern, re.DOTALL), message)


ATTRIBUTE: Final = r"attribute '(?P<attribute>[^']*)'"
QNAME: Final = (
    r"The QName value '(?P<value>(?P<prefix>[^':]*):.*)' has no corresponding namespace declaration"
)


WORDINGS: Final = (
    _wording(
        "XSD01",
        r"This element is not expected\. Expected is (one of )?\( (?P<expected>.*?) \)",
        "<{element}> may not stand here; the schema wants {expected}",
    ),
    _wording(
        "XSD01",
        r"This element is not expected|No matching global element declaration",
        "<{element}> may not stand here",
    ),
    _wording(
        "XSD02",
        r"Missing child element\(s\)\.( Expected is (one of )?\( (?P<expected>.*?) \))?",
        "<{element}> is not complete; the schema wants {expected}",
    ),
    _wording(
        "XSD03",
        rf"{ATTRIBUTE}: The attribute '[^']*' is not allowed",
        "<{element}> must not have the attribute '{attribute}'",
    ),
    _wording(
        "XSD04",
        r"The attribute '(?P<attribute>[^']*)' is required but missing",
        "<{element}> must have the attribute '{attribute}'",
    ),
    _wording(
        "XSD05",
        rf"{ATTRIBUTE}: \[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the "
        r"set \{(?P<expected>.*)\}",
        "{attribute}='{value}' is none of {expected}",
    ),
    _wording(
        "XSD05",
        rf"{ATTRIBUTE}: {QNAME}",
        "{attribute}='{value}' has a prefix that is not declared",
    ),
    _wording(
        "XSD05",
        QNAME,
        "<{element}> holds '{value}', whose prefix is not declared",
    ),
    _wording(
        "XSD06",
        rf"{ATTRIBUTE}: '(?P<value>.*)' is not a valid value of the atomic type 'xs:ID'",
        "{attribute}='{value}' is no id, or another element has it",
    ),
    _wording(
        "XSD05",
        rf"{ATTRIBUTE}: '(?P<value>.*)' is not a valid value of the (atomic|union|list) type "
        r"'(?P<type>[^']*)'",
        "{attribute}='{value}' is not of type {type}",
    ),
    _wording(
        "XSD05",
        r"'(?P<value>.*)' is not a valid value of the (atomic|union|list) type '(?P<type>[^']*)'",
        "<{element}> holds '{value}', which is not of type {type}",
    ),
    _wording(
        "XSD07",
        r"Character content.*is not allowed|content type is (empty|'element-only')",
        "<{element}> must not hold text",
    ),
    _wording(
        "XSD08",
        r"Element content is not allowed",
        "<{element}> must not hold elements",
    ),
    _wording(
        "XSD09",
        r"type definition is abstract|element declaration is abstract",
        "<{element}> is too general to stand by itself",
    ),
    _wording(
        "XSD10",
        r"No matching global declaration available for the validation root",
        "<{element}> is not the <definitions> of BPMN 2.0",
    ),
    _wording(
        "XSD11",
        r"'\{http://www\.w3\.org/2001/XMLSchema-instance\}(?P<attribute>\w+)'",
        "xsi:{attribute} of <{element}> does not name a type that may stand here",
    ),
    _wording("XSD99", r".*", "<{element}> is not valid: {rest}"),
)
"""Messages in the order in which they are tried; the last one takes all."""


SUBJECT: Final = re.compile(
    r"Element '(?P<namespace>\{[^}]*\})?(?P<element>[^']*)'(: |, )(?P<rest>.*)", re.DOTALL
)
NAME: Final = re.compile(r"##other\{[^}]*\}\*|(\{[^}]*\})?([\w.*-]+)")
MANY: Final = 6
NO_SUBJECT: Final = {"namespace": "", "element": "definitions"}
BARE: Final = "<{element}> is in no namespace, so it is none of BPMN's; the schema wants {expected}"
KNOWN: Final = {tag.rpartition(":")[2] for tag in BY_TAG}
"""The names of elements, without prefixes."""


class Violation(NamedTuple):
    """What libxml2 said, about which element: its number, from 1."""

    number: int
    message: str


class Spot(NamedTuple):
    """Where a start tag begins."""

    place: Place
    offset: int


@cache
def schema() -> etree.XMLSchema:
    """Load the schema, once."""
    from lxml import etree

    path = files("bpmn_xml") / "schemas" / "bpmn.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def validate(text: bytes, name: str) -> list[Finding]:
    """Find what the schema does not allow.

    Args:
        text: a document in UTF-8 without document type declaration, within our limits.
        name: what messages call the file.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(text, parser)
        if schema().validate(root):
            return []
    except (etree.LxmlError, OSError) as error:
        return [_unreadable(name, error)]
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    numbered = len(elements) <= MOST_NUMBERED
    for number, element in enumerate(elements if numbered else (), 1):
        element.sourceline = number
    schema().validate(root)
    log: Any = schema().error_log
    faults = [Violation(entry.line, entry.message) for entry in islice(log, MOST)]
    if not numbered:
        return [_tell(fault, Place(name, fault.number)) for fault in faults]
    spots = locate(text, name, {fault.number for fault in faults})
    told = [
        _tell_at(fault, spots[fault.number], elements[fault.number - 1], text) for fault in faults
    ]
    first: dict[tuple[int, int, str, str], Finding] = {}
    for one in told:
        first.setdefault((one.place.line, one.place.column, one.code, one.id), one)
    return list(first.values())


def _unreadable(name: str, error: Exception) -> Finding:
    message = f"the document cannot be validated: {excerpt(str(error))}"
    return finding("XSD99", message, place=Place(name), remedy="see what stands there")


def locate(text: bytes, name: str, wanted: set[int]) -> dict[int, Spot]:
    """Find where the elements with some numbers begin."""
    found: dict[int, Spot] = {}
    parser = expat.ParserCreate("utf-8")
    count = 0

    def start(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count in wanted:
            place = Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
            found[count] = Spot(place, parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.Parse(text, True)  # noqa: FBT003 (positional only)
    return found


def _tell_at(fault: Violation, spot: Spot, element: Any, text: bytes) -> Finding:
    """Tell a fault, at the attribute that it is about if it is about one."""
    found = _wording_of(fault.message)
    place, attribute = spot.place, found[1].get("attribute", "")
    if attribute and found[0].code != "XSD04":
        place = attribute_place(text, spot.offset, place, attribute)
    return _tell(fault, place, element)


def _wording_of(message: str) -> tuple[Wording, dict[str, str]]:
    """Find how a message is told, and what it says in particular."""
    subject = SUBJECT.match(message)
    parts = subject.groupdict("") if subject else {**NO_SUBJECT, "rest": message}
    for wording in WORDINGS:
        found = wording.pattern.search(parts["rest"])
        if found:
            given = {key: value or "" for key, value in found.groupdict().items()}
            return wording, {**parts, **given}
    raise AssertionError(message)


def _tell(fault: Violation, place: Place, element: Any = None) -> Finding:
    """Make the finding of a fault."""
    wording, parts = _wording_of(fault.message)
    parts = {key: excerpt(value) for key, value in parts.items() if key != "expected"} | {
        "expected": expected(parts.get("expected", ""))
    }
    identity, title = _identity(element)
    details: FindingDetails = {"place": place, "id": identity, "name": title}
    remedy = _remedy(wording.code, parts)
    if _is_computed(wording, parts):
        details["severity"], remedy = Severity.NOTE, "leave it, if it is for Camunda 7"
    message = BARE if _is_bare(wording.code, parts) else wording.message
    return finding(wording.code, message.format(**parts), remedy, **details)


def _is_bare(code: str, parts: dict[str, str]) -> bool:
    """Whether an element has a name of BPMN, but not its namespace."""
    return code == "XSD01" and not parts["namespace"] and parts["element"] in BY_TAG


def _is_computed(wording: Wording, parts: dict[str, str]) -> bool:
    """Whether a value is an expression of Camunda 7, which is allowed where it computes a name."""
    return wording.code == "XSD05" and parts.get("value", "")[:2] in ("${", "#{")


def _remedy(code: str, parts: dict[str, str]) -> str:
    """What mends a fault: the names that are like the one that is not known, or what is usual."""
    usual = meanings()[code].remedy
    if "prefix" in parts:
        return f'declare it, xmlns:{parts["prefix"]}="…", or leave the prefix out'
    if _is_bare(code, parts):
        return "put it into the namespace of BPMN, by its prefix"
    if code == "XSD01" and parts["element"] not in KNOWN:
        return suggest(parts["element"], BY_TAG, usual)
    if code == "XSD03":
        known = {one.name for row in ROWS for one in row.attributes}
        return suggest(parts["attribute"], sorted(known), usual)
    return usual


def expected(text: str) -> str:
    """Tell what the schema wants in few words.

    >>> expected("{http://www.omg.org/spec/BPMN/20100524/MODEL}documentation, {urn:x}incoming")
    '<documentation> or <incoming>'
    >>> expected("'None', 'One', 'Both'"), expected("")
    ("'None', 'One' or 'Both'", 'something else')
    """
    if text.startswith("'"):
        names = text.split(", ")
    else:
        names = [f"<{found[2]}>" for found in NAME.finditer(text) if found[2]]
    if not names:
        return "something else"
    if len(names) > MANY:
        return f"{', '.join(names[:MANY])} or another of {len(names)} elements"
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _identity(element: Any) -> tuple[str, str]:
    """Return the id of an element or of the nearest one around it that has one, and its name."""
    while element is not None and not element.get("id"):
        element = element.getparent()
    return ("", "") if element is None else (element.get("id"), element.get("name", ""))
