"""A cache forgets all when it is full."""

from __future__ import annotations

from bpmn_xml.remembered import Remembered


def test_not_everything_is_remembered() -> None:
    texts = Remembered[int](str, most=2)
    assert [texts[number] for number in (1, 2, 1, 3)] == ["1", "2", "1", "3"]
    assert dict(texts) == {3: "3"}
