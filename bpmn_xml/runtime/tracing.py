"""Who sees what an engine does: observers, and files such as `trace="run.jsonl"`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import cast

from bpmn_xml.compiler.program import Program
from bpmn_xml.formats.files import read_bytes
from bpmn_xml.formats.limits import DEFAULT_LIMITS
from bpmn_xml.runtime.execution.observers import Observer

Traced = Observer | str | os.PathLike[str]
"""Who sees all batches, or the path of the file that they are written to."""


def several(trace: object) -> Sequence[object]:
    """What is given as the option, one or several, as several."""
    return trace if isinstance(trace, Sequence) and not isinstance(trace, str) else [trace]


def observers_of(
    trace: Traced | Sequence[Traced], program: Program, drawings: Sequence[Path], open_: ExitStack
) -> Iterator[Observer]:
    """Who sees all batches; a path is a file that is written until `open_` is closed.

    Args:
        trace: the option of the engine.
        program: what is run.
        drawings: the files that it was made of, for the head of a trace.
        open_: what closes the files.

    Raises:
        StoreError: a file cannot be written, or a drawing is gone.
    """
    for observer in several(trace):
        if not isinstance(observer, str | os.PathLike):
            yield cast(Observer, observer)
            continue
        from bpmn_xml.trace.codec import TracedFile
        from bpmn_xml.trace.writer import TraceWriter

        data = [(str(path), read_bytes(path, DEFAULT_LIMITS)) for path in drawings]
        files = [TracedFile(name, sha256(read).hexdigest()) for name, read in data]
        yield open_.enter_context(TraceWriter(Path(observer), program, files))
