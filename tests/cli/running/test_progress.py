"""The live display: what it shows, and how it makes way."""

from __future__ import annotations

import io
import os
import threading
import time
from pathlib import Path

import pytest

from bpmn_xml.cli.running import progress
from bpmn_xml.cli.running.progress import LiveDisplay, Rates, drawn
from bpmn_xml.cli.streams import Shield
from bpmn_xml.cli.words import cells
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary


def node(name: str, **numbers: int) -> ElementSummary:
    return ElementSummary(id=name, state=ElementState.DONE, count=1, **numbers)


def test_a_line_per_node() -> None:
    nodes = [node("a", active=2, completed=1500), node("b\x1b", completed=1, failures=3)]
    lines = strip(drawn(nodes, {"b\x1b": "b\x1b"}, {"a": 12.34}, (80, 10))).splitlines()
    assert [line.split() for line in lines] == [
        ["node", "active", "done", "failed", "rate"],
        ["a", "2", "1,500", "12.3/s"],
        ["b\\x1b", "1", "3"],
    ]


def test_of_many_nodes_the_active_and_the_latest_are_shown() -> None:
    nodes = [node("a", completed=1), node("b", active=1), node("c", completed=1)]
    lines = strip(drawn(nodes, {}, {}, (80, 2))).splitlines()
    assert [line.split()[0] for line in lines] == ["node", "b", "c", "and"]
    assert lines[-1] == "and 1 more"


def test_a_narrow_terminal_shows_less() -> None:
    nodes = [node("a", completed=1, failures=3)]
    lines = strip(
        drawn(nodes, {"a": "支払いを承認する、または断る、または待つ"}, {}, (30, 9))
    ).splitlines()
    assert [cells(line) <= 30 for line in lines] == [True, True]
    assert lines[0].split() == ["node", "active", "done"]
    assert lines[1].startswith("支払い")
    assert lines[1].rstrip().endswith("1")


def test_errors_are_no_failures_and_colour_is_a_matter_of_taste(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nodes = [node("a", completed=1, failures=3, errors=1)]
    assert "\x1b[31m     2" in drawn(nodes, {}, {}, (80, 9))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in drawn(nodes, {}, {}, (80, 9))


def strip(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_a_rate_is_that_of_the_last_seconds() -> None:
    rates = Rates()
    assert rates.of([node("a", completed=5)], 0.0) == {"a": 0.0}
    assert rates.of([node("a", completed=15)], 1.0) == {"a": 10.0}
    assert rates.of([node("a", completed=15), node("b", completed=2)], 4.0) == {
        "a": 0.0,
        "b": 2 / 3,
    }


class Screen(io.RawIOBase):
    """A terminal that keeps what is written, and says when something was."""

    def __init__(self) -> None:
        self.written = b""
        self.news = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # bytes alone
        self.written += bytes(data)
        self.news.set()
        return len(data)

    def wait_for(self, text: bytes) -> None:
        deadline = time.monotonic() + 30
        while text not in self.written and time.monotonic() < deadline:
            self.news.wait(0.05)
            self.news.clear()
        assert text in self.written


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setattr(progress, "EVERY", 0.01)
    return Screen()


def look() -> RunSummary:
    return RunSummary(nodes=(node("a", active=1),), flows=())


def test_it_makes_way_and_comes_back(screen: Screen) -> None:
    shield = Shield(screen)
    with LiveDisplay([shield], look, {"a": "Ask"}, "utf-8").shown():
        screen.wait_for(b"node")
        before = len(screen.written)
        shield.write(b"somebody prints\n")
        assert b"\x1b[2A\x1b[Jsomebody prints\n" in screen.written[before - 10 :]
        screen.written = b""
        screen.wait_for(b"node")
    assert screen.written.endswith(b"\x1b[2A\x1b[J")
    shield.write(b"after")
    assert screen.written.endswith(b"after")


def test_it_waits_for_the_end_of_a_line(screen: Screen) -> None:
    shield, looked = Shield(screen), threading.Semaphore(0)

    def seen() -> RunSummary:
        looked.release()
        return look()

    display = LiveDisplay([shield], seen, {"a": "Ask"}, "utf-8")
    shield.write(b"half a line")
    with display.shown():
        shield.write(b", more")
        for _ in range(3):  # when it looks again, it is done with what it has seen before
            assert looked.acquire(timeout=30)
        assert b"node" not in screen.written
        shield.write(b" and its end\n")
        screen.wait_for(b"node")
    assert screen.written.startswith(b"half a line, more and its end\n")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals")
def test_a_terminal_sees_it(folder: Path) -> None:
    import pty
    import sys

    from tests.conftest import ROOT

    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(PYTHONPATH=str(ROOT), TERM="xterm", COLUMNS="80", LINES="24")
        os.chdir(folder)
        words = ["-m", "bpmn_xml", "run", "linger.bpmn", "--max-time", "1.5", "--grace", "0.1"]
        os.execv(sys.executable, [sys.executable, *words])
    seen = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"active" in seen
    assert b"linger" in seen
    assert b"\x1b[J" in seen
