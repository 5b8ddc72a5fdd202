"""Live progress in a terminal: a line per task with what is active, done, failed, and its rate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from bpmn_xml.cli.messages import plain
from bpmn_xml.runtime.meter import CallCount

_TIMES_A_SECOND = 8


@contextmanager
def live(counts: Callable[[], Sequence[CallCount]]) -> Iterator[None]:
    """Show the counts of all tasks until the block is left; stdout stays as it is."""
    began = time.monotonic()
    console = Console(stderr=True)
    display = Live(
        console=console,
        refresh_per_second=_TIMES_A_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        get_renderable=lambda: table(counts(), time.monotonic() - began),
    )
    with display:
        yield


def table(counts: Sequence[CallCount], seconds: float) -> Table:
    """The lines as they are now."""
    shown = Table(box=None, pad_edge=False)
    for heading in ("task", "active", "done", "failed", "per second"):
        shown.add_column(heading, justify="left" if heading == "task" else "right")
    for count in counts:
        if count.started:
            name = Text(plain(" ".join((count.name or count.node).split())))
            rate = f"{count.done / seconds:,.0f}" if seconds > 0 else ""
            failed = str(count.failed or "")
            shown.add_row(name, str(count.active), f"{count.done:,}", failed, rate)
    return shown
