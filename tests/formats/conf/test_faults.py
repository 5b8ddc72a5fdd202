"""Faults are collected in the order of the file; too many end the reading, remarks never."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError
from bpmn_xml.formats.conf.faults import Faults


def test_notes_alone_refuse_nothing():
    faults = Faults("x.conf", 3)
    for line in range(9, 0, -1):
        faults.report("BX067", line, "so it is")
    assert faults.full
    assert [finding.place.line for finding in faults.all()] == [7, 8, 9]


def test_errors_refuse():
    faults = Faults("x.conf", 3)
    faults.report("BX057", 5, "wrong", "mend it", key="k" * 99)
    faults.report("BX067", 2, "so it is")
    assert faults.has("BX057", "BX058")
    assert not faults.has("BX058")
    assert list(map(str, faults.all())) == [
        "x.conf:2: note BX067: so it is; remove it",
        f"x.conf:5: error BX057 {'k' * 57}...: wrong; mend it",
    ]


def test_too_many_errors_end_the_reading():
    faults = Faults("x.conf", 2)
    faults.report("BX057", 5, "wrong")
    faults.report("BX057", 3, "wrong")
    with pytest.raises(ReadError) as caught:
        faults.report("BX057", 6, "wrong")
    assert len(caught.value.findings) == 2
