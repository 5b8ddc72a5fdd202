"""What messages, signals and start events need of the executor, which carries instances on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import Command, StartInstance
from bpmn_xml.runtime.execution.chains import CauseChain
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.gathered import Gathered

T = TypeVar("T")


class Writer(Protocol):
    """Whoever writes an instance just now."""

    ready: list[Any]

    def apply(self, instance: Instance, command: Command) -> r.Batch:
        """Send a command to the machine and start what it asks of the outside."""


class Carrier(Protocol):
    """The executor, as far as it is known here; see `Executor`."""

    program: Program
    most_links: int
    armed: set[int]

    @property
    def now(self) -> Callable[[], int]:
        """What time it is, in microseconds since 1970 UTC."""

    def begin(
        self, command: StartInstance, name: str = "", chain: CauseChain | None = None
    ) -> Instance:
        """Begin an instance, to which a chain has led unless it is from outside."""

    def tell_start(self, instance: Instance) -> None:
        """Tell who wants to know it that an instance has begun; that one may wait for others."""

    def ask(self, instance: Instance, action: Callable[[Writer, Instance], T]) -> T:
        """Do something as the instance's writer, or have it done; its result."""

    def deliver(self, instance: Instance, command: Command) -> None:
        """Apply a command in a thread that has no desk."""

    def offer(self, entry: object) -> None:
        """Put an entry into the queue."""

    def add_timer(self, due: int, action: Callable[[], None]) -> object:
        """Have something done at a time."""


class Sender(Protocol):
    """Who brings what is thrown, as far as start events know it; see `Router`."""

    carrier: Carrier
    gathered: Gathered
    held: dict[Instance, CauseChain]

    def send_off(self, action: Callable[[], object]) -> None:
        """Have an action carried out by any worker."""
