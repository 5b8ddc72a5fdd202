"""What a file is, by its beginning and its root: named, so that nobody has to guess."""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml.formats.xml.names import XmlName
from bpmn_xml.formats.xml.namespaces import MODEL
from bpmn_xml.formats.xml.wording import excerpt, tagged

BEGINNING: Final = 4096
"""So many bytes are looked at."""

_ZIP, _GZIP, _TRACE, _FORM = (
    "a ZIP archive",
    "a compressed file (gzip)",
    "a trace",
    "a form of Camunda",
)

STARTS: Final = (
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", _GZIP),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office or Visio document"),
    (b"{\\rtf", "an RTF document"),
    (b'{"format":"bpmn-xml-trace"', _TRACE),
    (b"{", "JSON"),
    (b"[", "JSON or a configuration"),
    (b"&lt;", "XML with &lt; in the place of <"),
    (b"version https://git-lfs", "a Git LFS pointer, the file itself is elsewhere"),
)
"""How files that are no XML begin."""

WAYS: Final = {
    _ZIP: "unpack it first",
    _GZIP: "unpack it first",
    _TRACE: "`draw --trace`, `trace stats`, `why` and `replay` take it",
    _FORM: "give the drawing whose tasks name it; forms beside that are found",
}
"""What to do with what is no diagram."""

ROOTS: Final = (
    (r"\{.*/XPDL[\d.]*\}.*|\{?.*wfmc\.org.*\}.*", "XPDL, which BPMN 1.x tools write"),
    (r"\{.*/spec/DMN/.*\}.*", "DMN, a decision model"),
    (r"\{.*/spec/CMMN/.*\}.*", "CMMN, a case model"),
    (r"\{.*/spec/BPMN/20100524/MODEL-XMI\}.*|\{.*schema\.omg\.org/spec/XMI.*\}.*", "XMI"),
    (r"\{.*/XMI(?:[/.\d]\S*)?\}.*|\{\}XMI", "XMI, an exchange format of UML tools"),
    (r"\{.*w3\.org/1999/xhtml\}.*|\{\}(?i:html)", "an HTML page"),
    (r"\{.*w3\.org/2000/svg\}svg|\{\}svg", "an SVG picture"),
    (r"\{.*w3\.org/2001/XMLSchema\}schema", "an XML Schema"),
    (r"\{.*wsbpel.*\}process|\{.*business-process.*\}process", "BPEL"),
    (r"\{.*/wsdl/?\}definitions", "WSDL, a description of web services"),
    (r"\{.*jbpm\.org/\S*jpdl\S*\}.*|\{.*\}process-definition", "jPDL, of old jBPM"),
    (r"\{\}process-definition", "jPDL, of old jBPM"),
    (r"\{.*pnml.*\}.*|\{\}pnml", "PNML, a Petri net"),
    (r"\{.*epml.*\}.*|\{\}epml", "EPML, an event-driven process chain"),
    (r"\{.*graphml.*\}.*", "GraphML"),
    (r"\{.*bpmn\.sourceforge\.net\}.*|\{.*stp/bpmn.*\}.*", "BPMN 1.x of the Eclipse STP modeler"),
    (r"\{\}AML", "AML, an export of ARIS"),
    (r"\{\}mxfile|\{\}mxGraphModel", "a drawing of draw.io"),
    (r"\{.*visio.*\}.*|\{\}VisioDocument", "a Visio drawing"),
    (r"\{\}project", "a project file, not a diagram"),
    (r"\{.*\}BPMNDiagram", "a drawing without its model"),
)
"""Roots of other formats, as `{namespace}name` patterns."""


LONGEST: Final = 200
"""How much of a name is looked at."""


def looks_like_xml(start: bytes) -> bool:
    """Tell whether the first thing is a tag, in any encoding that keeps `<` apart."""
    return start.translate(None, b"\x00\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def looks_like_sections(start: bytes) -> bool:
    """Tell whether the first thing, after comments, is a section as `[model]`."""
    return re.match(rb"(?:\xef\xbb\xbf)?(?:\s*[#;][^\n]*\n)*\s*\[[^\]\r\n]+\]", start) is not None


def kind_of_bytes(data: bytes) -> str:
    r"""Say what the bytes are when they are no XML, "" when they begin as XML does.

    >>> kind_of_bytes(b"PK..")[:5], kind_of_bytes(b"PK\x03\x04..."), kind_of_bytes(b"  ")
    ('anoth', 'a ZIP archive', 'an empty file')
    """
    beginning = data[:BEGINNING]
    if looks_like_xml(beginning):
        return ""
    if not beginning.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        return "an empty file"
    return kind_of_other("", beginning) or "another format than XML"


def kind_of_other(suffix: str, beginning: bytes) -> str:
    """Say what a file is that no format claims, "" when nobody knows.

    >>> kind_of_other(".form", b"{}"), kind_of_other(".pdf", b"%PDF-1.4"), kind_of_other(".c", b"x")
    ('a form of Camunda', 'a PDF document', '')
    """
    if beginning and suffix == ".form":
        return _FORM
    return next((kind for start, kind in STARTS if beginning.lstrip().startswith(start)), "")


def kind_of_root(root: XmlName) -> str:
    """Say what a document is, by its root.

    >>> kind_of_root(XmlName("", "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "definitions", ""))
    'DMN, a decision model'
    >>> kind_of_root(XmlName("process", "", "process", "bpmn"))
    'a piece of BPMN 2.0, <process> without <definitions> around it'
    """
    if root.tag.lower() == "definitions":
        return f"{tagged(root.tag)}, which XML tells from <definitions>"
    if root.tag:
        return f"a piece of BPMN 2.0, {tagged(root.tag)} without <definitions> around it"
    name = f"{{{root.namespace[:LONGEST]}}}{root.local[:LONGEST]}"
    for pattern, kind in ROOTS:
        if re.fullmatch(pattern, name, re.DOTALL):
            return kind
    where = f"in the namespace {excerpt(root.namespace)}" if root.namespace else "in no namespace"
    return f"{tagged(root.local)} {where}"


def way_to_bpmn(root: XmlName) -> str | None:
    """Say what makes a document BPMN 2.0 that nearly is, by its root; None if it is something else.

    >>> way_to_bpmn(XmlName("process", "", "process", "bpmn"))
    'put it into <definitions>'
    >>> way_to_bpmn(XmlName("", "http://www.omg.org/spec/BPMN/20090914/MODEL", "definitions", "b"))
    'its namespace is xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    """
    if root.tag.lower() == "definitions":
        return "write <definitions>"
    if root.tag and ":" not in root.tag:
        return "put it into <definitions>"
    if root.local != "definitions" or not re.search("(?i)bpmn|^$", root.namespace[:LONGEST]):
        return None
    declared = f"xmlns:{root.prefix[:LONGEST]}" if root.prefix else "xmlns"
    return f'its namespace is {declared}="{MODEL}"'
