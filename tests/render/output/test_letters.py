from __future__ import annotations

import string

import pytest

from bpmn_xml.layout.text import text_width
from bpmn_xml.render.composing.lettering import block, turned
from bpmn_xml.render.geometry import Box, box_of
from bpmn_xml.render.output.letters import written

KNOWN = string.ascii_letters + string.digits + string.punctuation + "ß…ø"


def _strokes(words: str) -> list[tuple[tuple[float, float], ...]]:
    return [part.points for part in written(block((words,), (0, 0), 12))]


UNKNOWN = [_strokes("\u2603")[0]]


@pytest.mark.parametrize("letter", KNOWN)
def test_a_letter_is_written_within_its_width(letter: str) -> None:
    strokes = _strokes(letter)
    assert strokes
    box = box_of([point for stroke in strokes for point in stroke])
    assert box.width <= text_width(letter, 12) + 0.01
    assert box.y > -9
    assert box.bottom < 9


@pytest.mark.parametrize(("letter", "base"), [("é", "e"), ("Ü", "U"), ("ç", "c"), ("ř", "r")])
def test_accents_are_put_on_their_letter(letter: str, base: str) -> None:
    accented, plain = _strokes(letter), _strokes(base)
    assert len(accented) > len(plain)
    assert accented[: len(plain)] == plain


def test_an_accent_stands_higher_on_a_capital() -> None:
    tops = [min(y for stroke in _strokes(c)[1:] for _, y in stroke) for c in ("é", "É")]
    assert tops[1] < tops[0]


def test_what_is_unknown_is_a_box() -> None:
    (stroke,) = _strokes("漢")
    assert stroke[0] == stroke[-1]
    assert len(stroke) == 5


def test_letters_do_not_look_alike() -> None:
    shapes = [tuple(_strokes(letter)) for letter in KNOWN]
    assert len(set(shapes)) == len(shapes)


def test_spaces_are_empty() -> None:
    assert not _strokes(" ")
    assert len(_strokes("i i")) == 2 * len(_strokes("i"))


def test_lines_stand_below_each_other() -> None:
    first, second = written(block(("l", "l"), (50, 50), 10))
    assert second.points[0][1] - first.points[0][1] == pytest.approx(12)


def test_a_turned_text_reads_upwards() -> None:
    parts = written(turned("Customer", Box(0, 0, 30, 200)))
    box = box_of([point for part in parts for point in part.points])
    assert box.width < 12
    assert box.height > 40
    assert box.centre[0] == pytest.approx(15, abs=3)
    starts = [part.points[0][1] for part in parts]
    assert starts[0] > starts[-1]
