"""Durations and retries, as microseconds."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.times.durations import microseconds, retry_waits

SECOND = 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("1", SECOND),
        (" 2.5 ", 2_500_000),
        ("0.000001", 1),
        ("PT10S", 10 * SECOND),
        ("PT0.1S", 100_000),
        ("PT1,5M", 90 * SECOND),
        ("P1DT2H3M4S", 93_784 * SECOND),
        ("P2W", 1_209_600 * SECOND),
        ("P36500D", 36_500 * 86_400 * SECOND),
    ],
)
def test_durations(text: str, expected: int) -> None:
    assert microseconds(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no duration such as PT10S"),
        ("P", "no duration"),
        ("PT", "no duration"),
        ("P1DT", "no duration"),
        ("-5", "no duration"),
        ("PT-5S", "no duration"),
        ("1e9", "no duration"),
        ("nan", "no duration"),
        ("٣", "no duration"),
        ("10 s", "no duration"),
        ("P1Y", "years and months have no fixed length"),
        ("P1MT1S", "years and months have no fixed length"),
        ("P36501D", "longer than a hundred years"),
        ("PT" + "9" * 60 + "S", "longer than a hundred years"),
        ("PT" + "9" * 100_000 + "S", "no duration"),
        ("P" + "1" * 100_000, "no duration"),
    ],
)
def test_what_is_no_duration(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what) as raised:
        microseconds(text)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    ("text", "first_counts", "expected"),
    [
        ("3", False, (0, 0, 0)),
        ("3", True, (0, 0)),
        ("0", True, ()),
        ("R3/PT10S", False, (10 * SECOND,) * 3),
        ("R3/PT10S", True, (10 * SECOND,) * 2),
        ("PT1S, PT5M", True, (SECOND, 300 * SECOND)),
        ("PT1S", False, (SECOND,)),
        (" R1/0.5 ", False, (500_000,)),
    ],
)
def test_retries(text: str, first_counts: bool, expected: tuple[int, ...]) -> None:
    assert retry_waits(text, first_counts=first_counts) == expected


@pytest.mark.parametrize(
    "text",
    ["", "many", "R/PT10S", "R3", "R3/", "-1", "10000", "R3/soon", "PT1S,", "PT1S," * 20_000],
)
def test_what_is_no_number_of_retries(text: str) -> None:
    with pytest.raises(ValueError, match="no number of retries such as 3, R3/PT10S or PT1S,PT5M"):
        retry_waits(text, first_counts=True)
