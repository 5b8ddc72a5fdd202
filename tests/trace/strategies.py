"""Any record of a program and any value of a variable, for hypothesis."""

from __future__ import annotations

import typing
from datetime import UTC, timedelta, timezone
from typing import Any

import msgspec
from hypothesis import strategies as st

from bpmn_xml.compiler.program import Container, Flow, Kind, Node, Origin, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.words import ROLES, STAGES

IDS = ("Task_1", "a.b", "a.1:2", "50%/x", 'quote"d\\', "Aufgabe_ü", "line\nbreak", "p:Task_1")

PROGRAM = Program(
    nodes=tuple(
        Node(index=i, id=id_, kind=Kind.SERVICE_TASK, container=i % 2) for i, id_ in enumerate(IDS)
    ),
    flows=tuple(
        Flow(index=i, id=f"flow {id_}", source=i, target=0, container=0)
        for i, id_ in enumerate(IDS)
    ),
    containers=(Container(index=0, id="p"), Container(index=1, id="a.b", node=1)),
    processes={"p": 0},
    renamed={"p:Task_1": Origin("p", "Task_1"), "p:50%/x": Origin("p", "50%/x")},
    hash="hash of the program",
)

ZONES = (None, UTC, timezone(timedelta(hours=-8, minutes=-30)))
"""Fixed offsets: times that a zone's clock skips or repeats equal nothing, not even themselves."""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
INTEGERS = st.integers(min_value=-(2**63), max_value=2**63 - 1)

SEGMENTS = st.builds(
    lambda node, n, index: f"{node}.{n}" + (f":{index}" if index is not None else ""),
    st.integers(0, len(IDS) - 1),
    st.integers(1, 10**6),
    st.none() | st.integers(0, 10**6),
)
SCOPES = st.just("") | st.lists(SEGMENTS, max_size=4).map("/".join)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    ANY_TEXT,
    st.binary(max_size=8),
    st.decimals(allow_nan=False),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.sampled_from(ZONES)),
    st.timedeltas(),
)
KEYS = SCALARS | st.tuples(SCALARS, SCALARS) | st.frozensets(SCALARS, max_size=2)
NAMES = ANY_TEXT | st.sampled_from(["$", "$$", "$decimal", "$opaque", "repr", "$map"])
VALUES = st.recursive(
    SCALARS | st.frozensets(KEYS, max_size=3) | st.sets(KEYS, max_size=3),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(NAMES, inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=8,
)
VARIABLES = st.dictionaries(NAMES, VALUES, max_size=4)

INDEX = st.integers(0, len(IDS) - 1)

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "scope": SCOPES,
    "nodes": st.lists(st.integers(0, len(IDS) - 1)).map(tuple),
    "node": st.integers(0, len(IDS) - 1),
    "to": st.lists(st.tuples(INDEX, INDEX, st.integers(-1, 3)), min_size=1, max_size=3).map(tuple),
    "along": st.lists(st.lists(INDEX, min_size=2, max_size=4).map(tuple), max_size=3).map(tuple),
    "activity": st.integers(-1, len(IDS) - 1),
    "flow": st.integers(0, len(IDS) - 1),
    "flows": st.lists(st.integers(0, len(IDS) - 1), max_size=3).map(tuple),
    "role": st.sampled_from(sorted(ROLES)),
    "container": st.integers(0, 1),
    "stage": st.sampled_from(sorted(STAGES)),
    "values": VARIABLES,
    "payload": st.none() | VARIABLES,
    "items": st.none() | st.lists(VALUES, max_size=3),
    "value": VALUES,
}
TYPES: dict[Any, st.SearchStrategy[Any]] = {
    int: INTEGERS,
    str: ANY_TEXT,
    bool: st.booleans(),
    dict[str, str]: st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3),
    tuple[str, ...]: st.lists(NAMES, max_size=3).map(tuple),
    tuple[int, ...] | None: st.none() | st.lists(INTEGERS, max_size=3).map(tuple),
}


def records_of(type_: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any record of a type."""
    fields = msgspec.structs.fields(type_)
    drawn = {f.name: FIELDS[f.name] if f.name in FIELDS else TYPES[f.type] for f in fields}
    if type_ in (r.Completed, r.Advanced):
        drawn["values"] = st.none() | VARIABLES
    return st.builds(type_, **drawn)


RECORDS = st.one_of([records_of(type_) for type_ in typing.get_args(r.Record)])
WORKED = st.builds(
    r.Worked,
    arrived=st.integers(0, 10**4),
    settled=st.integers(0, 10**4),
    applied=st.integers(0, 3),
    cost=st.integers(0, 3),
)
QUEUED = st.tuples(WORKED, st.booleans()) | st.just((None, False))
BATCHES = st.builds(
    lambda instance, seq, time, records, queued: r.Batch(instance, seq, time, records, *queued),
    ANY_TEXT,
    st.integers(1, 10**9),
    INTEGERS,
    st.lists(RECORDS, max_size=5),
    QUEUED,
)
