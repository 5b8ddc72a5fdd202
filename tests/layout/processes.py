"""Make models to be drawn: by hand with few words, or at random with everything there is."""

from __future__ import annotations

from random import Random

from bpmn_xml import model
from bpmn_xml.model import Definitions, Process, SequenceFlow

NAMES = (
    None,
    "",
    "OK",
    "Check the order",
    "Are all of the goods that were ordered in stock?",
    "審査を依頼する",
    "Rechtsschutzversicherungsgesellschaft",
    "a\nb",
)
TASKS = (model.Task, model.UserTask, model.ServiceTask, model.CallActivity, model.ManualTask)
GATEWAYS = (model.ExclusiveGateway, model.ParallelGateway, model.EventBasedGateway)
EVENTS = (
    model.StartEvent,
    model.EndEvent,
    model.IntermediateCatchEvent,
    model.IntermediateThrowEvent,
)


def flows(*pairs: tuple[str, str], **names: str) -> tuple[SequenceFlow, ...]:
    """Sequence flows named after their ends."""
    return tuple(
        SequenceFlow(id=f"{a}_{b}_{n}", source_ref=a, target_ref=b, name=names.get(f"{a}_{b}"))
        for n, (a, b) in enumerate(pairs)
    )


def alone(*elements: model.FlowElement, **fields: object) -> Definitions:
    """Definitions of one process."""
    process = Process(id="process", flow_elements=elements, **fields)
    return Definitions(id="definitions", root_elements=(process,))


def drawn(definitions: Definitions) -> dict[str, model.BPMNShape | model.BPMNEdge]:
    """All elements of all diagrams by the id of what they draw."""
    return {
        element.bpmn_element: element
        for diagram in definitions.diagrams
        for element in diagram.plane.elements
    }


