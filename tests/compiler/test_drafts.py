"""Drafts say which of their fields hold ids: no new name is forgotten."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.compiler import drafts
from bpmn_xml.compiler.drafts import (
    IDS,
    ContainerDraft,
    Drafts,
    FlowDraft,
    FrameDraft,
    NodeDraft,
    renamed,
)
from bpmn_xml.compiler.program import Announcement, EventSpec, Repetition

TEXTS = {
    ContainerDraft: {"name", "local"},
    NodeDraft: {"name", "called", "starter", "lane", "about", "outputs"},
    FrameDraft: {"local"},
    EventSpec: {
        "code",
        "message",
        "code_variable",
        "message_variable",
        "variable_names",
        "variable_events",
    },
    Repetition: {"element", "output", "own"},
}
"""Fields that hold texts which are no ids of the file: variables, names, what is called."""


def may_hold_ids(kind: msgspec.inspect.Type) -> bool:
    """Whether a value of a type is a text, or holds something that has ids."""
    parts: tuple[msgspec.inspect.Type, ...] = ()
    if isinstance(kind, msgspec.inspect.UnionType):
        parts = kind.types
    elif isinstance(kind, msgspec.inspect.DictType):
        parts = (kind.value_type,)
    elif isinstance(kind, msgspec.inspect.CollectionType | msgspec.inspect.VarTupleType):
        parts = (kind.item_type,)
    known = isinstance(kind, msgspec.inspect.StructType) and kind.cls in IDS
    return known or isinstance(kind, msgspec.inspect.StrType) or any(map(may_hold_ids, parts))


def test_every_draft_is_listed() -> None:
    made = {each for each in vars(drafts).values() if isinstance(each, type)}
    assert {each for each in made if each.__module__ == drafts.__name__} <= IDS.keys()


@pytest.mark.parametrize("holder", IDS)
def test_every_field_that_may_hold_ids_is_listed(holder: type[msgspec.Struct]) -> None:
    told = msgspec.inspect.type_info(holder)
    assert isinstance(told, msgspec.inspect.StructType)
    holding = {field.name for field in told.fields if may_hold_ids(field.type)}
    assert holding - TEXTS.get(holder, set()) == set(IDS[holder])


def test_all_of_them_get_new_names() -> None:
    frame = FrameDraft(before=["b"], done=["d"], output_jobs=["k"], after=["a"], local=["v"])
    event = EventSpec(trigger="message", receiver="r", undone="u", code="c")  # type: ignore[arg-type] # any
    node = NodeDraft(
        id="n",
        kind="task",  # type: ignore[arg-type] # any
        container="P",
        events=(event,),
        loop=Repetition(announces=(Announcement(event),)),
        frame=frame,
        called="q",
    )
    flow = FlowDraft(id="f", source="n", target="m", container="P")
    new = renamed(Drafts(nodes=[node], flows=[flow]), str.upper)
    (made,), (way,) = new.nodes, new.flows
    assert (made.id, made.called) == ("N", "q")
    caught = made.events[0]
    assert (caught.receiver, caught.undone, caught.code) == ("R", "U", "c")
    assert made.loop.announces[0].event.receiver == "R"
    parts = made.frame.before, made.frame.done, made.frame.output_jobs, made.frame.after
    assert parts == (["B"], ["D"], ["K"], ["A"])
    assert made.frame.local == ["v"]
    assert (way.id, way.source, way.target) == ("F", "N", "M")
    assert frame.before == ["b"]
