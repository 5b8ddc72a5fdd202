"""What waits is told in a line for each element and reason, and which item it is."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.cli.waiting import waiting_table
from bpmn_xml.trace.standstill import Cause, Standstill

STUCK = Standstill(instance="P-1", node="j", cause=Cause.INCIDENT, message="stuck")

PLACES = {
    "no item": ([""], "j"),
    "an item": (["sub.1/read.1:3"], "j (item sub.1/read.1:3)"),
    "an odd id": (["re%2Fad.1:3"], "j (item re/ad.1:3)"),
    "many": ([f"read.1:{n}" for n in range(2, 1202)], "j (1,200 times, first item read.1:2)"),
}


@pytest.mark.parametrize(("items", "told"), PLACES.values(), ids=PLACES)
def test_where_it_waits(items: list[str], told: str) -> None:
    stills = [msgspec.structs.replace(STUCK, item=item) for item in items]
    assert waiting_table(stills, 0)[1:] == [f"{told.ljust(len('waits at'))}  stuck"]
