"""Long drawings in a process of their own: they end in time, and a crash of theirs ends only them.

Graphviz and resvg are native code, which no thread can stop.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from bpmn_xml.errors import InternalError, UsageError

LONG: Final = 400_000
"""Bytes of what is drawn from which on it is worth a process: some 300 elements."""

SECONDS: Final = 120.0
"""How long a drawing may take."""


def in_worker(name: str, *arguments: str, data: bytes) -> bytes:
    """Have a worker draw.

    Args:
        name: which of the worker's `WORK` it is to do.
        arguments: what this takes beside the data.
        data: what is drawn.

    Raises:
        UsageError: it took longer than it may.
        InternalError: it failed.
    """
    command = [sys.executable, "-m", "bpmn_xml.render.output.worker", name, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - it is this very package
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"this drawing takes more than {SECONDS:g} s",
            remedy="draw one plane of it with --plane, or draw .svg",
        ) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InternalError(f"the drawing failed: {why or f'exit code {done.returncode}'}")
    return done.stdout