class Author:
    """Draws at random; every id it gives is new."""

    def __init__(self, random: Random, *, size: int = 8) -> None:
        self.random, self.size = random, size
        self.count = 0
        self.nodes: list[str] = []
        self.all: list[str] = []

    def id(self, kind: str) -> str:
        self.count += 1
        self.all.append(f"{kind}{self.count}")
        return self.all[-1]

    def maybe(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def name(self) -> str | None:
        return self.random.choice(NAMES)

    def definitions(self) -> Definitions:
        roots: list[model.RootElement] = []
        value = model.CategoryValue(id=self.id("value"), value="phase")
        roots.append(model.Category(id=self.id("category"), category_values=(value,)))
        pools = self.random.randrange(4)
        processes = [self.process(value.id) for _ in range(max(1, pools))]
        if pools:
            roots.append(self.collaboration(processes))
        return Definitions(id="definitions", root_elements=(*roots, *processes))

    def collaboration(self, processes: list[Process]) -> model.Collaboration:
        participants = []
        for process in processes:
            refers = process.id if self.maybe(85) else None
            participants.append(
                model.Participant(id=self.id("pool"), name=self.name(), process_ref=refers)
            )
        messages = [
            model.MessageFlow(
                id=self.id("message"),
                source_ref=self.end(self.nodes + [p.id for p in participants]),
                target_ref=self.end(self.nodes + [p.id for p in participants]),
                name=self.name(),
            )
            for _ in range(self.random.randrange(5))
        ]
        return model.Collaboration(
            id=self.id("collaboration"),
            participants=tuple(participants),
            message_flows=tuple(messages),
            artifacts=self.artifacts(self.all),
        )

    def end(self, ids: list[str]) -> str:
        return self.random.choice(ids) if ids and self.maybe(95) else "nowhere"

    def process(self, value: str) -> Process:
        elements, artifacts = self.content(2, value)
        nodes = [one.id for one in elements if isinstance(one, model.FlowNode)]
        lane_sets = ()
        if self.maybe(40):
            lane_sets = (self.lane_set(nodes, 1),)
        return Process(
            id=self.id("process"),
            flow_elements=elements,
            artifacts=artifacts,
            lane_sets=lane_sets,
        )

    def lane_set(self, nodes: list[str], deeper: int) -> model.LaneSet:
        lanes = []
        rest = list(nodes)
        for _ in range(self.random.randrange(1, 4)):
            mine = [node for node in rest if self.maybe(50)]
            rest = [node for node in rest if node not in mine]
            inner = self.lane_set(mine, deeper - 1) if deeper and self.maybe(30) else None
            lanes.append(
                model.Lane(
                    id=self.id("lane"),
                    name=self.name(),
                    flow_node_refs=tuple(mine),
                    child_lane_set=inner,
                )
            )
        return model.LaneSet(id=self.id("laneset"), lanes=tuple(lanes))

    def content(
        self, deeper: int, value: str
    ) -> tuple[tuple[model.FlowElement, ...], tuple[model.Artifact, ...]]:
        nodes = [self.node(deeper, value) for _ in range(self.random.randrange(self.size + 1))]
        hosts = [node.id for node in nodes if isinstance(node, model.Activity)]
        for host in hosts:
            while self.maybe(20):
                nodes.append(
                    model.BoundaryEvent(
                        id=self.id("boundary"), name=self.name(), attached_to_ref=host
                    )
                )
        ids = [node.id for node in nodes]
        self.nodes += ids
        edges = []
        for _ in range(self.random.randrange(2 * len(nodes) + 1)):
            ends = (self.end(ids), self.end(ids if self.maybe(97) else self.all))
            edges += [
                SequenceFlow(
                    id=self.id("flow"), source_ref=ends[0], target_ref=ends[1], name=self.name()
                )
                for _ in range(1 + self.maybe(8))
            ]
        data = [
            model.DataObjectReference(id=self.id("data"), name=self.name())
            if self.maybe(60)
            else model.DataStoreReference(id=self.id("store"), name=self.name())
            for _ in range(self.random.randrange(4))
        ]
        nodes = [self.with_data(node, [one.id for one in data]) for node in nodes]
        artifacts = self.artifacts([*ids, *(one.id for one in (*data, *edges))], value)
        return (*nodes, *edges, *data), artifacts

    def node(self, deeper: int, value: str) -> model.FlowNode:
        fields = {"name": self.name(), "category_value_refs": (value,) if self.maybe(5) else ()}
        if deeper and self.maybe(15):
            kind = self.random.choice((model.SubProcess, model.Transaction, model.AdHocSubProcess))
            elements, artifacts = self.content(deeper - 1, value)
            return kind(
                id=self.id("sub"),
                flow_elements=elements,
                artifacts=artifacts,
                triggered_by_event=self.maybe(20),
                **fields,
            )
        kind = self.random.choice(self.random.choice((TASKS, TASKS, GATEWAYS, EVENTS)))
        return kind(id=self.id("node"), **fields)

    def with_data(self, node: model.FlowNode, data: list[str]) -> model.FlowNode:
        if not isinstance(node, model.Activity) or not data:
            return node
        import msgspec

        entering, leaving = [], []
        while self.maybe(25):
            source = self.end(data)
            entering.append(model.DataInputAssociation(id=self.id("in"), source_refs=(source,)))
        while self.maybe(25):
            leaving.append(
                model.DataOutputAssociation(id=self.id("out"), target_ref=self.end(data))
            )
        return msgspec.structs.replace(
            node,
            data_input_associations=tuple(entering),
            data_output_associations=tuple(leaving),
        )

    def artifacts(self, ids: list[str], value: str = "") -> tuple[model.Artifact, ...]:
        notes = [
            model.TextAnnotation(id=self.id("note"), text=model.Text(text=self.name() or ""))
            for _ in range(self.random.randrange(3))
        ]
        ends = [*ids, *(note.id for note in notes)]
        lines = [
            model.Association(
                id=self.id("association"),
                source_ref=self.random.choice(notes).id if self.maybe(70) else self.end(ends),
                target_ref=self.end(ends),
            )
            for _ in range(self.random.randrange(4) if notes else 0)
        ]
        groups = []
        if self.maybe(10):
            groups.append(model.Group(id=self.id("group"), category_value_ref=value or None))
        return (*notes, *lines, *groups)


def at_random(random: Random, size: int = 8) -> Definitions:
    """A model with a bit of everything, right and wrong."""
    return Author(random, size=size).definitions()


def complete(count: int) -> Definitions:
    """Every task leads to every other one."""
    names = [f"n{number}" for number in range(count)]
    pairs = [(one, other) for one in names for other in names if one != other]
    return alone(*[model.Task(id=name) for name in names], *flows(*pairs))
