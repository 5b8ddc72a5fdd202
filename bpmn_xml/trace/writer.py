"""Write a trace while it happens: batches become lines at once, a thread of its own writes those.

The file is written directly under its name, without a temporary one, because a trace is wanted
most after a crash: what happened more than about 0.2 s ago is in the file, whatever comes. A disk
that fails does not stop the run: nothing more is accepted, and `close` raises.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final, Self
from weakref import WeakValueDictionary

from msgspec import Raw

from bpmn_xml.compiler.program import Program
from bpmn_xml.core.records import Advanced, Batch
from bpmn_xml.errors import StoreError
from bpmn_xml.trace.codec import Codec, PointInRun, TracedFile, header_of
from bpmn_xml.trace.lines import BUNCH, Backlog
from bpmn_xml.trace.thread_name import THREAD
from bpmn_xml.trace.values import json_line

FLUSH_SECONDS: Final = 0.1
OPEN: Final = WeakValueDictionary[str, "TraceWriter"]()
"""The writers of this process, by the real paths of their files."""

MOST_WAITING: Final = 1_000_000
"""Bytes that may wait for the disk; whoever brings more waits too."""


def write_up_to_now(path: Path) -> None:
    """Let the file hold what has happened by now, if it is being written by this process."""
    writer = OPEN.get(os.path.realpath(path))
    if writer is not None:
        writer.flush()


class TraceWriter:
    """An observer of batches that writes them to a file.

    Args:
        path: where to write; what is there is replaced.
        program: whose batches they are.
        files: what the program was made of.

    Raises:
        StoreError: the file cannot be opened.
    """

    def __init__(
        self, path: Path | str, program: Program, files: Iterable[TracedFile] = ()
    ) -> None:
        self.path = Path(path)
        self._codec = Codec(program)
        self._backlog = Backlog()
        self._lines = self._backlog.lines
        self._wake, self._room = threading.Event(), threading.Event()
        self._asked: list[threading.Event] = []
        self._accepts = True
        self._failure: Exception | None = None
        self._file = _opened(self.path)
        self._lines.append(Raw(json_line(header_of(program, files))))
        self._thread = threading.Thread(target=self._write, name="bpmn-xml-trace", daemon=True)
        self._thread.start()
        OPEN[os.path.realpath(self.path)] = self
        atexit.register(self._finish)

    def on_batch(self, _state: object, batch: Batch) -> None:
        """Take a batch; called by whoever runs the instance, in the order of its batches."""
        if self._accepts:
            self._lines.append(self._codec.line(batch, THREAD.name))
            if len(self._lines) >= BUNCH:
                self._make_room()

    def on_advance(self, state: PointInRun, record: Advanced, by: str) -> None:
        """Take an advance that is a batch by itself; the same in less time."""
        if self._accepts:
            lines = self._lines
            lines.append(self._codec.advance(state, record, by))
            if len(lines) >= BUNCH:
                self._make_room()

    def flush(self) -> None:
        """Come back when all that it has taken so far is in the file, or it has ended."""
        written = threading.Event()
        self._asked.append(written)
        self._wake.set()
        while self._thread.is_alive() and not written.wait(FLUSH_SECONDS):
            pass

    def close(self) -> None:
        """Write what is left and close the file.

        Raises:
            StoreError: something could not be written.
        """
        self._finish()
        if self._failure is not None:
            raise _store_error(self.path, self._failure) from self._failure

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def _finish(self) -> None:
        atexit.unregister(self._finish)
        self._accepts = False
        self._wake.set()
        self._thread.join()

    def _make_room(self) -> None:
        """Make a bunch of what is there, and wait while too much waits for the disk."""
        backlog = self._backlog
        backlog.make()
        while backlog.size > MOST_WAITING and self._accepts:
            self._room.clear()
            self._wake.set()
            self._room.wait(FLUSH_SECONDS)

    def _write(self) -> None:
        """Be the writer thread: write what there is, wait a little, until nothing more can come."""
        try:
            with self._file:
                while self._accepts:
                    self._write_waiting()
                    self._wake.wait(FLUSH_SECONDS)
                    self._wake.clear()
                self._write_waiting()
        except Exception as error:  # noqa: BLE001 - whatever it is, `close` tells it
            self._failure = error
        finally:
            self._accepts = False
            self._backlog.clear()
            self._room.set()

    def _write_waiting(self) -> None:
        asked = self._asked[:]
        del self._asked[: len(asked)]
        lines = self._backlog.take()
        self._room.set()
        if lines:
            self._file.write(lines)
            self._file.flush()
        for written in asked:
            written.set()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except (OSError, ValueError) as error:
        raise _store_error(path, error) from error


def _store_error(path: Path, error: Exception) -> StoreError:
    why = getattr(error, "strerror", None) or error
    return StoreError(f"cannot write the trace {str(path)!r}: {why}")
