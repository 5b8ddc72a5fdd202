"""What the tables of a drawing decide on: one element together with its shape on one plane."""

from __future__ import annotations

import msgspec

from bpmn_xml.model import (
    BaseElement,
    BPMNShape,
    CallActivity,
    Participant,
    StartEvent,
    SubChoreography,
    SubProcess,
    ThrowEvent,
)
from bpmn_xml.render.composing.lettering import clean
from bpmn_xml.render.composing.model_index import ModelIndex
from bpmn_xml.render.geometry import Box


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """An element, its shape, its cleaned bounds, and the model around it."""

    element: BaseElement
    shape: BPMNShape
    box: Box
    nodes: ModelIndex
    filled: bool = False  # content of it is drawn on the same plane
    inner: Box | None = None  # around its lanes; between the bands of a choreography activity
    upright: bool = False  # a pool or lane whose name stands on top, not at the left
    covered: float = 0.0  # how high boundary events reach into its foot, in px

    @property
    def name(self) -> str:
        """Return its name, cleaned."""
        return clean(getattr(self.element, "name", None))

    @property
    def throws(self) -> bool:
        """Tell whether it is an event that throws."""
        return isinstance(self.element, ThrowEvent)

    @property
    def expanded(self) -> bool:
        """Tell whether its content is shown: as the file says, else whether there is any."""
        if not isinstance(self.element, SubProcess | SubChoreography | CallActivity):
            return False
        said = self.shape.is_expanded
        return self.filled if said is None else said and (self.filled or not self.calls)

    @property
    def calls(self) -> bool:
        """Tell whether it is a call activity."""
        return isinstance(self.element, CallActivity)

    @property
    def black_box(self) -> bool:
        """Tell whether it is a pool whose inside is not shown."""
        pool = self.element
        if self.filled or not isinstance(pool, Participant):
            return False
        return not pool.process_ref or self.shape.is_expanded is False

    def interrupts(self) -> bool:
        """Tell whether it is not a non-interrupting event."""
        event = self.element
        stops = event.is_interrupting if isinstance(event, StartEvent) else True
        return bool(stops and getattr(event, "cancel_activity", True))

    def waits_for_event(self) -> bool:
        """Tell whether it is an event sub-process."""
        return bool(getattr(self.element, "triggered_by_event", False))
