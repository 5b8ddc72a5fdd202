"""Lead ways back over or under all else in their lane where that saves corners.

The order of columns knows crossings only; whether a way back leaves a gateway beside another flow
shows when it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.routes import Placement

_MOST: Final = 12
"""So many drawings are tried at most."""

_PLAIN: Final = 4
"""A way back has so many points, or two corners, if nothing is in its way."""


def lifted(
    layers: Layers, columns: Sequence[Sequence[int]], placement: Placement
) -> Iterator[list[list[int]]]:
    """List orders of columns in which one way back with many corners is first, or last.

    One that begins at a boundary event stays below it.
    """
    stacked = {slot for stack in layers.stacks.values() for slot in stack}
    back = [
        index
        for index, route in enumerate(placement.routes)
        if layers.back[index] and len(route) > _PLAIN and stacked.isdisjoint(layers.bends[index])
    ]
    for index in back[: _MOST // 2]:
        bends = {*layers.bends[index]}
        for above in (True, False):
            yield [_moved(layers, column, bends, above=above) for column in columns]


def _moved(layers: Layers, column: Sequence[int], bends: set[int], *, above: bool) -> list[int]:
    """Put bends before, or after, all other slots of their lane in a column."""

    def key(slot: int) -> tuple[int, int]:
        step = 0 if slot not in bends else -1 if above else 1
        return layers.slots[slot].lane, step

    return sorted(column, key=key)
