"""Several conditions of one event, which may turn in one change (10.5.1, 10.5.5)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.harness import Driver, message, program, when


def write_both(name: str, soft: bool, needs_all: bool, *writes: Mapping[str, int]) -> Driver:
    """A driver in which an event `name` waits for `a > 0` and `b > 0` while tasks write them."""
    text = "s > p; p > t1 > t2 > t3 > e; p > u1 > e; u1 !b1; b1 > a1; p > c1 > a2; v1; v1: s1 > a3"
    options = {key: [name] for key, wanted in (("soft", soft), ("needs_all", needs_all)) if wanted}
    both = (when("a > 0"), when("b > 0"))
    events = {"b1": message("m"), "c1": message("m"), "v1": message("m"), name: both}
    driver = Driver(program(text, events=events, **options)).start({"a": 0, "b": 0})
    for number, values in enumerate(writes, start=1):
        driver.send(c.CompleteJob(*driver.job(f"t{number}"), values))
    return driver


BOTH = {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("name", "soft", "needs_all", "writes", "times"),
    [
        ("c1", False, False, [BOTH], 1),
        ("c1", False, True, [BOTH], 1),
        ("c1", False, True, [{"a": 1}, {"a": 0, "b": 1}], 1),
        ("b1", False, False, [BOTH], 1),
        ("b1", False, True, [BOTH], 1),
        ("b1", True, False, [BOTH], 2),
        ("b1", True, False, [{"a": 1}, {"a": 0, "b": 1}], 2),
        ("b1", True, False, [{"b": 1}, {"a": 1, "b": 0}, BOTH], 3),
        ("b1", True, True, [BOTH], 1),
        ("b1", True, True, [BOTH, {"a": 0, "b": 0}, BOTH], 2),
        ("v1", False, True, [BOTH], 1),
        ("v1", True, False, [BOTH], 2),
        ("v1", True, True, [BOTH, {"a": 0, "b": 0}, BOTH], 2),
    ],
)
def test_conditions_that_turn_in_one_change_are_all_seen(
    name: str, soft: bool, needs_all: bool, writes: list[dict[str, int]], times: int
) -> None:
    driver = write_both(name, soft, needs_all, *writes)
    follows = {"b1": "a1", "c1": "a2", "v1": "a3"}[name]
    assert driver.count(r.Passed, follows) == times
