"""Every code has a title and a remedy, and is the name of one thing."""

from __future__ import annotations

import re

from bpmn_xml.formats import codes

NAMED = {name: value for name, value in vars(codes).items() if re.fullmatch(r"BX\d+", str(value))}


def test_each_code_has_a_title_and_a_remedy():
    assert set(NAMED.values()) == set(codes.TITLES) == set(codes.REMEDIES)
    assert len(NAMED) == len(codes.TITLES)
    assert all(codes.TITLES.values())
    assert all(codes.REMEDIES.values())
    assert list(codes.TITLES) == sorted(codes.TITLES)
