"""Long drawings are made by a process of their own, alike and in time."""

from __future__ import annotations

import io
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from bpmn_xml import model, render
from bpmn_xml.errors import InternalError, UsageError
from bpmn_xml.render.output import backend, offload, png, worker
from tests.render.build import order, row


@pytest.fixture
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "LONG", 0)
    monkeypatch.setattr(png, "LONG", 0)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_worker_draws_the_same(everything_is_long: None, kind: Any) -> None:
    assert render.draw(order(), format=kind) == _here(kind)


def _here(kind: Any) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backend, "LONG", 10**9)
        patch.setattr(png, "LONG", 10**9)
        return render.draw(order(), format=kind)


def test_long_drawings_go_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def in_worker(name: str, *words: str, data: bytes) -> bytes:
        asked.append(name)
        return worker.WORK[name](data, *words)

    monkeypatch.setattr(backend, "in_worker", in_worker)
    monkeypatch.setattr(png, "in_worker", in_worker)
    many = row(*(model.Task(id=f"n{n}", name="A longer name") for n in range(700)))
    render.draw(order(), format="png")
    assert asked == []
    render.draw(many, format="png")
    assert asked == ["png"]
    render.draw(many, format="pdf")
    assert asked == ["png", "graphviz"]


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offload, "SECONDS", 0.001)
    with pytest.raises(UsageError, match=r"takes more than 0.001 s: draw one plane"):
        offload.in_worker("graphviz", "svg", data=b"digraph {}")


def test_what_fails_is_told() -> None:
    with pytest.raises(InternalError, match=r"the drawing failed: .*Graphviz did not draw"):
        offload.in_worker("graphviz", "svg", data=b"no graph")


def test_a_crash_ends_only_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: Any, **__: Any) -> Any:
        return SimpleNamespace(returncode=-11, stderr=b"", stdout=b"")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(InternalError, match=r"the drawing failed: exit code -11"):
        offload.in_worker("graphviz", "svg", data=b"digraph {}")


def test_a_worker_reads_and_writes_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    source = b'digraph { a [pos="0,0"] }'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(source)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    worker.main(["graphviz", "svg"])
    assert b"<svg" in out.getvalue()
