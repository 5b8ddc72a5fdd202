"""Files of other kinds are named."""

from __future__ import annotations

import pytest

from bpmn_xml.formats.kinds import ROOTS, STARTS, kind_of_bytes, kind_of_root
from bpmn_xml.formats.xml.names import XmlName

POINTER = "a Git LFS pointer, the file itself is elsewhere"
BYTES = [
    (b"", "an empty file"),
    (b"\xef\xbb\xbf \n", "an empty file"),
    (b"\xef\xbb\xbf<a/>", ""),
    ("<a/>".encode("utf-16"), ""),
    (b"%PDF-1.4", "a PDF document"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b" {}", "JSON"),
    (b"{\\rtf1 a}", "an RTF document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"&lt;?xml version=", "XML with &lt; in the place of <"),
    (b"[model]", "JSON or a configuration"),
    (
        b"version https://git-lfs.github.com/spec/v1",
        POINTER,
    ),
    (b"digraph {}", "another format than XML"),
]


@pytest.mark.parametrize(("data", "kind"), BYTES)
def test_kinds_of_bytes(data, kind):
    assert kind_of_bytes(data) == kind


@pytest.mark.parametrize("start", [start for start, _ in STARTS])
def test_every_start_is_named(start):
    assert kind_of_bytes(start + b"...") == dict(STARTS)[start]


KINDS = [
    ("http://www.wfmc.org/2008/XPDL2.1", "Package", "XPDL"),
    ("http://www.wfmc.org/2002/XPDL1.0", "Package", "XPDL"),
    ("https://www.omg.org/spec/DMN/20191111/MODEL/", "definitions", "DMN"),
    ("http://www.omg.org/spec/CMMN/20151109/MODEL", "definitions", "CMMN"),
    ("http://www.omg.org/spec/BPMN/20100524/MODEL-XMI", "Definitions", "XMI"),
    ("http://schema.omg.org/spec/XMI/2.1", "XMI", "XMI"),
    ("http://www.w3.org/1999/xhtml", "html", "HTML"),
    ("", "HTML", "HTML"),
    ("http://www.w3.org/2000/svg", "svg", "SVG"),
    ("http://www.w3.org/2001/XMLSchema", "schema", "XML Schema"),
    ("http://docs.oasis-open.org/wsbpel/2.0/process/executable", "process", "BPEL"),
    ("http://schemas.xmlsoap.org/wsdl/", "definitions", "WSDL"),
    ("urn:jbpm.org:jpdl-3.2", "process-definition", "jPDL"),
    ("", "process-definition", "jPDL"),
    ("http://www.pnml.org/version-2009/grammar/pnml", "pnml", "PNML"),
    ("", "mxfile", "draw.io"),
    ("http://www.omg.org/spec/BPMN/20100524/DI", "BPMNDiagram", "without its model"),
    ("urn:unknown", "thing", "<thing> in the namespace urn:unknown"),
    ("", "definitions", "<definitions> in no namespace"),
    ("http://docs.oasis-open.org/xmile/ns/XMILE/v1.0", "xmile", "<xmile> in the namespace http"),
    ("x" * 100_000, "y" * 100_000, "in the namespace xxx"),
]


@pytest.mark.parametrize(("namespace", "name", "kind"), KINDS, ids=range(len(KINDS)))
def test_kinds_of_roots(namespace, name, kind):
    found = kind_of_root(XmlName("", namespace, name, ""))
    assert kind in found
    assert len(found) < 300


def test_patterns_are_looked_at_in_order_without_repeats():
    patterns = [pattern for pattern, _ in ROOTS]
    assert len(patterns) == len(set(patterns))
