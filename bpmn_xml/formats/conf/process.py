"""Tasks and what they wait for become a BPMN process: the table of the legacy.

| legacy | BPMN |
|---|---|
| generator, transfer, sink | service task; what it emits is said by `bx:emits` |
| several successors | a diverging parallel gateway |
| several routes into one slot | a converging exclusive gateway |
| several slots | a converging parallel gateway |
| OnFailure | an interrupting error boundary event that catches exceptions |
| no successor | a none end event |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from bpmn_xml.formats.conf.draft import Draft
from bpmn_xml.formats.conf.tasks import LegacyTask, LegacyType
from bpmn_xml.formats.conf.wiring import FAILURE, SUCCESS, Route, Slots, Tasks
from bpmn_xml.model import (
    BoundaryEvent,
    Definitions,
    EndEvent,
    ErrorEventDefinition,
    ExclusiveGateway,
    ForeignAttribute,
    ParallelGateway,
    Process,
    ServiceTask,
    StartEvent,
)
from bpmn_xml.model.vendors import BX

EMITS: Final = {LegacyType.GENERATOR: "many", LegacyType.TRANSFER: "transfer", LegacyType.SINK: ""}

Entries: TypeAlias = dict[Route, list[tuple[str, int]]]
"""The nodes where each route arrives, each with its rank among the flows into that node."""


def definitions_of(
    tasks: Tasks, slots: Mapping[str, Slots], *, file: str, name: str, line: int
) -> Definitions:
    """Return the process of a legacy model, without a drawing; `line` is where the model begins."""
    draft = Draft(file)
    ids = {key: draft.ids.make(key) for key in tasks}
    start = draft.add(StartEvent, draft.ids.make("start"), line)
    entries: Entries = {}
    for key, task in tasks.items():
        add_entry(draft, task, ids[key], slots[key], entries)
        add_task(draft, task, ids[key])
    generators = [key for key, task in tasks.items() if task.type is LegacyType.GENERATOR]
    draft.spread(start, [(ids[key], 0) for key in generators], line)
    for key, task in tasks.items():
        add_exits(draft, task, ids[key], entries)
    process = Process(
        id=draft.ids.make(name),
        name=name,
        is_executable=True,
        flow_elements=draft.elements(),
        extension_attributes=said({"payload": "flow"}),
        place=draft.place(line),
    )
    return Definitions(
        id=draft.ids.make("definitions"),
        name=name,
        target_namespace="urn:bpmn-xml:legacy",
        root_elements=(process,),
        place=draft.place(line),
    )


def said(settings: Mapping[str, str]) -> tuple[ForeignAttribute, ...]:
    """Return attributes of our own namespace; empty values are not said."""
    return tuple(
        ForeignAttribute(name=name, value=value, namespace=BX, prefix="bx")
        for name, value in settings.items()
        if value
    )


def add_task(draft: Draft, task: LegacyTask, node_id: str) -> None:
    """Add the service task, and where its failure goes."""
    settings = {
        "emits": EMITS[task.type],
        "threads": str(task.threads or ""),
        "queueCount": str(task.queue or ""),
        "delay": task.delay,
    }
    draft.add(
        ServiceTask,
        node_id,
        task.line,
        name=task.key,
        implementation=task.implementation,
        extension_attributes=said(settings),
    )


def add_entry(draft: Draft, task: LegacyTask, node_id: str, slots: Slots, entries: Entries) -> None:
    """Add the gateways before a task; tell where each route into it arrives."""
    line = task.lines.get("input_ports", task.line)
    if len(slots) > 1:
        join = draft.ids.make(f"{node_id}_join")
        draft.add(ParallelGateway, join, line, gateway_direction="Converging")
        draft.connect(join, node_id, line)
        node_id = join
    for rank, routes in enumerate(slots):
        entry = node_id, rank
        if len(routes) > 1:
            merge = draft.ids.make(f"{node_id}_merge")
            draft.add(ExclusiveGateway, merge, line, gateway_direction="Converging")
            draft.connect(merge, node_id, line, rank)
            entry = merge, 0
        for route in routes:
            entries.setdefault(route, []).append(entry)


def add_exits(draft: Draft, task: LegacyTask, node_id: str, entries: Entries) -> None:
    """Add what leaves a task: on success, else to an end; on failure from its boundary."""

    def targets_of(outcome: str, targets: Iterable[str]) -> list[tuple[str, int]]:
        return [entry for key in targets for entry in entries[Route(task.key, outcome, key)]]

    line = task.lines.get("OnSuccess", task.line)
    followers = targets_of(SUCCESS, task.on_success)
    if not followers:
        followers = [(draft.add(EndEvent, draft.ids.make(f"{node_id}_end"), line), 0)]
    draft.spread(node_id, followers, line)
    if task.on_failure:
        line = task.lines["OnFailure"]
        boundary = draft.ids.make(f"{node_id}_failed")
        draft.add(
            BoundaryEvent,
            boundary,
            line,
            attached_to_ref=node_id,
            event_definitions=(ErrorEventDefinition(id=draft.ids.make(f"{boundary}_error")),),
            extension_attributes=said({"catch": "exceptions"}),
        )
        draft.spread(boundary, targets_of(FAILURE, task.on_failure), line)
