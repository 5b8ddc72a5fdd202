"""The JSON Schema of the lines of a trace, from the records of the core."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from bpmn_xml.core.words import ROLES, STAGES
from bpmn_xml.trace.codec import RECORD_TYPES
from bpmn_xml.trace.fields import FIELDS
from bpmn_xml.trace.versions import FORMAT, VERSION
from generators import SCHEMAS

TARGET: Final = SCHEMAS / "trace.schema.json"

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(words: Mapping[str, str]) -> Schema:
    return {"oneOf": [{"const": word, "description": what} for word, what in words.items()]}


NAMES: Final[Mapping[str, Schema]] = {
    "scope": _ref("scope"),
    "node": _ref("name"),
    "activity": _ref("name"),
    "flow": _ref("name"),
    "process": _ref("name"),
    "flows": {"type": "array", "items": _ref("name")},
    "nodes": {"type": "array", "items": _ref("name")},
    "to": {
        "type": "array",
        "items": {
            "type": "array",
            "prefixItems": [_ref("name"), _ref("name"), {"type": "integer", "minimum": -1}],
        },
        "description": "Flow, the node it leads to, and which activation of that began; 0 where "
        "the token waits there, -1 where it is consumed.",
    },
    "along": {
        "type": "array",
        "items": {"type": "array", "items": _ref("name"), "minItems": 2},
        "description": "Flow, the node it led to, and the flows whose tokens met there.",
    },
    "values": _ref("values"),
    "payload": _ref("values"),
    "items": {"type": "array"},
    "value": {},
    "role": _one_of(ROLES),
    "stage": _one_of(STAGES),
    "due": _ref("time"),
    "asked": _ref("time"),
}
"""Key of a record -> what it holds; others hold what their Python type says."""

DEFINITIONS: Final[Mapping[str, Schema]] = {
    "name": {"type": "string", "description": "The id of an element; % and / as %25 and %2F."},
    "time": {"type": "integer", "description": "Microseconds since 1970 UTC."},
    "scope": {
        "type": "string",
        "description": "Where: a path like Sub_1.1/Task_2.1:17, in the first activation of Sub_1 "
        "the item 17 that the first activation of Task_2 made. The root's is empty.",
    },
    "values": {
        "type": "object",
        "description": "Names and values. What JSON cannot say is an object with one key that "
        "begins with $, as $decimal or $datetime; keys of one's own that begin so have one more.",
    },
    "header": {
        "description": "The first line.",
        "type": "object",
        "required": ["format", "version", "program", "files", "processes"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "program": {"type": "string", "description": "The hash of what was run."},
            "files": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "sha256"],
                    "properties": {"name": {"type": "string"}, "sha256": {"type": "string"}},
                    "additionalProperties": False,
                },
            },
            "processes": {"type": "array", "items": _ref("name")},
            "renamed": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "required": ["process", "id"],
                    "properties": {"process": {"type": "string"}, "id": {"type": "string"}},
                    "additionalProperties": False,
                },
                "description": "Names of elements whose id another file has, with a process of "
                "their file and their id in it.",
            },
            "records": {
                "type": "object",
                "additionalProperties": {"type": "integer"},
                "description": "Versions of the types of records that are not 1.",
            },
        },
        "additionalProperties": False,
    },
    "batch": {
        "description": "Every other line: all records of one command.",
        "type": "object",
        "required": ["instance", "seq", "time", "records"],
        "properties": {
            "instance": {"type": "string"},
            "seq": {"type": "integer", "minimum": 1, "description": "Counts per instance."},
            "time": _ref("time"),
            "by": {
                "type": "string",
                "description": "Which of the engine's threads brought the command: of an answer "
                "the one that ran the call, as worker-3.",
            },
            "arrived": {
                "type": "integer",
                "minimum": 0,
                "description": "What of the queue was worked off; left out if nothing was queued.",
            },
            "settled": {"type": "integer", "minimum": 0},
            "more": {"const": True},
            "applied": {"type": "integer", "minimum": 1},
            "cost": {"type": "integer", "minimum": 1},
            "records": {"type": "array", "items": _ref("record")},
        },
        "additionalProperties": False,
    },
}


def schema() -> Schema:
    """The whole schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:bpmn-xml:1.0:trace",
        "title": "A line of a trace of bpmn-xml",
        "oneOf": [_ref("header"), _ref("batch")],
        "$defs": {
            **DEFINITIONS,
            "record": {"oneOf": [_ref(name) for name in RECORD_TYPES]},
            **{name: _record(name, type_) for name, type_ in RECORD_TYPES.items()},
        },
    }


def _record(name: str, type_: type[msgspec.Struct]) -> Schema:
    """The schema of one type of record."""
    required, properties = ["type"], {"type": {"const": name}}
    for field in msgspec.structs.fields(type_):
        key = FIELDS[field.name].key if field.name in FIELDS else field.name
        known = NAMES.get(key)
        properties[key] = msgspec.json.schema(field.type) if known is None else known
        if field.required:
            required.append(key)
    return {
        "description": " ".join((type_.__doc__ or "").split()),
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def files() -> dict[Path, str]:
    """Every file that is made, with its text."""
    return {TARGET: json.dumps(schema(), indent=2) + "\n"}
