"""How much a file may hold before it is refused. Nearly all act while it is parsed."""

from __future__ import annotations

from typing import Final

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on one file, far above what modeling tools write.

    `size` counts bytes, `depth` nested elements, `elements` and `all_attributes` those of the
    whole file, `flow_elements` the nodes, flows and data among these, `attributes` those of one
    element, `tag` the bytes of one tag with all its attributes, `text` the characters of one
    element's text, `findings` how many errors are collected before the reader gives up, and how
    many doubts.

    >>> Limits(depth=10).size == DEFAULT_LIMITS.size
    True
    """

    size: int = 32 * 1024 * 1024
    depth: int = 200
    elements: int = 300_000
    flow_elements: int = 40_000
    attributes: int = 256
    all_attributes: int = 1_000_000
    tag: int = 4 * 1024 * 1024
    text: int = 8 * 1024 * 1024
    findings: int = 1000


DEFAULT_LIMITS: Final = Limits()
