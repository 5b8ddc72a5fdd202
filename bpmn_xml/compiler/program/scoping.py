"""Where data lives and how it moves: values, assignments, calls, and what the dialects decide.

What differs between the standard, Camunda 7 and Camunda 8 is `ScopeRules`: one value per dialect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final

import msgspec

from bpmn_xml.errors import ExpressionError

Evaluate = Callable[[Mapping[str, object]], object]

NOBODY: Final = object()
"""What is called where nobody is known to call: in a stub run that passes like a task."""


ASKED: Final = "asked:"
"""What the names of answers begin with, which are no variables."""


ELEMENT: Final = f"{ASKED}element"
"""The answer that has the id of what begins next in an ad-hoc sub-process that a job steers."""


TOLD: Final = f"{ASKED}task"
"""The answer that has what a person is told of a task, for the task's listeners."""


SEEN: Final = f"{ASKED}scopes"
"""The answer that has the variables of each scope apart, for an expression that asks for that."""


CALLED: Final = f"{ASKED}called"
"""The answer that has the listeners which are still to be called as a task has changed."""


ENDED: Final = f"{ASKED}ended"
"""The answer that an activity was cut off by a listener at its end: none is called once more."""


CHANGES: Final = f"{ASKED}changes"
"""The answer that has what an expression did to variables, where that is not only to write."""


EXECUTION: Final = "execution"
TASK: Final = "task"
"""Whose variables an expression of Camunda 7 asks for, or changes, beside the nearest ones."""


BUSINESS_KEY: Final = "businessKey"
"""The variable that holds an instance's business key."""


ASSIGNEE: Final = "assignee"
"""Whose a user task is, among what is told of it."""


LOOP_COUNTER: Final = "loopCounter"
"""The variable that says which instance of an activity one is (10.3.8)."""


COUNTS: Final = ("number", "nr")
"""How the names of what an activity counts of its instances begin, by the standard (10.3.8) and in
Camunda 7: both with `OfInstances` and the like behind."""


def execution_facts(business_key: object, instance: str = "") -> dict[str, object]:
    """What an expression may ask `EXECUTION`, by the names that it has in Java.

    Args:
        business_key: the instance's.
        instance: its id; one that begins only now has none.
    """
    known = {BUSINESS_KEY: business_key, "processBusinessKey": business_key}
    return {"id": instance, "processInstanceId": instance, **known} if instance else known


class VariableChange(msgspec.Struct, frozen=True):
    """What an expression does to one variable of the nearest scope that has it, or of its own.

    Attributes:
        name, value: what is written, unless it `removes` the variable.
        place: whose own scope it is; the nearest that has the variable where nothing is said.
    """

    name: str
    value: Any = None
    place: str = ""
    removes: bool = False


