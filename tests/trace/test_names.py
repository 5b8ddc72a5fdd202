"""TraceNames and paths lead back to what they were made of."""

from __future__ import annotations

import pytest
from hypothesis import given

from bpmn_xml.compiler.program import Origin
from bpmn_xml.trace.names import TraceNames, escape_id, labels, plain_id
from tests.trace.strategies import ANY_TEXT, IDS, PROGRAM, SCOPES

NAMES = TraceNames(PROGRAM)


@given(ANY_TEXT)
def test_an_id_comes_back(text: str) -> None:
    assert plain_id(escape_id(text)) == text
    assert "/" not in escape_id(text)


CALLED = [
    ({"a": "Ship", "a/start": "Ship", "a/end": ""}, ["Ship", "Ship (start)", "Ship (end)"]),
    ({"a": "", "a/start": ""}, ["a", "a (start)"]),
    ({"a": "Ship", "a/b": "Pay"}, ["Ship", "Pay"]),
    ({"a/b": "Ship", "c": "Ship"}, ["Ship (a/b)", "Ship (c)"]),
    (
        {"a": "Ship", "b": "Ship", "b/start": "Ship"},
        ["Ship (a)", "Ship (b)", "Ship (b) (start)"],
    ),
]


@pytest.mark.parametrize(("named", "called"), CALLED)
def test_what_is_done_at_an_element_is_called_by_it(
    named: dict[str, str], called: list[str]
) -> None:
    assert [*labels(named.items())] == called


@given(SCOPES)
def test_a_path_comes_back(path: str) -> None:
    assert NAMES.scope_path(NAMES.scope_text(path)) == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("", ""),
        ("0.1", "Task_1.1"),
        ("0.1/1.2:17", "Task_1.1/a.b.2:17"),
        ("3.1", "50%25%2Fx.1"),
        ("2.3", "a.1:2.3"),
        ("2.3:4", "a.1:2.3:4"),
    ],
)
def test_a_path_is_written_like_this(path: str, text: str) -> None:
    assert NAMES.scope_text(path) == text


@pytest.mark.parametrize("text", ["Task_1", "Nobody.1", "Task_1.1/", ".1", "Task_1.x"])
def test_a_path_of_something_else_is_refused(text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        NAMES.scope_path(text)


def test_every_element_is_found_by_its_name() -> None:
    assert [NAMES.node(name) for name in NAMES.nodes] == list(range(len(IDS)))
    assert [NAMES.flow(name) for name in NAMES.flows] == list(range(len(IDS)))
    assert [NAMES.container(name) for name in NAMES.containers] == [0, 1]


def test_names_of_what_is_renamed_lead_to_where_it_comes_from() -> None:
    assert NAMES.renamed() == {
        "p:Task_1": Origin("p", "Task_1"),
        "p:50%25%2Fx": Origin("p", "50%/x"),
    }
