"""Long drawings in a process of their own: they end in time, and a crash of theirs ends only them.

Graphviz and resvg are native code, which no thread can stop. A worker is given its work on its
standard input and gives bytes on its standard output: `python -m bpmn_xml.render.worker NAME ...`.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from bpmn_xml.errors import InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONG: Final = 400_000
"""Bytes of what is drawn from which on it is worth a process: some 300 elements."""

SECONDS: Final = 120.0
"""How long a drawing may take."""


def in_worker(name: str, *arguments: str, data: bytes, seconds: float = SECONDS) -> bytes:
    """Have a worker draw.

    Args:
        name: which of `WORK` it is to do.
        arguments: what this takes beside the data.
        data: what is drawn.
        seconds: how long it may take.

    Raises:
        UsageError: it took longer.
        InternalError: it failed.
    """
    command = [sys.executable, "-m", "bpmn_xml.render.worker", name, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - it is this very file
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"this drawing takes more than {seconds:g} s",
            remedy="draw one plane of it with --plane, or draw .svg",
        ) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InternalError(f"the drawing failed: {why or f'exit code {done.returncode}'}")
    return done.stdout


def graphviz(data: bytes, fmt: str) -> bytes:
    """Draw a DOT."""
    from bpmn_xml.render.backend import drawn

    return drawn(data.decode(), fmt)


def png(data: bytes, width: str, height: str, family: str) -> bytes:
    """Draw an SVG as PNG."""
    from bpmn_xml.render.png import rastered

    return rastered(data, int(width), int(height), family or None)


WORK: Final[Mapping[str, Callable[..., bytes]]] = {"graphviz": graphviz, "png": png}


def main(words: list[str]) -> None:
    """Do what is asked with what comes in."""
    sys.stdout.buffer.write(WORK[words[0]](sys.stdin.buffer.read(), *words[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
