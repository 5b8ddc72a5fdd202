"""One process instance as the drivers hold it: its state, and whose turn it is to write it.

Exactly one thread writes an instance at a time: the one whose claim stands in `owners`. Whoever
comes meanwhile leaves the command in the mailbox; the owner looks there again after it has let
go. No instance has a lock, a queue or an event of its own until it needs one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from bpmn_xml.core.commands import Command
from bpmn_xml.core.state import State, child_path
from bpmn_xml.runtime.binding.answers import Where
from bpmn_xml.runtime.execution.calls.limits import Room
from bpmn_xml.runtime.execution.chains import CauseChain
from bpmn_xml.runtime.execution.reminders import Reminders

T = TypeVar("T")


class Attended(Protocol):
    """A call that is under way, as far as its instance knows it; see `AttendedCall`."""

    @property
    def where(self) -> Where:
        """The activation that the call is for."""

    def cancel(self) -> None:
        """The answer is no longer wanted."""


class Producing(Attended, Protocol):
    """A call with many results; see `Producer`."""

    room: Room


class Drains(Protocol):
    """Who can write an instance; see `Desk`."""

    def drain(self, instance: Instance) -> None:
        """Apply what is in the mailbox and let the instance go."""


class Errand(Generic[T]):
    """Something to be done by whoever writes the instance."""

    __slots__ = ("_action",)

    def __init__(self, action: Callable[[Any, Instance], T]) -> None:
        self._action = action

    def put(self, desk: object, instance: Instance) -> None:
        """Run the action."""
        self._action(desk, instance)


class Question(Errand[T]):
    """Something to be done by whoever writes the instance, and its answer."""

    __slots__ = ("_error", "_value", "done")

    _value: T

    def __init__(self, action: Callable[[Any, Instance], T]) -> None:
        super().__init__(action)
        self._error: BaseException | None = None
        self.done = threading.Event()

    def put(self, desk: object, instance: Instance) -> None:
        """Run the action; what it raises is kept for whoever asked."""
        try:
            self._value = self._action(desk, instance)
        except BaseException as error:  # noqa: BLE001 - raised again by `answer`
            self._error = error
        finally:
            self.done.set()

    def answer(self) -> T:
        """Wait until it is done; what it gave or raised."""
        self.done.wait()
        if self._error is not None:
            raise self._error
        return self._value


Mail = Command | Errand[Any]

Posted = tuple[Mail, str]
"""Mail, and who brought it, as `trace.thread_name` says; empty if that is no worker."""


class Details(msgspec.Struct):
    """The rarely needed parts of an instance, made when the first one is needed.

    Attributes:
        mailbox: what came while somebody wrote the instance.
        calls: calls that want to know when they are cancelled.
        producers: calls whose items are counted, by the path that their items begin with.
        suspects: items in which something waits for a person.
        reminders: what the clock is to bring.
        waiter: set when the instance has ended or nothing in it moves any more.
        lost: it was given up, see `Executor.lose`.
        moved: scopes and activation keys of what moved, see `standing.goes_on`.
    """

    mailbox: list[Posted] = msgspec.field(default_factory=list)
    calls: dict[Where, Attended] = msgspec.field(default_factory=dict)
    producers: dict[str, Producing] = msgspec.field(default_factory=dict)
    suspects: set[str] = msgspec.field(default_factory=set)
    reminders: Reminders = msgspec.field(default_factory=Reminders)
    waiter: threading.Event | None = None
    lost: bool = False
    moved: list[tuple[str, int]] = msgspec.field(default_factory=list)

    @property
    def idle(self) -> bool:
        """Whether there is nothing in it."""
        busy = self.mailbox or self.calls or self.producers or self.reminders.pending
        return not (busy or self.waiter or self.lost)


class Owners(dict["Instance", object]):
    """Who writes which instance now, for a share of all instances. `setdefault` is atomic."""

    __slots__ = ("lock",)

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()


class Instance:
    """An instance of a process: `state` belongs to the owner of the moment.

    Attributes:
        chain: what has led here, if anything followed since the outside was heard last.
        listed: the router may have it on its lists of who waits for something.
    """

    __slots__ = ("chain", "details", "listed", "owners", "state")

    def __init__(self, state: State, owners: Owners, chain: CauseChain | None = None) -> None:
        self.state, self.owners, self.chain = state, owners, chain
        self.details: Details | None = None
        self.listed = False

    def caused(self, most: int) -> CauseChain:
        """The chain of causes that led here; a new one if the outside was heard last."""
        chain = self.chain = self.chain or CauseChain(most)
        return chain

    def claim(self, who: object) -> bool:
        """Become the writer, unless somebody is."""
        return self.owners.setdefault(self, who) is who

    @property
    def is_over(self) -> bool:
        """Whether it has ended, and all that follows from that is done."""
        return bool(self.state.outcome) and self not in self.owners

    @property
    def has_mail(self) -> bool:
        """Whether something lies in the mailbox."""
        details = self.details  # which another thread may drop meanwhile
        return details is not None and bool(details.mailbox)

    def next_mail(self) -> Posted | None:
        """Take what came first into the mailbox; the owner asks."""
        return self.details.mailbox.pop(0) if self.details and self.details.mailbox else None

    def let_go(self) -> bool:
        """Be the writer no longer; whether mail came at the last moment."""
        del self.owners[self]
        details = self.details  # as `has_mail` asks, which would take each step 55 ns more
        return details is not None and bool(details.mailbox)

    def leave_mail(self, mail: Mail, bringer: str = "") -> None:
        """Put something into the mailbox. Whoever does so must try to claim afterwards."""
        with self.owners.lock:
            details = self.details = self.details or Details()
            details.mailbox.append((mail, bringer))

    def need_details(self) -> Details:
        """The details, made now if there are none; the owner asks."""
        with self.owners.lock:
            details = self.details = self.details or Details()
            return details

    def forget(self, call: Attended) -> None:
        """The call is over: nobody has to tell it anything any more."""
        with self.owners.lock:
            details = self.details
            if details is None:
                return
            if details.calls.get(call.where) is call:
                del details.calls[call.where]
            items = child_path(*call.where)
            if details.producers.get(items) is call:
                del details.producers[items]

    def drop_details(self) -> None:
        """Drop the details if all of them are empty."""
        with self.owners.lock:
            if self.details is not None and self.details.idle:
                self.details = None

    def act(self, desk: Drains) -> None:
        """Go on with the mailbox as its writer; whoever queued the instance has claimed it."""
        self.owners[self] = desk
        desk.drain(self)
