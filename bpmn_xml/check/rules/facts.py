"""What rules ask about a file: who is where, what leads where, what is meant by a reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, TypeVar, cast

from bpmn_xml import model as m
from bpmn_xml.model.vendors import platform_of
from bpmn_xml.model.walk import children

E = TypeVar("E", bound=m.Element)
Level = m.Process | m.SubProcess
Message = m.Message

ITEM_AWARE: Final = (
    m.DataObject,
    m.DataObjectReference,
    m.DataStore,
    m.DataStoreReference,
    m.Property,
    m.DataInput,
    m.DataOutput,
)
"""Elements that hold an item (10.4)."""


class Facts:
    """A file, indexed once.

    Args:
        definitions: the file.
        unnamed: the ids that were made up because an element had none.
        repeated: the ids of elements that had more than one child where one may stand, with the
            field of that child.
        imported: the files that it imports, with ids as this one refers to them.
    """

    def __init__(
        self,
        definitions: m.Definitions,
        unnamed: Iterable[str] = (),
        repeated: Iterable[tuple[str, str]] = (),
        imported: Iterable[m.Definitions] = (),
    ) -> None:
        self.definitions = definitions
        self.unnamed, self.repeated = frozenset(unnamed), frozenset(repeated)
        self.elements: list[m.Element] = []
        self.by_id: dict[str, m.Element] = {}
        self._parents: dict[int, m.Element] = {}
        self._incoming = defaultdict[str, list[m.SequenceFlow]](list)
        self._outgoing = defaultdict[str, list[m.SequenceFlow]](list)
        self._attached = defaultdict[str, list[m.BoundaryEvent]](list)
        self._associations = defaultdict[str, list[m.Association]](list)
        self._users = defaultdict[str, list[m.Element]](list)
        self._links = defaultdict[str | None, list[m.LinkEventDefinition]](list)
        self._senders: set[str] = set()
        self._receivers: set[str] = set()
        self._missed: set[type] | None = None
        self._pools: dict[str, m.Participant] = {}
        self._nodes: dict[tuple[int, type], Sequence[m.Element]] = {}
        self.elements += self._index(definitions)
        for element in self.elements:
            if isinstance(element, m.LinkEventDefinition):
                self._links[element.name].append(element)
        for other in imported:
            self._index(other)

    def _index(self, root: m.Definitions) -> list[m.Element]:
        """Return all elements of a file, and note of each where it is and what it is called."""
        waiting: list[m.Element] = [root]
        found: list[m.Element] = []
        while waiting:
            element = waiting.pop()
            found.append(element)
            identity = getattr(element, "id", None)
            if identity:
                self.by_id.setdefault(identity, element)
            inner = children(element)
            for child in inner:
                self._parents[id(child)] = element
            waiting.extend(reversed(inner))
            self._file(element)
        return found

    def _file(self, element: m.Element) -> None:
        """Note where an element leads, or what it stands at."""
        if isinstance(element, m.SequenceFlow):
            self._outgoing[element.source_ref].append(element)
            self._incoming[element.target_ref].append(element)
        elif isinstance(element, m.BoundaryEvent):
            self._attached[element.attached_to_ref].append(element)
        elif isinstance(element, m.Association):
            self._associations[element.source_ref].append(element)
            if element.target_ref != element.source_ref:
                self._associations[element.target_ref].append(element)
        elif isinstance(element, m.MessageFlow):
            self._senders.add(element.source_ref)
            self._receivers.add(element.target_ref)
        elif isinstance(element, m.Participant) and element.process_ref:
            self._pools.setdefault(element.process_ref, element)
        called = getattr(element, "called_element", None)
        for used in (called, *getattr(element, "event_definition_refs", ())):
            if used:
                self._users[used].append(element)

    # where an element is

    def parent(self, element: m.Element) -> m.Element | None:
        """Return the element around one."""
        return self._parents.get(id(element))

    def around(self, element: m.Element, kind: type[E]) -> E | None:
        """Return the nearest element of a kind around one."""
        outer = self.parent(element)
        while outer is not None and not isinstance(outer, kind):
            outer = self.parent(outer)
        return outer

    def process(self, element: m.Element) -> m.Process | None:
        """Return the process that an element is, or is in."""
        return self._around_or_itself(element, m.Process)

    def _around_or_itself(self, element: m.Element, kind: type[E]) -> E | None:
        return element if isinstance(element, kind) else self.around(element, kind)

    def executable(self, element: m.Element) -> bool:
        """Tell whether an element is in an executable process, or used by one."""
        process = self.process(element)
        if process is not None:
            return process.is_executable is True
        shared = self._around_or_itself(element, m.EventDefinition)
        task = self._around_or_itself(element, m.GlobalTask)
        return any(
            self.executable(user)
            for used in (shared, task)
            for user in (self.users(used) if used is not None else ())
        )

    def pool(self, element: m.Element | None) -> m.Element | None:
        """Return the pool that an element is or is in; the process where none is drawn."""
        if element is None or isinstance(element, m.Participant):
            return element
        process = self.process(element)
        return self._pools.get(process.id, process) if process else None

    def is_for_engine(self) -> bool:
        """Tell whether the file says that it is drawn for an engine with words of its own."""
        from bpmn_xml.compiler.dialects.read import VENDORS
        from bpmn_xml.compiler.engine_rules import ENGINES

        known = [VENDORS.get(uri) for _, uri in self.definitions.namespaces.bindings]
        return self.names_engine() or any(one and one.name in ENGINES for one in known)

    def names_engine(self) -> bool:
        """Tell whether the file says which engine runs it, as files of Camunda Modeler do."""
        from bpmn_xml.compiler.engine_rules import PLATFORMS

        return platform_of(self.definitions) in PLATFORMS

    @cached_property
    def speaks_to_engine(self) -> bool:
        """Whether the file names the engine that runs it, or has words of one."""
        from bpmn_xml.compiler.dialects.read import VENDORS
        from bpmn_xml.compiler.engine_rules import ENGINES

        own = {uri for uri, dialect in VENDORS.items() if dialect.name in ENGINES}
        return self.names_engine() or any(
            word.namespace in own
            for element in self.elements
            for word in (
                *element.extension_attributes,
                *element.foreign_elements,
                *getattr(element, "extension_elements", ()),
            )
        )

    # what leads where

    def incoming(self, node: m.BaseElement) -> Sequence[m.SequenceFlow]:
        """Return the sequence flows into a node."""
        return self._incoming.get(node.id, ())

    def outgoing(self, node: m.BaseElement) -> Sequence[m.SequenceFlow]:
        """Return the sequence flows out of a node."""
        return self._outgoing.get(node.id, ())

    def attached(self, node: m.BaseElement) -> Sequence[m.BoundaryEvent]:
        """Return the boundary events of an activity."""
        return self._attached.get(node.id, ())

    def associations(self, node: m.BaseElement) -> Sequence[m.Association]:
        """Return the associations that begin or end at an element."""
        return self._associations.get(node.id, ())

    def users(self, shared: m.BaseElement) -> Sequence[m.Element]:
        """Return the calls of an element, and the events that refer to a definition."""
        return self._users.get(shared.id, ())

    def links(self, name: str | None) -> Sequence[m.LinkEventDefinition]:
        """Return the link definitions of this file with a name."""
        return self._links.get(name, ())

    def sends(self, node: m.BaseElement) -> bool:
        """Tell whether a message flow begins at an element."""
        return node.id in self._senders

    def receives(self, node: m.BaseElement) -> bool:
        """Tell whether a message flow ends at an element."""
        return node.id in self._receivers

    def nodes(self, level: m.FlowElementsContainer, kind: type[E]) -> list[E]:
        """Return the flow elements of a kind directly in a container."""
        # kept: rules ask this of each element of a level, which may have very many
        if (id(level), kind) not in self._nodes:
            inside = [element for element in level.flow_elements if isinstance(element, kind)]
            self._nodes[id(level), kind] = inside
        return cast(list[E], self._nodes[id(level), kind])

    # what is meant

    def find(self, reference: str | None, kind: type[E]) -> E | None:
        """Return what a reference means, if it is of a kind and in this file or an imported one."""
        found = self.by_id.get(reference or "")
        return found if isinstance(found, kind) else None

    def is_elsewhere(self, reference: str | None) -> bool:
        """Tell whether a reference leads into another file, which nobody has looked into."""
        return (reference or "").startswith("{") and reference not in self.by_id

    def events(self, event: m.Event) -> list[m.EventDefinition]:
        """Return the definitions of an event: its own, then those that it refers to."""
        if not isinstance(event, m.CatchEvent | m.ThrowEvent):
            return []
        found = [self.find(ref, m.EventDefinition) for ref in event.event_definition_refs]
        return [*event.event_definitions, *(one for one in found if one is not None)]

    def is_caused(self, event: m.Event, *kinds: type[m.EventDefinition]) -> bool:
        """Tell whether one of the definitions of an event is of some kinds."""
        return any(isinstance(definition, kinds) for definition in self.events(event))

    def item(self, element: m.Element | None) -> str | None:
        """Return the item definition that a data element has, if it says one."""
        if not isinstance(element, ITEM_AWARE):
            return None
        known = element.item_subject_ref
        if known is None and isinstance(element, m.DataObjectReference):
            return self.item(self.find(element.data_object_ref, m.DataObject))
        if known is None and isinstance(element, m.DataStoreReference):
            return self.item(self.find(element.data_store_ref, m.DataStore))
        return known

    def missed(self) -> set[type]:
        """Return the classes of what this file refers to by ids that nothing has."""
        from bpmn_xml.formats.bpmn.references import references

        if self._missed is None:
            self._missed = set()
            for reference in references(self.definitions):
                target = reference.part.target or m.BaseElement
                if reference.id not in self.by_id and not self.is_elsewhere(reference.id):
                    self._missed |= {*target} if isinstance(target, tuple) else {target}
        return self._missed
