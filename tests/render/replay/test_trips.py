"""Messages on their way: along which flow, from when until when."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.render.replay.trips import TRAVEL, Mail, Trip, Where
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.reader import TraceEntry

HERE = Where("P-1", "")


def pools() -> Naming:
    """Two processes, and a pool that is only drawn; each message flow has a sender."""
    flows = [("f", "a", "b"), ("in", "outside", "b"), ("out", "a", "outside")]
    parties = m.Collaboration(
        id="C",
        participants=(m.Participant(id="outside"),),
        message_flows=tuple(
            m.MessageFlow(id=name, source_ref=source, target_ref=target)
            for name, source, target in flows
        ),
    )
    processes = [m.Process(id=f"P{name}", flow_elements=(m.Task(id=name),)) for name in "ab"]
    return Naming(m.Definitions(id="d", root_elements=(parties, *processes)))


def sent(receiver: str) -> TraceEntry:
    return TraceEntry("MessageThrown", node="a", n=1, receiver=receiver)


def test_a_message_to_a_node_is_seen_once_it_is_received_the_oldest_first() -> None:
    mail = Mail(pools())
    mail.send(HERE, sent("b"), 10.0)
    mail.send(HERE, sent("b"), 20.0)
    assert mail.trips == []
    assert mail.receive(HERE, "b", 900.0) == 10.0 + TRAVEL
    assert mail.trips == [Trip("f", HERE, 10.0, 10.0 + TRAVEL)]
    assert mail.receive(HERE, "b", 900.0) == 20.0 + TRAVEL


@pytest.mark.parametrize("receiver", ["", "outside"])
def test_a_message_to_a_pool_or_from_one_travels_at_once(receiver: str) -> None:
    mail = Mail(pools())
    mail.send(HERE, sent(receiver), 5.0)
    assert mail.receive(HERE, "b", 50.0) == 50.0 + TRAVEL
    assert [trip.flow for trip in mail.trips] == ["out", "in"]


def test_what_has_no_flow_is_there_at_once_and_not_seen() -> None:
    mail = Mail(pools())
    assert mail.receive(HERE, "a", 7.0) == 7.0
    assert mail.trips == []
