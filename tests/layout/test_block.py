from __future__ import annotations

from bpmn_xml.layout.block import Block, empty_block
from bpmn_xml.layout.geometry import Area


def test_taking_shifts_everything():
    block = empty_block()
    other = Block(
        9,
        9,
        {"a": Area(1, 2, 3, 4)},
        {"a": Area(0, 0, 1, 1)},
        {"l": Area(5, 5, 5, 5)},
        {"f": [(0, 0), (7, 0)]},
        bands=3,
    )
    block.take(other, 10, 20)
    assert block.areas == {"a": Area(11, 22, 3, 4)}
    assert block.labels == {"a": Area(10, 20, 1, 1)}
    assert block.lanes == {"l": Area(15, 25, 5, 5)}
    assert block.routes == {"f": [(10, 20), (17, 20)]}
    assert block.bands == 3
