"""What short ways are told by."""

from __future__ import annotations

from bpmn_xml.core import commands as c
from tests.core.harness import Driver

SHORT = ["Advanced"]
LONG = ["Completed", "FlowTaken", "Activated"]


def sent(ran: Driver, command: c.Command) -> list[str]:
    """The types of the records of a command, as they are."""
    return [type(record).__name__ for record in ran.send(command).records]
