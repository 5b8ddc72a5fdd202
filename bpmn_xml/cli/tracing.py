"""Write a trace beside a run, and say of which files it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from bpmn_xml.compiler.program import Program
from bpmn_xml.trace.codec import TracedFile
from bpmn_xml.trace.writer import TraceWriter


def open_trace(path: Path, program: Program, files: Sequence[str]) -> TraceWriter:
    """Begin a trace of what was compiled from some files."""
    traced = [
        TracedFile(Path(file).name, hashlib.sha256(Path(file).read_bytes()).hexdigest())
        for file in files
    ]
    return TraceWriter(path, program, traced)
