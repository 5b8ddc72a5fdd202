from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.layout.text import ELLIPSIS, MOST_LINES, text_width, wrap

TEXTS = st.text(
    alphabet=st.sampled_from("abc WMi-/.é審査\n\t\u0301") | st.characters(codec="utf-8"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "size", "width"),
    [
        ("", 12, 0),
        (" ", 10, 2.78),
        ("AAAA", 100, 4 * 66.7),
        ("é", 10, 5.56),
        ("e\u0301", 10, 5.56),
        ("審査", 12, 24),
        ("Ж", 10, 6),
        ("\x00\u200b", 10, 0),
    ],
)
def test_text_width(text, size, width):
    assert text_width(text, size) == pytest.approx(width)


@pytest.mark.parametrize(
    ("text", "width", "max_lines", "lines"),
    [
        ("", 100, None, []),
        (" \n ", 100, None, []),
        ("one", 100, None, ["one"]),
        ("one two three", 45, None, ["one two", "three"]),
        ("a\n\nb", 100, None, ["a", "", "b"]),
        ("a\r\nb", 100, None, ["a", "b"]),
        ("self-service-portal", 70, None, ["self-service-", "portal"]),
        ("審査を依頼する", 40, None, ["審査を", "依頼す", "る"]),
        ("order 審査", 50, None, ["order 審", "査"]),
        ("getOrderHistory", 80, None, ["getOrder", "History"]),
        ("Großbestellungsvoraussetzungen", 140, None, ["Großbestellungsv", "oraussetzungen"]),
        ("MMM", 1, None, ["M", "M", "M"]),
        (":00", 10, None, [":", "0", "0"]),
        ("one two three", 45, 1, ["one t…"]),
        ("one two three", 45, 2, ["one two", "three"]),
        ("ab cd", 1, 1, [ELLIPSIS]),
    ],
)
def test_wrap(text, width, max_lines, lines):
    assert wrap(text, width, 12, max_lines) == lines


@pytest.mark.parametrize("width", [-20, 0, 0.001])
def test_without_any_room_every_line_has_one_character(width):
    assert wrap("a\u200db cd", width, 12) == ["a\u200d", "b", "c", "d"]


@given(TEXTS, st.floats(1, 200), st.sampled_from([8, 11, 12]))
def test_lines_fit_or_hold_one_character(text, width, size):
    for line in wrap(text, width, size):
        visible = [c for c in line if text_width(c, size)]
        assert len(visible) <= 1 or text_width(line, size) <= width + 1e-6


@given(TEXTS, st.floats(1, 200))
def test_nothing_is_lost(text, width):
    assert "".join("".join(wrap(text, width, 12)).split()) == "".join(text.split())


@given(TEXTS, st.floats(20, 200), st.integers(1, 4))
def test_max_lines_is_kept(text, width, max_lines):
    lines = wrap(text, width, 12, max_lines)
    assert len(lines) <= max_lines
    assert all(
        text_width(line, 12) <= width + 1e-6 or sum(map(bool, map(str.strip, line))) <= 2
        for line in lines
    )


@pytest.mark.parametrize("text", ["x" * 1_000_000, "word " * 200_000, "x\n" * 500_000])
def test_a_megabyte_is_no_trouble(text):
    lines = wrap(text, 100, 12)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
