"""One file on its way through the compiler: its model, its options, and the findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from bpmn_xml import model as m
from bpmn_xml.codes import FindingDetails
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.drafts import Drafts, NodeDraft
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.compiler.words import with_article
from bpmn_xml.errors import NOWHERE, Finding, Place, Severity
from bpmn_xml.model.about import element_word, finding_about
from bpmn_xml.model.walk import message_flows, walk
from bpmn_xml.wording import printable

Level = m.Process | m.SubProcess
Home = tuple[m.Element, m.Element | None]
"""An element and the container that it is in."""


class CallMet(NamedTuple):
    """A call activity, and its draft, which names what is called."""

    element: m.CallActivity
    draft: NodeDraft


class DiagramFile(msgspec.Struct, kw_only=True, dict=True):
    """A file and what is known of it so far.

    Attributes:
        drafts: the parts of the program so far.
        dialects: the vendors whose extensions it uses.
        claimed: what has been lowered, by id.
        calls: the call activities met.
        declared: per process that has any, the names of its data objects and properties.
        retrievals: per correlation property and message how the one is found in the other.
        flow_payload: results travel along the flows in the process at work.
        preludes: the jobs before elements of the level at work, by the element's id.
        jobs: the ids of all jobs that compute values for elements.
        postludes: the jobs behind elements of that level, from the last of which its flows leave.
        index, indexed: the drafts of nodes by id, and how many of them are in there.
    """

    definitions: m.Definitions
    options: Options
    drafts: Drafts = msgspec.field(default_factory=Drafts)
    findings: list[Finding] = msgspec.field(default_factory=list)
    dialects: list[str] = msgspec.field(default_factory=list)
    claimed: dict[str, m.BaseElement] = msgspec.field(default_factory=dict)
    flow_payload: bool = False
    preludes: dict[str, list[str]] = msgspec.field(default_factory=dict)
    postludes: dict[str, list[str]] = msgspec.field(default_factory=dict)
    jobs: set[str] = msgspec.field(default_factory=set)
    index: dict[str, NodeDraft] = msgspec.field(default_factory=dict)
    indexed: int = 0
    calls: list[CallMet] = msgspec.field(default_factory=list)
    retrievals: dict[str, dict[str, Computed]] = msgspec.field(default_factory=dict)
    declared: dict[str, list[str]] = msgspec.field(default_factory=dict)

    @property
    def drafted(self) -> Mapping[str, NodeDraft]:
        """The drafts of nodes so far, by id; of several with one id the last."""
        for draft in self.drafts.nodes[self.indexed :]:
            self.index[draft.id] = draft
        self.indexed = len(self.drafts.nodes)
        return self.index

    @cached_property
    def flows_from(self) -> dict[str, list[m.MessageFlow]]:
        """The message flows by what they lead from."""
        found: dict[str, list[m.MessageFlow]] = {}
        for flow in message_flows(self.definitions):
            found.setdefault(flow.source_ref, []).append(flow)
        return found

    @cached_property
    def first_flows(self) -> dict[str, m.MessageFlow]:
        """The first message flow at either end of which something stands, by its id."""
        found: dict[str, m.MessageFlow] = {}
        for flow in message_flows(self.definitions):
            for end in (flow.source_ref, flow.target_ref):
                found.setdefault(end, flow)
        return found

    @cached_property
    def operations(self) -> dict[str, m.Operation]:
        """The operations of all interfaces by their id."""
        interfaces = [one for one in self.definitions.root_elements if isinstance(one, m.Interface)]
        found: dict[str, m.Operation] = {}
        for operation in (each for one in interfaces for each in one.operations):
            found.setdefault(operation.id, operation)
        return found

    @cached_property
    def correlated(self) -> dict[str, list[m.CorrelationProperty]]:
        """Per message the correlation properties that may be found in it, in document order."""
        found: dict[str, list[m.CorrelationProperty]] = {}
        for one in self.definitions.root_elements:
            if isinstance(one, m.CorrelationProperty):
                stated = one.correlation_property_retrieval_expressions
                for message in dict.fromkeys(each.message_ref for each in stated):
                    found.setdefault(message, []).append(one)
        return found

    @cached_property
    def correlation_keys(self) -> list[m.CorrelationKey]:
        """All correlation keys, of whichever conversation, in document order."""
        found = [element for element, _ in walk(self.definitions)]
        return [element for element in found if isinstance(element, m.CorrelationKey)]

    @cached_property
    def roots(self) -> dict[str, m.RootElement]:
        """The root elements by their id."""
        return {root.id: root for root in self.definitions.root_elements}

    @cached_property
    def homes(self) -> dict[str, Home]:
        """Every element with its container, by its id; made when a message needs it."""
        found: dict[str, Home] = {}
        for element, container in walk(self.definitions):
            found.setdefault(getattr(element, "id", None) or "", (element, container))
        return found

    @cached_property
    def associations(self) -> list[m.Association]:
        """All associations, wherever they stand."""
        found = [element for element, _ in walk(self.definitions)]
        return [element for element in found if isinstance(element, m.Association)]

    @cached_property
    def shown_as(self) -> dict[str, str]:
        """The names of data objects at their first references, by their id."""
        found: dict[str, str] = {}
        for element, _ in self.homes.values():
            if isinstance(element, m.DataObjectReference) and element.data_object_ref:
                found.setdefault(element.data_object_ref, element.name or "")
        return found

    def report(self, code: str, element: m.Element, message: str, remedy: str) -> None:
        """Add a finding about an element."""
        self.report_at(NOWHERE, code, element, message, remedy)

    def report_at(self, place: Place, code: str, element: m.Element, *words: str) -> None:
        """Add a finding about an element, a message and a remedy, for a line of what is in it."""
        details: FindingDetails = {"place": place} if place.line else {}
        if self.options.stub and code in codes.STUBBED:
            details["severity"] = Severity.NOTE
        self.findings.append(finding_about(element, code, *map(printable, words), **details))

    def lack(
        self, code: str, element: m.Element, what: str, remedy: str, *, place: Place = NOWHERE
    ) -> bool:
        """Say that something is missing; whether a stub run assumes something in its place."""
        code = codes.ASSUMED if self.options.stub else code
        self.report_at(place, code, element, what, remedy)
        return self.options.stub

    def remark(self, code: str, message: str, remedy: str) -> None:
        """Add a finding about the file as a whole."""
        place = m.Element(place=Place(self.definitions.place.file))
        self.report(code, place, message, remedy)

    def refuse(
        self, code: str, element: m.Element, what: str, remedy: str, *, place: Place = NOWHERE
    ) -> None:
        """Say that something cannot be run yet, or that a stub run leaves it out."""
        words = f"{what} cannot be run yet", remedy
        if code in codes.STUBBED and self.options.stub:
            words = f"{what} is left out of this stub run", ""
        elif code in codes.STUBBED:
            words = words[0], f"{remedy}, or leave it out with --stub"
        self.report_at(place, code, element, *words)

    def settings(self, *elements: m.Element, about: m.BaseElement | None = None) -> Settings:
        """What vendors' words on some elements say, with all that is wrong with them reported.

        `about` is the element that they are about, if it is not the first of them.
        """
        settings = read_settings(*elements)
        self.dialects += settings.dialects
        for problem in settings.problems:
            said = problem.message, problem.remedy
            self.report_at(problem.place, problem.code, about or elements[0], *said)
        for refusal in dict.fromkeys(settings.refused):
            self.refuse(codes.EXTENSION, about or elements[0], refusal.what, refusal.remedy)
        return settings

    def claim(self, element: m.BaseElement) -> None:
        """Take an id for an element that is to be run; no other may have it."""
        other = self.claimed.setdefault(element.id, element)
        if other is not element:
            where = f" at {other.place}" if other.place.line else ""
            what = f"{with_article(element_word(other))}{where} has the same id"
            self.report(codes.SAME_ID, element, what, "give each its own id")
