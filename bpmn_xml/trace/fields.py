"""How each field of a record stands in JSON. A field that is not in the table stands as it is.

What is decided here per name of a field holds for every type of record, those that come later
too: `node`, `flow` and `scope` mean the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml.compiler.program import NONE
from bpmn_xml.core.records.advances import Along
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.values import restored, tagged, told

Write = Callable[[Any], object]
"""From a field's value to what JSON can say."""


class FieldForm(NamedTuple):
    """A field's key in JSON, what writes it for a program's names, and the way back."""

    key: str
    write: Callable[[TraceNames], Write]
    read: Callable[[TraceNames, Any], Any]


def _named(key: str, table: str, find: Callable[[TraceNames, str], int]) -> FieldForm:
    """The form of an index that is written as a name."""

    def write(names: TraceNames) -> Write:
        return {NONE: "", **dict(enumerate(getattr(names, table)))}.__getitem__

    return FieldForm(key, write, find)


def _each(key: str, table: str, find: Callable[[TraceNames, str], int]) -> FieldForm:
    """The form of indices that are written as names."""

    def write(names: TraceNames) -> Write:
        named = getattr(names, table)
        return lambda indices: [named[index] for index in indices]

    return FieldForm(key, write, lambda names, told: tuple([find(names, name) for name in told]))


def _passed(names: TraceNames, along: Iterable[Sequence[str]]) -> Along:
    flow = names.flow
    return tuple([(flow(f), names.node(node), *map(flow, met)) for f, node, *met in along])


def _restored(_names: TraceNames, value: Any) -> Any:
    return restored(value)


FIELDS: Final[Mapping[str, FieldForm]] = {
    "scope": FieldForm("scope", lambda names: names.scopes.__getitem__, TraceNames.scope_path),
    "node": _named("node", "nodes", TraceNames.node),
    "activity": _named("activity", "nodes", TraceNames.node),
    "flow": _named("flow", "flows", TraceNames.flow),
    "container": _named("process", "containers", TraceNames.container),
    "flows": _each("flows", "flows", TraceNames.flow),
    "nodes": _each("nodes", "nodes", TraceNames.node),
    "to": FieldForm(
        "to",
        lambda names: names.places.__getitem__,
        lambda names, to: tuple([(names.flow(f), names.node(node), n) for f, node, n in to]),
    ),
    "along": FieldForm("along", lambda names: names.passed.__getitem__, _passed),
    "values": FieldForm("values", lambda _names: told, _restored),
    "payload": FieldForm("payload", lambda _names: told, _restored),
    "items": FieldForm("items", lambda _names: tagged, _restored),
    "value": FieldForm("value", lambda _names: tagged, _restored),
}

Make = Callable[..., msgspec.Struct]
WriteRecord = Callable[[Any], msgspec.Struct]
Writes = Mapping[str, Write]


def record_writers(
    names: TraceNames, types: Iterable[type[msgspec.Struct]]
) -> dict[type, WriteRecord]:
    """Per type of record what makes of one a value that msgspec writes in one go.

    Fields that have their default are left out.
    """
    writes = {name: form.write(names) for name, form in FIELDS.items()}
    return {type_: _writer(type_, names, writes) for type_ in types}


def _writer(type_: type[msgspec.Struct], names: TraceNames, writes: Writes) -> WriteRecord:
    """What writes records of a type."""
    fields: list[tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(type_):
        form, default = FIELDS.get(field.name), field.default
        if form is not None and not field.required:
            default = writes[field.name](default)
        fields.append((form.key if form else field.name, Any, default))
    make = msgspec.defstruct(
        type_.__name__, fields, tag=type_.__name__, omit_defaults=True, gc=False
    )
    shape = SHAPES.get(type_.__struct_fields__)
    return shape(make, names, writes["values"]) if shape else _any_shape(type_, make, writes)


def _any_shape(type_: type[msgspec.Struct], make: Make, writes: Writes) -> WriteRecord:
    known = [(place, name) for place, name in enumerate(type_.__struct_fields__) if name in FIELDS]
    forms = [(place, writes[name]) for place, name in known]

    def write(record: Any) -> msgspec.Struct:
        values = list(msgspec.structs.astuple(record))
        for place, form in forms:
            values[place] = form(values[place])
        return make(*values)

    return write


def _at_node(make: Make, names: TraceNames, _told: Write) -> WriteRecord:
    scopes, nodes = names.scopes, names.nodes
    return lambda record: make(scopes[record.scope], nodes[record.node])


def _activated(make: Make, names: TraceNames, told: Write) -> WriteRecord:
    scopes, nodes = names.scopes, names.nodes
    return lambda record: make(
        scopes[record.scope], nodes[record.node], record.n, told(record.payload)
    )


def _completed(make: Make, names: TraceNames, told: Write) -> WriteRecord:
    scopes, nodes = names.scopes, names.nodes
    return lambda record: make(
        scopes[record.scope], nodes[record.node], record.n, told(record.values)
    )


def _written(make: Make, names: TraceNames, told: Write) -> WriteRecord:
    scopes = names.scopes
    return lambda record: make(scopes[record.scope], told(record.values))


def _along_flow(make: Make, names: TraceNames, told: Write) -> WriteRecord:
    scopes, flows = names.scopes, names.flows
    return lambda record: make(scopes[record.scope], flows[record.flow], told(record.payload))


def _advanced(make: Make, names: TraceNames, told: Write) -> WriteRecord:
    scopes, nodes, places, passed = names.scopes, names.nodes, names.places, names.passed
    return lambda record: make(
        record.scope and scopes[record.scope],
        nodes[record.node],
        record.n,
        places[record.to],
        told(record.values),
        record.along and passed[record.along],
        record.ended,
    )


SHAPES: Final[Mapping[tuple[str, ...], Callable[[Make, TraceNames, Write], WriteRecord]]] = {
    ("scope", "node"): _at_node,
    ("scope", "node", "n", "payload"): _activated,
    ("scope", "node", "n", "values"): _completed,
    ("scope", "values"): _written,
    ("scope", "flow", "payload"): _along_flow,
    ("scope", "node", "n", "to", "values", "along", "ended"): _advanced,
}
"""The fields of the records that make up nearly all of a trace: these are written faster."""


def record_reader(
    names: TraceNames, type_: type[msgspec.Struct]
) -> Callable[[dict[str, Any]], Any]:
    """What makes a record of a type from its JSON without `type`.

    It raises KeyError for an unknown name or field, ValueError for a wrong value.
    """
    known = {name: FIELDS.get(name) for name in type_.__struct_fields__}
    forms = {form.key if form else name: (name, form) for name, form in known.items()}

    def read(fields: dict[str, Any]) -> Any:
        values = {}
        for key, value in fields.items():
            name, form = forms[key]
            values[name] = form.read(names, value) if form else value
        return msgspec.convert(values, type_)

    return read
