from __future__ import annotations

import sys
from typing import Any

import graphviz
import pytest

from bpmn_xml import render
from bpmn_xml.errors import InternalError, UsageError
from bpmn_xml.render.output import backend
from tests.render.build import order

SOURCE = 'digraph { a [pos="0,0" label="charset="] }'


def test_it_draws_without_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert b"<svg" in backend.render(SOURCE, "svg")


def test_without_pygraphviz_the_program_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def pipe(engine: str, fmt: str, data: bytes, **options: Any) -> bytes:
        asked.append((engine, fmt, options))
        return b"drawn"

    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setattr(graphviz, "pipe", pipe)
    assert backend.render(SOURCE, "svg") == b"drawn"
    assert asked == [("neato", "svg", {"neato_no_op": 2})]


def test_without_anything_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="pip install pygraphviz"):
        render.draw(order())


@pytest.mark.parametrize("source", ["digraph {", 'digraph { a [pos="0,0"'])
def test_what_graphviz_refuses_is_our_fault(source: str) -> None:
    with pytest.raises(InternalError, match="Graphviz did not draw"):
        backend.render(source, "svg")


def test_a_format_graphviz_does_not_know_is_our_fault() -> None:
    with pytest.raises(InternalError, match="Graphviz did not draw nosuch"):
        backend.render(SOURCE, "nosuch")


def test_a_failing_program_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def pipe(*_: Any, **__: Any) -> bytes:
        raise graphviz.CalledProcessError(1, ["neato"], stderr=b"no")

    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setattr(graphviz, "pipe", pipe)
    with pytest.raises(InternalError, match="Graphviz did not draw svg"):
        backend.render(SOURCE, "svg")
