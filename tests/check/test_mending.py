"""What has one obvious mend is mended; all else stays as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bpmn_xml.check import checking
from bpmn_xml.check.mending import mend, mend_file
from bpmn_xml.check.shorthand import xml
from bpmn_xml.formats import inspect
from bpmn_xml.model import Definitions
from tests.real import real_files

UNLISTED = """
unlisted
s > t > e
receiveTask x
  documentation : Wait
t > x > e
"""
DRAWN = b"</bpmndi:BPMNDiagram>"


def mended(text: bytes) -> tuple[str, tuple[str, ...]]:
    """A text as it is mended, and what was done."""
    data, done = mend(inspect(text))
    assert mend(inspect(data)) == (inspect(data).text, ()), "a second time there is nothing to do"
    return data.decode(), done


def test_flows_are_listed_and_the_file_is_drawn() -> None:
    text, done = mended(xml(UNLISTED))
    assert done == ("listed 8 ends of sequence flows", "drew it")
    codes = {found.code for found in checking.check(text.encode(), aim="standard")}
    assert not codes
    assert DRAWN.decode() in text


def test_nodes_are_indented_as_their_neighbours() -> None:
    text, _ = mended(xml(UNLISTED))
    assert '<startEvent id="s">\n      <outgoing>s_t</outgoing>\n    </startEvent>' in text


def test_comments_and_order_stay() -> None:
    text, _ = mended(xml(UNLISTED).replace(b"<task", b"<!-- why -->\n    <task"))
    assert '<!-- why -->\n    <task id="t">' in text


def test_what_is_listed_wrongly_is_removed() -> None:
    shorthand = "unlisted\nstartEvent s\n  outgoing : s_e\nendEvent e\n  outgoing : s_e\ns > e\n"
    text, done = mended(xml(shorthand))
    assert done[0] == "listed 1 ends of sequence flows, removed 1 wrong ones"
    assert text.count("<outgoing>") == text.count("<incoming>") == 1


def test_prefixes_are_kept_where_they_are_used() -> None:
    text = (
        xml("unlisted\ns > t > e\ntask t\n  incoming : m:s_t\n")
        .decode()
        .replace("<definitions ", '<m:definitions xmlns:m="M" xmlns:x="urn:x" xmlns:y="urn:y" ')
    )
    model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    text = text.replace("<", "<m:").replace("<m:/", "</m:").replace("<m:m:", "<m:")
    text = text.replace(f' xmlns="{model}"', "").replace('"M"', f'"{model}"')
    text = text.replace('targetNamespace="urn:example"', 'targetNamespace="urn:example" id="D"')
    mended_text, done = mended(text.encode().replace(b'id="P"', b'id="P" name="x:y"'))
    assert "<m:outgoing>m:t_e</m:outgoing>" in mended_text
    assert "removed the unused namespaces y" in done
    assert 'xmlns:x="urn:x"' in mended_text


def test_ids_that_are_not_unique_are_left_alone() -> None:
    text = xml("unlisted\ns > t > e\ntask t\ntask t\n")
    assert "<incoming>s_t</incoming>" not in mended(text)[0]


def test_a_drawing_stands_before_relationships() -> None:
    tail = '<relationship id="r" type="x"><source>P</source><target>P</target></relationship>'
    text = xml("s > e").replace(b"</definitions>", tail.encode() + b"</definitions>")
    assert mended(text)[0].index("BPMNDiagram") < mended(text)[0].index("<relationship")


NOTHING = {
    "no elements": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    "no diagram": b"hello",
    "nothing to draw": xml("message M"),
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_where_there_is_nothing_to_do_nothing_is_done(text: bytes) -> None:
    if text == b"hello":
        assert mend(checking.Inspection()) == (b"", ())
    else:
        assert mended(text)[1] == ()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.bpmn"
    file.write_bytes(xml(UNLISTED))
    assert mend_file(str(file)) == ("listed 8 ends of sequence flows", "drew it")
    before = file.stat()
    assert mend_file(str(file)) == ()
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert [one.name for one in tmp_path.iterdir()] == ["a.bpmn"]


AS_WRITTEN = """<?xml version='1.0'?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
\tid='D'
\ttargetNamespace="urn:&#101;xample">
\t<process id="P">
\t\t<startEvent id="s"
\t\t            name='a "b"' />
\t\t<scriptTask id="t" scriptFormat = "text/x" >
\t\t\t<documentation><![CDATA[1 < 2]]> &#xA9;</documentation>

\t\t\t<script/>
\t\t</scriptTask>
\t\t<endEvent id="e"></endEvent><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
\t\t<sequenceFlow id="g" sourceRef="t" targetRef="e"/>
\t</process>
</definitions>
<!-- the end -->"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_what_is_mended_changes(end: str) -> None:
    text, _ = mended(AS_WRITTEN.replace("\n", end).encode())
    at = text.index(f"{end}\t<bpmndi:BPMNDiagram")
    text = text[:at] + text[text.index(DRAWN.decode()) + len(DRAWN) :]
    expected = AS_WRITTEN.replace(
        "'a \"b\"' />",
        """'a "b"'>
\t\t\t<outgoing>f</outgoing>
\t\t</startEvent>""",
    )
    expected = expected.replace(
        "</documentation>",
        """</documentation>
\t\t\t<incoming>f</incoming>
\t\t\t<outgoing>g</outgoing>""",
    )
    expected = expected.replace(
        "</endEvent>",
        """
\t\t\t<incoming>g</incoming>
\t\t</endEvent>""",
    )
    assert text == expected.replace("\n", end)


def test_a_mended_file_keeps_its_mark_and_says_how_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.bpmn"
    text = xml(UNLISTED).replace(b"Wait", b"W\xe4it")
    file.write_bytes(b'<?xml version="1.0" encoding="iso-8859-1"?>' + text)
    assert mend_file(str(file))
    assert file.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert "Wäit".encode() in file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + xml(UNLISTED))
    assert mend_file(str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf<definitions")


def test_real_files_say_the_same_when_mended() -> None:
    for file in real_files():
        found = inspect(file)
        data, done = mend(found)
        if not done:  # then it is not written
            continue
        assert isinstance(found.definitions, Definitions)
        again = inspect(data).definitions
        assert again is not None
        assert again.root_elements == found.definitions.root_elements, file.name
        tags = {*re.findall(rb"<[^<>]*>", data)}
        lost = {*re.findall(rb"<[^<>?]*>", found.text)} - tags
        assert all(one.endswith(b"/>") or b"xmlns:" in one for one in lost), file.name
