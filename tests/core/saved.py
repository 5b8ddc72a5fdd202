"""The state as plain data: `load(dump(state)) == state`, queues included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bpmn_xml.core import records as r
from bpmn_xml.core.state import (
    AT_REST,
    FRESH,
    NOT_HALTED,
    RARE,
    Activation,
    Agenda,
    Completion,
    Incident,
    LedTo,
    Scope,
    State,
    TurnDone,
    Turns,
    Undoing,
    Wait,
)


def dump(state: State) -> dict[str, Any]:
    """The state as dictionaries, lists, strings and numbers; values of variables as they are."""
    agenda = state.agenda
    return {
        "instance": state.instance,
        "size": state.size,
        "seq": state.seq,
        "time": state.time,
        "scopes": [_plain_scope(scope) for scope in state.scopes.values()],
        "todo": [[*entry[:4], _plain_payload(entry[4])] for entry in agenda.todo],
        "effects": [
            [type(thrown).__name__, msgspec.structs.asdict(thrown)] for thrown in agenda.effects
        ],
        "unsettled": list(agenda.unsettled),
        "steps": agenda.steps,
        "halted": agenda.halted,
        "outcome": state.outcome,
        "ends": list(state.ends),
        "listening": None
        if state.listening is None
        else [[name, [*map(list, places)]] for name, places in state.listening.items()],
        "error": None if state.error is None else msgspec.structs.asdict(state.error),
    }


def _plain_scope(scope: Scope) -> dict[str, Any]:
    plain = msgspec.structs.asdict(scope) | {name: getattr(scope, name) for name in RARE}
    del plain["rare"]
    plain["variables"] = dict(scope.variables)
    plain["active"] = [[k, msgspec.structs.asdict(v)] for k, v in scope.active.items()]
    plain["parked"] = [[k, list(v)] for k, v in (scope.parked or {}).items()]
    plain["counts"] = [[k, v] for k, v in (scope.counts or {}).items()]
    plain["waits"] = [
        [k, [[event, msgspec.structs.asdict(wait)] for event, wait in v.items()]]
        for k, v in (scope.waits or {}).items()
    ]
    plain["loops"] = [[k, _plain_turns(v)] for k, v in (scope.loops or {}).items()]
    plain["children"] = list(scope.children or ())
    plain["watching"] = list(scope.watching or ())
    plain["queued"] = None if scope.queued is None else list(scope.queued)
    plain["resets"] = [[k, list(v)] for k, v in (scope.resets or {}).items()]
    plain["read"] = [[k, v] for k, v in (scope.read or {}).items()]
    plain["incidents"] = [
        [k, msgspec.structs.asdict(v)] for k, v in (scope.incidents or {}).items()
    ]
    plain["done"] = [msgspec.structs.asdict(done) for done in scope.done or ()]
    plain["led_to"] = _plain_led_to(scope.led_to)
    plain["undoing"] = [
        [k, [msgspec.structs.asdict(done) for done in v.left], v.opened]
        for k, v in (scope.undoing or {}).items()
    ]
    return plain


def _plain_led_to(led_to: LedTo | None) -> dict[str, Any] | None:
    if led_to is None:
        return None
    parts = [[msgspec.structs.asdict(done) for done in part] for part in led_to.parts]
    return {"parts": parts, "at": list(led_to.at.items()), "size": led_to.size}


def _plain_turns(turns: Turns) -> dict[str, Any]:
    plain = msgspec.structs.asdict(turns)
    plain["items"] = None if turns.items is None else list(turns.items)
    plain["results"] = [[k, v] for k, v in turns.results.items()]
    return plain


def _plain_payload(payload: Any) -> Any:
    if not isinstance(payload, TurnDone):
        return [payload]
    return [payload.done, payload.terminated, dict(payload.own)]


def _payload(plain: list[Any]) -> Any:
    return TurnDone(*plain) if plain[1:] else plain[0]


def load(plain: Mapping[str, Any]) -> State:
    """The state that `dump` wrote."""
    fields = dict(plain)
    fields["scopes"] = {entry["path"]: _scope(entry) for entry in plain["scopes"]}
    todo = [(*entry[:4], _payload(entry[4])) for entry in fields.pop("todo")]
    effects = [getattr(r, kind)(**thrown) for kind, thrown in fields.pop("effects")]
    unsettled = list(fields.pop("unsettled"))
    steps, halted = fields.pop("steps"), fields.pop("halted")
    fields["ends"] = tuple(fields["ends"])
    fields["error"] = fields["error"] and r.ErrorThrown(**fields["error"])
    listening = plain["listening"]
    fields["listening"] = (
        None
        if listening is None
        else {name: dict.fromkeys(map(tuple, places)) for name, places in listening}
    )
    rests = not (todo or effects or unsettled) and halted == NOT_HALTED
    agenda = AT_REST if rests else Agenda(todo, effects, unsettled, steps, halted)
    return State(**fields, agenda=agenda)


def _activation(plain: Mapping[str, Any]) -> Activation:
    found = Activation(**plain)
    return FRESH if found == FRESH else found


def _led_to(plain: Mapping[str, Any] | None) -> LedTo | None:
    if plain is None:
        return None
    parts = [[Completion(**done) for done in part] for part in plain["parts"]]
    return LedTo(parts, dict(plain["at"]), plain["size"])


def _scope(plain: Mapping[str, Any]) -> Scope:
    fields = dict(plain)
    fields["variables"] = dict(plain["variables"])
    fields["active"] = {k: _activation(v) for k, v in plain["active"]}
    fields["parked"] = {k: list(v) for k, v in plain["parked"]} or None
    fields["counts"] = dict(plain["counts"]) or None
    fields["waits"] = {
        k: {event: Wait(**wait) for event, wait in v} for k, v in plain["waits"]
    } or None
    fields["loops"] = {
        k: Turns(**{**v, "results": dict(v["results"])}) for k, v in plain["loops"]
    } or None
    fields["children"] = dict.fromkeys(plain["children"]) or None
    fields["watching"] = dict.fromkeys(plain["watching"]) or None
    fields["queued"] = None if plain["queued"] is None else tuple(plain["queued"])
    fields["resets"] = {k: tuple(v) for k, v in plain["resets"]} or None
    fields["read"] = dict(plain["read"]) or None
    fields["incidents"] = {k: Incident(**v) for k, v in plain["incidents"]} or None
    fields["done"] = [Completion(**done) for done in plain["done"]] or None
    fields["led_to"] = _led_to(plain["led_to"])
    fields["undoing"] = {
        k: Undoing([Completion(**done) for done in left], opened)
        for k, left, opened in plain["undoing"]
    } or None
    rare = {name: fields.pop(name) for name in RARE}
    scope = Scope(**fields)
    for name, value in rare.items():
        setattr(scope, name, value)
    return scope
