"""What is wrong with XML that is not well-formed is said in words that help."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.codes import NOT_XML
from tests.formats.bpmn.documents import process

FAULTS = [
    ("<task>\n</tusk>", 4, 3, "</tusk> where </task> must stand, which line 3 opens"),
    ("<task", 4, 1, "a tag that is not closed: "),
    ('<task id="1"', 4, 1, "a tag that is not closed: "),
    ('<task id="1', 4, 1, "a '<' within the value of an attribute, or a value that is not closed"),
    ('<task name="a<b"/>', 3, 14, "a '<' within the value of an attribute"),
    ("</task", 4, 1, "a tag that is not closed: "),
    ("<task/>&nbsp;", 3, 8, "XML knows no character named &nbsp;"),
    ('<task id="1" name="a&amp;b&nbsp;c"/>', 3, 1, "XML knows no character named &nbsp;"),
    ("<task name='&uuml;'>&nbsp;</task>", 3, 1, "XML knows no character named &uuml;"),
    ("<<<<<<< HEAD\n<task/>\n=======\n>>>>>>> other", 3, 2, "a conflict that Git left"),
    ("a & b", 3, 4, "a '&' that begins no reference"),
    ("a &b c", 3, 5, "a '&' that begins no reference"),
    ("1 < 2", 3, 4, "a '<' that opens no tag"),
    ("]]>", 3, 3, "']]>' within text"),
    ("<!-- a -- b -->", 3, 10, "'--' within a comment"),
    ("<task id=1/>", 3, 10, "the value of an attribute is not in quotes"),
    ('<task id="1"name="2"/>', 3, 13, "no space between two attributes"),
    ("<task id/>", 3, 9, "an attribute without a value"),
    ('<task id="1" id="2"/>', 3, 14, "an attribute 'id' stands twice"),
    ('<task xmlns:q="urn:other" q:id="1" o:id="2"/>', 3, 1, "an attribute of <task> stands twice"),
    ("<no:task/>", 3, 1, "the prefix 'no' of <no:task> is not declared"),
    ('<task no:id="1" o:a="2"/>', 3, 1, "the prefix 'no' of <task> is not declared"),
    ("\x0b", 3, 1, "the character U+000B is not allowed in XML"),
    ("\uffff", 3, 1, "the character U+FFFF is not allowed in XML"),
    ("&#0;", 3, 1, "&#0; is a character that is not allowed in XML"),
    ('<task xmlns:xml="urn:a"/>', 3, 1, "reserved prefix"),
    ("<=", 3, 2, "a '<' that opens no tag"),
    ("<task id = ''='/>", 3, 14, "this is not well-formed XML"),
]


@pytest.mark.parametrize(("body", "line", "column", "message"), FAULTS)
def test_faults_within(body, line, column, message):
    with pytest.raises(ReadError) as caught:
        read_bpmn(process(body), "f")
    (finding,) = caught.value.findings
    assert finding.code == NOT_XML
    assert message in finding.message
    assert (finding.place.line, finding.place.column) == (line, column)
    assert finding.remedy


CUT = process("<task>").partition(b"</process")[0]
CUT_IN_TEXT = process("<task><![CDATA[ x").partition(b"</process")[0]
WHOLE = [
    (b"<", "the file ends"),
    (b"<a", "the file ends"),
    (CUT, "the file ends within <task>, which line 3 opens"),
    (CUT_IN_TEXT, "the file ends within <task>"),
    (process("") + b"<a/>", "something follows the end of the document: <a/>"),
    (process("") + b"</a>", "an end tag that closes nothing"),
    (b" \n" + b'<?xml version="1.0"?>' + process(""), "the very first thing in the file"),
    (b" " * 300 + b'<?xml version="1.0"?><a/>', "the very first thing in the file"),
    (b"</a>", "an end tag that closes nothing"),
    (b'<?xml version="1.0" standalone="maybe"?><a/>', "XML declaration not well-formed"),
]


@pytest.mark.parametrize(("data", "message"), WHOLE, ids=range(len(WHOLE)))
def test_faults_of_the_whole(data, message):
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f")
    (finding,) = caught.value.findings
    assert finding.code == NOT_XML
    assert message in finding.message


def test_a_message_shows_a_long_name_shortened():
    with pytest.raises(ReadError) as caught:
        read_bpmn(process(f"<task></{'x' * 500}>"), "f")
    assert len(caught.value.findings[0].message) < 200
