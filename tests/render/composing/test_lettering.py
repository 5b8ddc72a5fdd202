from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.render.composing.lettering import (
    SIZES,
    below,
    clean,
    one_line,
    ranged_left,
    turned,
    widest,
    within,
)
from bpmn_xml.render.composing.scene import LINE_HEIGHT
from bpmn_xml.render.geometry import Box

ROOM = Box(5, 5, 90, 70)
ICON = Box(5, 5, 18, 18)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        (None, ""),
        ("a\x00b\x07c\x7f", "abc"),
        ("a\tb", "a b"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("\u202eright to left\u202c", "right to left"),
        ("\u2066isolated\u2069", "isolated"),
        ("half \ud83d a pair", "half  a pair"),
        ("\ufeffmarked\ufffe\uffff", "marked"),
        ("  <b>kept</b> ]]> & \\N ", "<b>kept</b> ]]> & \\N"),
        ("名前 \U0001f600 \u200d", "名前 \U0001f600 \u200d"),
    ],
)
def test_names_are_cleaned(name: str | None, cleaned: str) -> None:
    assert clean(name) == cleaned


@given(st.text(st.characters()))
def test_a_clean_name_can_be_written_anywhere(name: str) -> None:
    cleaned = clean(name)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {chr(code) for code in range(32) if code != 10}


@pytest.mark.parametrize(("size", "shown"), [(3, "Go"), (4, "Gone"), (3, "Go…")])
def test_long_texts_are_cut_on_one_line(size: int, shown: str) -> None:
    given_ = {"Go": "Go", "Gone": "Gone", "Go…": "Gone away"}[shown]
    assert one_line(given_, size) == shown


def test_a_short_name_stands_in_the_middle() -> None:
    text = within("Pay", ROOM)
    assert text.at == ROOM.centre
    assert text.size == SIZES[0]


def test_a_name_makes_way_for_the_icon() -> None:
    text = within("Check the long incoming order form", ROOM, taken=ICON)
    assert text.box.y >= ICON.bottom - 0.5
    assert text.box.bottom <= ROOM.bottom + 0.5


def test_a_name_makes_way_for_the_markers() -> None:
    text = within("Check the long incoming order form of today", ROOM, foot=20)
    assert text.box.bottom <= ROOM.bottom - 20 + 0.5


def test_a_long_name_shrinks_before_it_is_cut() -> None:
    text = within("word " * 20, ROOM)
    assert SIZES[-1] <= text.size < SIZES[0]
    assert not text.lines[-1].endswith("…")
    cut = within("word " * 500, ROOM)
    assert cut.size == SIZES[-1]
    assert cut.lines[-1].endswith("…")


def test_a_long_word_shrinks_before_it_is_broken() -> None:
    assert within("Donaudampfschifffahrt", Box(0, 0, 110, 70)).lines == ("Donaudampfschifffahrt",)
    assert len(within("x" * 60, ROOM).lines) > 1


@given(st.text(max_size=400), st.integers(4, 300), st.integers(4, 300))
def test_text_stays_in_its_room(name: str, width: int, height: int) -> None:
    name, room = clean(name), Box(0, 0, width, height)
    for text in (within(name, room), turned(name, room)):
        across, high = (height, width) if text.turned else (width, height)
        one = text.size * LINE_HEIGHT
        single = max((widest([c], text.size) for c in name), default=0)
        assert widest(text.lines, text.size) <= max(across, single, widest(["…"], text.size)) + 0.01
        assert len(text.lines) * one <= max(high + 1, one + 0.01)


def test_a_note_is_never_cut() -> None:
    short = ranged_left("A short note", Box(0, 0, 90, 40))
    assert (short.size, short.centred, short.at) == (SIZES[0], False, (0, 20))
    long = ranged_left("word " * 60, Box(0, 0, 90, 40))
    assert long.box.y == 0
    assert long.box.bottom > 40
    assert sum(line.count("word") for line in long.lines) == 60


def test_a_name_beside_its_element_begins_at_the_top() -> None:
    text = below("Order received from the customer", 100, 50, 90)
    assert text.outside
    assert text.box.y == pytest.approx(50)
    assert text.box.centre[0] == pytest.approx(100)
    assert len(text.lines) == 2


def test_ten_thousand_characters_end_in_an_ellipsis() -> None:
    text = below("endless " * 2000, 0, 0, 90)
    assert len(text.lines) == 10
    assert text.lines[-1].endswith("…")


def test_wide_letters_have_room_beside_an_icon_and_on_a_band() -> None:
    icon = Box(0, 0, 20, 20)
    text = within("Perform repair", Box(0, 0, 120, 60), taken=icon)
    assert text.box.x - 0.04 * text.box.width > icon.right or text.box.y >= icon.bottom
    name = turned("Corporate Account Manager", Box(0, 0, 28, 146))
    assert name.box.height <= 0.93 * 146
    note = ranged_left("Topic name: requestRejected", Box(0, 0, 160, 30))
    assert note.box.width <= 0.93 * 160


EVEN = [
    ("Start Event 1", 62, ("Start", "Event 1")),
    ("Start Event 1", 90, ("Start Event 1",)),
    ("Non-exclusive Gateway", 90, ("Non-exclusive", "Gateway")),
    ("Employee data of a", 90, ("Employee", "data of a")),
    ("Rechtsschutzversicherung a", 90, ("Rechtsschutzversicherung", "a")),
]


@pytest.mark.parametrize(("name", "room", "lines"), EVEN)
def test_no_single_word_is_left_for_the_last_line(
    name: str, room: float, lines: tuple[str, ...]
) -> None:
    assert below(name, 0, 0, room).lines == lines
