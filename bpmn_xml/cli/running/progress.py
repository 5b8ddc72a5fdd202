"""The live display at the bottom of a terminal: a line per node that takes time.

It is drawn by a thread of its own a few times per second. Whatever else is printed to the terminal
makes it vanish first; it comes back below, once a line has been ended.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from bpmn_xml.cli.streams import Shield, alone
from bpmn_xml.cli.tables import called, failed
from bpmn_xml.trace.summary import ElementSummary, RunSummary

EVERY: Final = 0.2
"""Seconds between two pictures."""

SELDOM: Final = 2.0
"""Seconds between two pictures when drawing is slow."""

MOST_ROWS: Final = 20
NARROW: Final = 60
"""With fewer columns the display has only the most important numbers."""

NUMBERS: Final = 42
FEW_NUMBERS: Final = 20
"""How many columns the numbers take."""

_SHARE: Final = 10
"""How many times as long as drawing took it rests afterwards."""

_WINDOW: Final = 2.0
"""Seconds over which a rate is taken."""


class LiveDisplay:
    """What is shown while processes run.

    Args:
        shields: of the streams that lead to the terminal; it is drawn on the first one.
        look: what has been counted so far.
        labels: the name of a node there -> what people call it.
        encoding: of the terminal.
    """

    def __init__(
        self,
        shields: Sequence[Shield],
        look: Callable[[], RunSummary],
        labels: Mapping[str, str],
        encoding: str,
    ) -> None:
        self._shields, self._look, self._encoding = shields, look, encoding
        self._labels = labels
        self._lock = threading.RLock()
        self._height, self._mid_line = 0, False
        self._ended = threading.Event()
        self._rates = Rates()
        self._thread = threading.Thread(target=self._live, name="bpmn-xml-display", daemon=True)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Show it until the end of the block."""
        for shield in self._shields:
            shield.make_way = self.make_way
        self._thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._thread.join()
            for shield in self._shields:
                shield.make_way = alone

    @contextlib.contextmanager
    def make_way(self, data: bytes) -> Iterator[None]:
        """Clear the display while something else is written to the terminal."""
        with self._lock:
            self._erase()
            yield
            self._mid_line = not data.endswith(b"\n")

    def _live(self) -> None:
        rest = EVERY
        drawn([], {}, {}, (80, 1))  # what is imported for it counts as no time
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
        return drawn(nodes, self._labels, rates, (width, max(min(MOST_ROWS, height - 3), 1)))


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


def drawn(
    nodes: Sequence[ElementSummary],
    labels: Mapping[str, str],
    rates: Mapping[str, float],
    room: tuple[int, int],
) -> str:
    """Write the lines of the display, in a room of so many columns and rows.

    Where there are more nodes than rows, those that are busy come first, then the latest.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width, rows = room
    chosen = _chosen(nodes, rows)
    colour = not os.environ.get("NO_COLOR")
    grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    rest = NUMBERS if width >= NARROW else FEW_NUMBERS
    grid.add_column("node", no_wrap=True, overflow="ellipsis", max_width=max(width - rest, 4))
    for heading in ("active", "done", "failed", "rate") if width >= NARROW else ("active", "done"):
        grid.add_column(heading, justify="right", no_wrap=True)
    for node in chosen:
        cells = (
            Text(called(node, labels), style="bold" if node.active else ""),
            f"{node.active:,}" if node.active else "",
            f"{node.completed:,}",
            Text(f"{failed(node):,}" if failed(node) else "", style="red"),
            f"{rates[node.id]:,.1f}/s" if rates.get(node.id) else "",
        )
        grid.add_row(*cells[: len(grid.columns)])
    text = io.StringIO()
    console = Console(
        file=text, width=width, force_terminal=True, legacy_windows=False, no_color=not colour
    )
    console.print(grid)
    if len(chosen) < len(nodes):
        console.print(f"and {len(nodes) - len(chosen):,} more", style="dim")
    return text.getvalue()


def _chosen(nodes: Sequence[ElementSummary], most: int) -> list[ElementSummary]:
    """Of many nodes, those that are busy, then those that were reached last."""
    busy = [node.id for node in nodes if node.active]
    quiet = [node.id for node in reversed(nodes) if not node.active]
    shown = {*[*busy, *quiet][:most]}
    return [node for node in nodes if node.id in shown]