def lasting(variables: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of what is written without what only takes an answer.

    >>> lasting({"asked:t.collection": [1, 2], "n": 2})
    {'n': 2}
    """
    return {name: value for name, value in variables.items() if not name.startswith(ASKED)}


def added(collected: object, value: object, name: str) -> list[object]:
    """What a variable has collected, with one more value.

    >>> added(None, 1, "all"), added([1], 2, "all")
    ([1], [1, 2])

    Raises:
        ExpressionError: something else has been written to it.
    """
    if collected is None or isinstance(collected, list | tuple):
        return [*(collected or ()), value]
    raise ExpressionError(f"{name!r} has what is no list, so nothing can be added to it")


class UncaughtError(Enum):
    """What an error does that nobody catches; modelers' engines differ."""

    FAILS = "fails"  # the instance fails (standard)
    INCIDENT = "incident"  # a person must mend it (camunda8)
    ENDS = "ends"  # the throwing token ends as at a none end event (camunda7)


class Computed(msgspec.Struct, frozen=True):
    """A value that an expression computes of the variables; without a language it is a constant."""

    text: str
    evaluate: Evaluate
    language: str = ""


class Assign(msgspec.Struct, frozen=True):
    """A value for a variable, or for an entry inside of one: `order.address` has two names.

    Without a name the entries of the value, if it is a mapping, are variables.
    """

    target: tuple[str, ...]
    value: Computed


class CallData(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a called process and comes back from it (10.3.6), or with a signal.

    Attributes:
        apart: the called process sees nothing of its caller but what is passed.
        all_in, all_out: all variables that the caller sees, all of the called process's own.
        local_in: all variables of the element's own scope.
        inputs, outputs: what is passed beside those; `local_inputs` see only the own scope.
        which: gives the id of the process that is called, where that is an expression.
    """

    apart: bool = True
    all_in: bool = False
    all_out: bool = False
    local_in: bool = False
    inputs: tuple[Assign, ...] = ()
    local_inputs: tuple[Assign, ...] = ()
    outputs: tuple[Assign, ...] = ()
    which: Computed | None = None


class ScopeRules(msgspec.Struct, frozen=True, kw_only=True):
    """How a dialect treats data and errors: one value, decided by tables.

    Attributes:
        first_loop: what `loopCounter` begins with; by the standard with 1 (10.3.8).
        keeps_places: what is collected of instances has null for each that was not done.
        local_results: where results are mapped, only what the mapping says leaves the activity.
        call: what a call activity passes that says nothing itself.
        fires_again: an event that interrupts nothing fires at each change at which its condition
            holds; by the standard that has to become false first (10.5.5).
        cut_completes: what a terminate end event or an event sub-process cut short is completed,
            and can be undone; by the standard it is terminated (13.3.4).
        maps_cut: what an element maps out is written also when it is cut off.
        undone_once: an activity that was done several times is undone once, for all of them, at
            the event at its border; by the standard each instance is, with its data (13.5.5).
        data_alone: variables hold nothing but data; elsewhere any object of Python.
        assigning_updates: who changes the assignee of a task has updated it, for its listeners.
        received_once: a message is received once in each process, and begins no instance while one
            goes on that a message with its key has begun.
    """

    dialect: str
    uncaught_error: UncaughtError
    first_loop: int
    local_results: bool
    call: CallData
    fires_again: bool = True
    cut_completes: bool = True
    keeps_places: bool = False
    maps_cut: bool = False
    undone_once: bool = False
    data_alone: bool = False
    assigning_updates: bool = True
    received_once: bool = False


STANDARD: Final = ScopeRules(
    dialect="standard",
    uncaught_error=UncaughtError.FAILS,
    first_loop=1,
    local_results=True,
    call=CallData(apart=False),
    fires_again=False,
    cut_completes=False,
)
CAMUNDA7: Final = ScopeRules(
    dialect="camunda7",
    uncaught_error=UncaughtError.ENDS,
    first_loop=0,
    local_results=False,
    maps_cut=True,
    call=CallData(),
)
CAMUNDA8: Final = ScopeRules(
    dialect="camunda8",
    uncaught_error=UncaughtError.INCIDENT,
    first_loop=1,
    local_results=True,
    call=CallData(all_in=True, all_out=True),
    keeps_places=True,
    data_alone=True,
    undone_once=True,
    assigning_updates=False,
    received_once=True,
)


class LocalFrame(msgspec.Struct, frozen=True, kw_only=True):
    """What is done around an element's own work, in a scope of its own (13.3.2).

    Attributes:
        local: names of data that is there without a value.
        inputs: data written there before anything else, each seeing those before it.
        told: what listeners are told of a person's task, written before `told_at` of the chain.
        assigning: the nodes of the chain that are left out where that is assigned to nobody.
        outputs: data written around the scope when the element's own work is done, and what they
            need has been asked.
        keeps: what the element gives stays in the scope, as the outputs say what leaves it.
        chain: the nodes that become active in it, one after the other: listeners before the
            element, the element unless it takes no time, what is asked, listeners after it.
        gives: the node of the chain behind which the outputs are written.
        updating: the listeners that are called when a person's task is changed while it is open;
            those of `assigning` too, if its assignee is.
        ending: the listeners at the element's end.
        cuts: of an event at a border, the listeners of what it cuts off.
        inner: what waits while the element itself is active, though it stands at its border.
        own: Camunda 7 keeps local variables for the element; else its own scope is that around it.
    """

    local: tuple[str, ...] = ()
    inputs: tuple[Assign, ...] = ()
    outputs: tuple[Assign, ...] = ()
    keeps: bool = False
    told: tuple[Assign, ...] = ()
    told_at: int = -1
    assigning: tuple[int, ...] = ()
    chain: tuple[int, ...] = ()
    gives: int = -1
    updating: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()
    cuts: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()
    own: bool = False
