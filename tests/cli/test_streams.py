"""Streams that never punish who prints: gone readers, full disks, poor encodings."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bpmn_xml.cli.streams import (
    MOST_BEGUN,
    Shield,
    output_error,
    output_failed,
    shield_of,
    shielded,
)
from bpmn_xml.errors import StoreError
from tests.conftest import ROOT


@contextlib.contextmanager
def piped_stdout(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A pipe as standard output; its reading end."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="ascii") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        yield reader


def test_what_is_printed_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    with piped_stdout(monkeypatch) as reader, shielded():
        print("a", "ü\udcff", flush=True)
        sys.stdout.buffer.write(b"bytes")
        assert sys.stdout.fileno() > 2
        assert not sys.stdout.isatty()
        sys.stdout.flush()
        found = os.read(reader, 100)
    os.close(reader)
    assert found == b"a \\xfc\\udcff\nbytes"


def in_a_thread(act: Callable[[], object]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(act).result()


def test_the_lines_of_threads_do_not_get_into_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with piped_stdout(monkeypatch) as reader, shielded():
        print("my ", end="")
        in_a_thread(lambda: print("another's\nline"))
        in_a_thread(lambda: print("begun", end=""))
        print("own")
        print("told at once", end="", flush=True)
        told = os.read(reader, 100)
        print("x" * (MOST_BEGUN + 1), end="")
        assert sys.stdout.write("\n") == 1
    rest = os.read(reader, 2 * MOST_BEGUN)
    os.close(reader)
    assert told == b"another's\nline\nmy own\ntold at once"
    assert rest == b"x" * (MOST_BEGUN + 1) + b"\nbegun"


def test_a_reader_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with piped_stdout(monkeypatch) as reader, shielded():
        os.close(reader)
        for _ in range(3):
            print("into the void", flush=True)
        shield = shield_of(sys.stdout)
    assert shield is not None
    assert shield.failure is None


class Full(io.RawIOBase):
    """A disk without room."""

    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(28, "No space left on device")


def full_stdout(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Full()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(raw)))


def test_a_full_disk_is_told_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    full_stdout(monkeypatch)
    with pytest.raises(StoreError, match="standard output: No space left"), shielded():
        print("much")


def test_a_full_disk_is_known_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    full_stdout(monkeypatch)
    with shielded():
        with pytest.raises(OSError, match="No space") as met:
            print("much", flush=True)
        assert output_failed(met.value)
        assert not output_failed(OSError(5, "another"))
        assert "No space" in str(output_error(met.value))


def test_other_streams_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    monkeypatch.setattr(sys, "stdout", text)
    with shielded():
        assert sys.stdout is text
        assert shield_of(text) is None
    assert not output_failed(OSError())
    assert isinstance(output_error(OSError(5, "gone")), StoreError)


def test_a_closed_stream_swallows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with shielded():
        print("nobody hears")
        assert sys.stdout is not None
    assert sys.stdout is None


def test_unbuffered_streams_stay_unbuffered(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with io.TextIOWrapper(io.FileIO(writer, "w"), write_through=True) as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with shielded():
            print("now", end="")
            found = os.read(reader, 10)
            shield = shield_of(sys.stdout)
    os.close(reader)
    assert found == b"now"
    assert isinstance(shield, Shield)


def test_lines_of_workers_are_whole_where_streams_are_unbuffered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    with io.TextIOWrapper(io.FileIO(writer, "w"), write_through=True) as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with shielded():
            in_a_thread(lambda: sys.stdout.write("begun"))
            print("now", end="")
            found = os.read(reader, 10)
    rest = os.read(reader, 10)
    os.close(reader)
    assert (found, rest) == (b"now", b"begun")


def piped(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PY": sys.executable}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def test_head_ends_no_run(folder: Path) -> None:
    run = "$PY -m bpmn_xml run mail.bpmn"
    done = piped(folder, f"{run} | head -1; echo ${{PIPESTATUS[0]}}")
    assert done.stdout == "letter 0\n0\n"
    assert "P: completed" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_as_stdout(folder: Path) -> None:
    for command in ("check sign.bpmn", "--version", "run sign.bpmn --result -"):
        done = piped(folder, f"$PY -m bpmn_xml {command} >/dev/full; echo $?")
        assert done.stdout == "2\n"
        assert "cannot write to the standard output: No space left on device" in done.stderr
