"""The process that draws what is long: `python -m bpmn_xml.render.output.worker NAME ...`.

It is given its work on its standard input, and gives bytes on its standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Final

from bpmn_xml.render.output.backend import drawn
from bpmn_xml.render.output.png import rastered


def graphviz(data: bytes, fmt: str) -> bytes:
    """Draw a DOT."""
    return drawn(data.decode(), fmt)


def png(data: bytes, width: str, height: str, family: str) -> bytes:
    """Draw an SVG as PNG."""
    return rastered(data, int(width), int(height), family or None)


WORK: Final[Mapping[str, Callable[..., bytes]]] = {"graphviz": graphviz, "png": png}


def main(words: list[str]) -> None:
    """Draw what comes in on stdin, as the arguments say, and write it to stdout."""
    sys.stdout.buffer.write(WORK[words[0]](sys.stdin.buffer.read(), *words[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
