"""Every code of decisions has a title."""

from __future__ import annotations

from bpmn_xml.decisions import codes


def test_each_code_has_a_title():
    named = {value for value in vars(codes).values() if str(value).startswith("BX")}
    assert named == set(codes.TITLES)
