"""How each field of a record stands in JSON. A field that is not in the table stands as it is.

What is decided here per name of a field holds for every type of record, those that come later
too: `node`, `flow` and `scope` mean the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml.core.records.advances import Along
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.values import json_text, restored, tagged, values_text


class FieldForm(NamedTuple):
    """A field's key in JSON, its text and the way back."""

    key: str
    write: Callable[[TraceNames, Any], str]
    read: Callable[[TraceNames, Any], Any]


def _named(key: str, table: str, find: Callable[[TraceNames, str], int]) -> FieldForm:
    """The form of an index that is written as a name."""
    return FieldForm(key, lambda names, index: json_text(getattr(names, table)[index]), find)


def _values_or_null(_names: TraceNames, values: Mapping[str, Any] | None) -> str:
    return "null" if values is None else values_text(values)


def _passed_text(names: TraceNames, along: Along) -> str:
    flows, nodes = names.flows, names.nodes
    return json_text([(flows[f], nodes[node], *[flows[m] for m in met]) for f, node, *met in along])


def _passed(names: TraceNames, along: Iterable[Sequence[str]]) -> Along:
    flow = names.flow
    return tuple([(flow(f), names.node(node), *map(flow, met)) for f, node, *met in along])


def _value_text(_names: TraceNames, value: Any) -> str:
    return json_text(tagged(value))


def _restored(_names: TraceNames, value: Any) -> Any:
    return restored(value)


FIELDS: Final[Mapping[str, FieldForm]] = {
    "scope": FieldForm(
        "scope",
        lambda names, path: json_text(names.scope_text(path)),
        lambda names, text: names.scope_path(text),
    ),
    "node": _named("node", "nodes", TraceNames.node),
    "activity": _named("activity", "nodes", TraceNames.node),
    "flow": _named("flow", "flows", TraceNames.flow),
    "container": _named("process", "containers", TraceNames.container),
    "flows": FieldForm(
        "flows",
        lambda names, flows: json_text([names.flows[flow] for flow in flows]),
        lambda names, flows: tuple([names.flow(name) for name in flows]),
    ),
    "nodes": FieldForm(
        "nodes",
        lambda names, nodes: json_text([names.nodes[node] for node in nodes]),
        lambda names, nodes: tuple([names.node(name) for name in nodes]),
    ),
    "to": FieldForm(
        "to",
        lambda names, to: json_text([(names.flows[f], names.nodes[node], n) for f, node, n in to]),
        lambda names, to: tuple([(names.flow(f), names.node(node), n) for f, node, n in to]),
    ),
    "along": FieldForm("along", _passed_text, _passed),
    "values": FieldForm("values", _values_or_null, _restored),
    "payload": FieldForm("payload", _values_or_null, _restored),
    "items": FieldForm("items", _value_text, _restored),
    "value": FieldForm("value", _value_text, _restored),
}


def field_form(name: str) -> FieldForm:
    """The form of a field: that of the table, else as it is."""
    as_is = FieldForm(name, lambda _names, value: json_text(value), lambda _names, value: value)
    return FIELDS.get(name, as_is)


def record_writer(names: TraceNames, type_: type[msgspec.Struct]) -> Callable[[Any], str]:
    """What writes any record of a type; fields that have their default are left out."""
    fields = [(f.name, f.default, field_form(f.name)) for f in msgspec.structs.fields(type_)]
    head = f'{{"type":"{type_.__name__}"'

    def write(record: Any) -> str:
        parts = [head]
        for name, default, form in fields:
            value = getattr(record, name)
            if value != default:
                parts.append(f'"{form.key}":{form.write(names, value)}')
        return ",".join(parts) + "}"

    return write


def record_reader(
    names: TraceNames, type_: type[msgspec.Struct]
) -> Callable[[dict[str, Any]], Any]:
    """What makes a record of a type from its JSON without `type`.

    It raises KeyError for an unknown name or field, ValueError for a wrong value.
    """
    forms = {(form := field_form(name)).key: (name, form) for name in type_.__struct_fields__}

    def read(fields: dict[str, Any]) -> Any:
        known = {}
        for key, value in fields.items():
            name, form = forms[key]
            known[name] = form.read(names, value)
        return msgspec.convert(known, type_)

    return read
