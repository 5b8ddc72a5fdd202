"""The live display at the bottom of a terminal: a line per node that takes time.

It is drawn by a thread of its own a few times per second. Whatever else is printed to the terminal
makes it vanish first; it comes back below, once a line has been ended.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bpmn_xml.cli.streams import Shield
from bpmn_xml.cli.words import shorten
from bpmn_xml.trace.summary import ElementSummary, RunSummary

EVERY: Final = 0.2
"""Seconds between two pictures."""

SELDOM: Final = 2.0
"""Seconds between two pictures when drawing is slow."""

MOST_ROWS: Final = 20
_SHARE: Final = 10
"""How many times as long as drawing took it rests afterwards."""

_WINDOW: Final = 2.0
"""Seconds over which a rate is taken."""


class LiveDisplay:
    """What is shown while processes run.

    Args:
        shields: of the streams that lead to the terminal; it is drawn on the first one.
        look: what has been counted so far.
        encoding: of the terminal.
    """

    def __init__(
        self, shields: Sequence[Shield], look: Callable[[], RunSummary], encoding: str
    ) -> None:
        self._shields, self._look, self._encoding = shields, look, encoding
        self._lock = threading.RLock()
        self._height, self._mid_line = 0, False
        self._ended = threading.Event()
        self._rates = Rates()
        self._thread = threading.Thread(target=self._live, name="bpmn-xml-display", daemon=True)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Show it until the end of the block."""
        for shield in self._shields:
            shield.display = self
        self._thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._thread.join()
            for shield in self._shields:
                shield.remove_display()

    @contextlib.contextmanager
    def make_way(self, data: bytes) -> Iterator[None]:
        """Be away while something else is written to the terminal."""
        with self._lock:
            self._erase()
            yield
            self._mid_line = not data.endswith(b"\n")

    def _live(self) -> None:
        rest = EVERY
        drawn([], {}, 80, 1)  # what is imported for it counts as no time
        while not self._ended.wait(rest):
            began = time.monotonic()
            text = self._text()
            with self._lock:
                if not self._mid_line:
                    self._erase()
                    self._write(text)
                    self._height = text.count("\n")
            rest = min(max(EVERY, (time.monotonic() - began) * _SHARE), SELDOM)
        with self._lock:
            self._erase()

    def _erase(self) -> None:
        if self._height:
            self._write(f"\x1b[{self._height}A\x1b[J")
            self._height = 0

    def _write(self, text: str) -> None:
        self._shields[0].write_beside(text.encode(self._encoding, "replace"))

    def _text(self) -> str:
        width, height = shutil.get_terminal_size()
        nodes = [n for n in self._look().nodes if n.active or n.completed or n.cancelled]
        rates = self._rates.of(nodes, time.monotonic())
        return drawn(nodes, rates, width, max(min(MOST_ROWS, height - 3), 1))


class Rates:
    """How many of each node were done per second lately."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, dict[str, int]]] = deque()

    def of(self, nodes: Sequence[ElementSummary], now: float) -> dict[str, float]:
        """The rates, given how the nodes stand now."""
        done = {node.id: node.completed for node in nodes}
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - _WINDOW:
            self._seen.popleft()
        then, before = self._seen[0]
        seconds = now - then
        return {
            id_: (n - before.get(id_, 0)) / seconds if seconds else 0.0 for id_, n in done.items()
        }


def drawn(nodes: Sequence[ElementSummary], rates: dict[str, float], width: int, rows: int) -> str:
    """Write the lines of the display."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    busy = [node for node in nodes if node.active]
    chosen = nodes if len(nodes) <= rows else [*busy, *[n for n in nodes if not n.active]][:rows]
    grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    grid.add_column("node", no_wrap=True, overflow="ellipsis")
    for heading in ("active", "done", "failed", "rate"):
        grid.add_column(heading, justify="right", no_wrap=True)
    for node in chosen:
        grid.add_row(
            Text(shorten(node.id, 40), style="bold" if node.active else ""),
            f"{node.active:,}" if node.active else "",
            f"{node.completed:,}",
            Text(f"{node.failures:,}" if node.failures else "", style="red"),
            f"{rates[node.id]:,.1f}/s" if rates.get(node.id) else "",
        )
    text = io.StringIO()
    console = Console(file=text, width=width, force_terminal=True, legacy_windows=False)
    console.print(grid)
    if len(chosen) < len(nodes):
        console.print(f"and {len(nodes) - len(chosen):,} more", style="dim")
    return text.getvalue()
