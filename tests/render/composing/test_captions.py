"""Names in the bounds that a file gives them."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.render.composing.captions import labelled

ROOMS = [
    (66, 12, ("Start Event 1",)),
    (56, 12, ("Start Event 1",)),
    (56, 26, ("Start", "Event 1")),
    (40, 12, ("Start", "Event 1")),
    (40, 40, ("Start", "Event 1")),
]


@pytest.mark.parametrize(("width", "height", "lines"), ROOMS)
def test_a_name_has_as_many_lines_as_its_bounds(
    width: float, height: float, lines: tuple[str, ...]
) -> None:
    """Bounds of a single line were drawn around one: it may be a third wider with our letters."""
    label = model.BPMNLabel(bounds=model.Bounds(x=0, y=0, width=width, height=height))
    text = labelled("Start Event 1", label)
    assert text
    assert text.lines == lines
    assert text.at[0] == width / 2


def test_bounds_without_a_size_are_none() -> None:
    assert (
        labelled("Start", model.BPMNLabel(bounds=model.Bounds(x=0, y=0, width=0, height=0))) is None
    )
    assert labelled("Start", None) is None
