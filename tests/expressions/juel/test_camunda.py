"""What stands in real diagrams of Camunda 7 has a tree, and its conditions are conditions."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions import language_of
from bpmn_xml.expressions.juel import parse
from bpmn_xml.expressions.tree import Term
from tests.real import real_files

CONDITIONS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}conditionExpression"


@pytest.fixture(scope="session")
def roots():
    """The diagrams."""
    return [etree.parse(path).getroot() for path in real_files("camunda7")]


def test_every_condition_compiles(roots):
    texts = [found.text.strip() for root in roots for found in root.iter(CONDITIONS)]
    assert len(texts) > 5
    for text in texts:
        assert language_of(text) == "juel"
        assert compiled(text, "juel").names


def test_every_expression_has_a_tree(roots):
    texts = {
        text
        for root in roots
        for element in root.iter(etree.Element)
        for text in (element.text or "", *element.attrib.values())
        if re.search(r"[$#]\{", text)
    }
    assert len(texts) > 15
    for text in texts:
        assert isinstance(parse(text), Term)
