"""The standard streams while a verb runs: printing to them never fails for a reader's sake.

A reader that went away (`| head`) is no error: what comes after is thrown away. Characters that
the terminal's encoding lacks are written as escapes. Lines that several threads print do not get
into each other. A display at the bottom of the terminal is erased before anything else is written
there.
"""

from __future__ import annotations

import contextlib
import io
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, TextIO

from bpmn_xml.errors import StoreError

if TYPE_CHECKING:
    from typing_extensions import Buffer


MOST_BEGUN: Final = 8_192
"""So many characters of a line are kept until its end comes."""


def alone(_data: bytes) -> contextlib.AbstractContextManager[None]:
    """Nothing stands at the bottom of a terminal that would have to make way."""
    return contextlib.nullcontext()


class Shield(io.RawIOBase):
    """A raw stream that never says that its reader went away.

    Attributes:
        make_way: clears what stands at the bottom of the terminal while something is written.
        failure: what kept something from being written.
    """

    def __init__(self, raw: io.RawIOBase) -> None:
        self.make_way: Callable[[bytes], contextlib.AbstractContextManager[None]] = alone
        self.failure: OSError | None = None
        self._raw, self._broken = raw, False

    def write(self, data: Buffer) -> int:
        """Write all or part of some bytes, or throw them away if nobody reads them."""
        whole = bytes(memoryview(data))
        with self.make_way(whole):
            return self.write_beside(whole)

    def write_beside(self, data: bytes) -> int:
        """Write without erasing the display."""
        if self._broken:
            return len(data)
        try:
            return self._raw.write(data) or 0
        except BrokenPipeError:
            self._broken = True
            return len(data)
        except OSError as error:
            self.failure = error
            raise

    def give_up(self) -> None:
        """Throw away whatever comes from now on."""
        self._broken = True

    def writable(self) -> bool:
        """Tell that the stream can be written to."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the stream."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Tell whether a terminal is behind it."""
        return self._raw.isatty()


class WholeLines(io.TextIOWrapper):
    """A text stream on which each line of a thread is written at once.

    `print` writes the end of a line by itself. So what a thread has begun is kept until its line
    ends, or until the thread flushes the stream; in the end `finish` writes what is left of all.
    Where the stream is to be unbuffered nothing is kept of what the main thread writes.
    """

    def __init__(self, buffer: Any, like: io.TextIOWrapper) -> None:
        super().__init__(
            buffer,
            encoding=like.encoding,
            errors="backslashreplace",
            line_buffering=like.line_buffering,
            write_through=like.write_through,
        )
        self._begun: dict[int, str] = {}
        self._writing = threading.RLock()

    def write(self, text: str) -> int:
        """Write the lines that end here; what is begun is kept, unless it is very long."""
        thread = threading.get_ident()
        lines, end, begun = (self._begun.pop(thread, "") + text).rpartition("\n")
        at_once = self.write_through and thread == threading.main_thread().ident
        if at_once or len(begun) > MOST_BEGUN:
            end, begun = end + begun, ""
        if begun:
            self._begun[thread] = begun
        if end:
            with self._writing:
                super().write(lines + end)
        return len(text)

    def flush(self) -> None:
        """Write what this thread has begun, too, and hand all on."""
        self._hand_on(threading.get_ident())

    def finish(self) -> None:
        """Write what any thread has begun, and hand all on."""
        self._hand_on(*self._begun)

    def _hand_on(self, *threads: int) -> None:
        with self._writing:
            for thread in threads:
                super().write(self._begun.pop(thread, ""))
            super().flush()


class Closed(io.BytesIO):
    """Stands for a stream that whoever started us has closed: what is printed is thrown away."""


def is_closed(stream: TextIO) -> bool:
    """Tell whether nobody can see what is printed."""
    return isinstance(getattr(stream, "buffer", None), Closed)


def shield_of(stream: TextIO) -> Shield | None:
    """Return the shield of a standard stream, if it has one."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return raw if isinstance(raw, Shield) else None


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """Put shields before the standard streams, as far as they are real ones.

    Raises:
        StoreError: what was printed could not be written in the end.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_shielded, before)
    try:
        yield
        _finish_output()
    finally:
        with contextlib.suppress(OSError, ValueError):
            _finish(sys.stderr)
        sys.stdout, sys.stderr = before


def _shielded(stream: TextIO | None) -> TextIO:
    if stream is None:
        return io.TextIOWrapper(Closed())
    buffer: Any = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    shield: Any = Shield(raw)
    return WholeLines(shield if raw is buffer else io.BufferedWriter(shield), stream)


def _finish_output() -> None:
    try:
        _finish(sys.stdout)
    except OSError as error:
        raise output_error(error) from error


def _finish(stream: TextIO) -> None:
    if isinstance(stream, WholeLines):
        stream.finish()
    else:
        stream.flush()


def output_failed(error: OSError) -> bool:
    """Tell whether this error came from the disk behind the standard output."""
    shield = shield_of(sys.stdout)
    return shield is not None and shield.failure is error


def output_error(error: OSError) -> StoreError:
    """Make the error that says so; nothing more is written to the standard output."""
    shield = shield_of(sys.stdout)
    if shield is not None:
        shield.give_up()
    return StoreError(f"cannot write to the standard output: {error.strerror}")
