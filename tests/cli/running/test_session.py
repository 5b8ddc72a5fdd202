"""A session that is interrupted: once and twice, by keyboard and by request."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bpmn_xml.cli.running.session import interruptible
from bpmn_xml.trace.reader import TraceReader
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as on Unix")


@contextmanager
def started(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The program, once its trace says that it runs a task; it does not outlive the test.

    It hears of interruptions, even if whoever started the tests let them ignore those.
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    main = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    main += "; from bpmn_xml.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", main, "run", *words, "--trace", "run.jsonl"]
    with subprocess.Popen(
        command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            wait_for_task(folder / "run.jsonl")
            yield program
        finally:
            program.kill()


def wait_for_task(trace: Path) -> None:
    deadline = time.monotonic() + 60
    while not (trace.exists() and b"Advanced" in trace.read_bytes()):
        assert time.monotonic() < deadline, "it did not begin"
        time.sleep(0.01)


def types(folder: Path) -> list[str]:
    with TraceReader(folder / "run.jsonl") as trace:
        found = [entry.type for line in trace for entry in line.records]
        assert not trace.torn
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interruption_cancels_calls_and_leaves_the_trace_whole(
    folder: Path, number: signal.Signals
) -> None:
    with started(folder, "linger.bpmn") as program:
        program.send_signal(number)
        _, told = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "note: stopping: calls have 10 s to end" in told
    assert "P: stopped before its end" in told
    assert types(folder)[-1] == "Activated"


def test_the_second_interruption_ends_it_at_once(folder: Path) -> None:
    with started(folder, "stay.bpmn", "--grace", "60") as program:
        program.send_signal(signal.SIGINT)
        assert program.stderr is not None
        assert "stopping" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "P: stopped before its end" in told
    assert types(folder)[-1] == "Activated"


def test_a_request_to_terminate_is_an_interruption() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_other_threads_touch_no_signals() -> None:
    seen = []

    def run() -> None:
        with interruptible():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]
