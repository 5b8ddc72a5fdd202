"""Foreign elements, text and extensions are kept as they were."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from tests.formats.bpmn.documents import doubts, first, process

TEXTS = [
    ("Hello", "Hello", ()),
    ("  a\n b ", "  a\n b ", ()),
    ("<![CDATA[a < b]]>&amp;", "a < b&", ()),
    (" ", " ", ()),
    ("a<o:b>c</o:b>d", "a", (("c", "d"),)),
    (" <o:b> </o:b> ", "", ((" ", ""),)),
    ("<o:b/> <o:b/>.", "", (("", " "), ("", "."))),
]


@pytest.mark.parametrize(("content", "text", "inside"), TEXTS)
def test_text_is_kept_and_indentation_is_not(content, text, inside):
    task = first(f'<task id="t"><documentation>{content}</documentation></task>')
    (documentation,) = task.documentation
    assert documentation.text == text
    assert tuple((e.text, e.tail) for e in documentation.foreign_elements) == inside


def test_text_around_known_children_belongs_to_the_expression():
    flow = first(
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression o:a="1">\n  '
        "<documentation>why</documentation>x > 1</conditionExpression></sequenceFlow>"
    )
    expression = flow.condition_expression
    assert expression.body == "\n  x > 1"
    assert expression.documentation == (model.Documentation(text="why"),)


def test_what_cannot_be_kept_is_told():
    data = process(
        '<task id="t"><extensionElements o:a="1"><o:x/></extensionElements>'
        '<incoming o:a="1">f<o:y><o:z/></o:y></incoming></task>'
    )
    assert [code for code, *_ in doubts(data)] == [codes.NOT_KEPT] * 3
    task = read_bpmn(data)[0].root_elements[0].flow_elements[0]
    assert [e.name for e in task.extension_elements] == ["x"]
    assert task.incoming == ("f",)


def test_several_extension_elements_are_one():
    task = first(
        '<task id="t"><extensionElements><o:a/></extensionElements><incoming>f</incoming>'
        "<extensionElements><o:b/></extensionElements></task>"
    )
    assert [e.name for e in task.extension_elements] == ["a", "b"]
