"""Functions that call each other deeper than Python's stack reaches: they go on in a thread.

How deep they may is a limit of ours (`MAX_CALLS`), wherever in a program they are called and
however many of Python's frames one of their calls takes.

>>> from bpmn_xml.expressions import evaluate
>>> evaluate("= {sum: function(n) if n = 0 then 0 else n + sum(n - 1), r: sum(900)}.r")
405450
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_CALLS, LimitError
from bpmn_xml.expressions.meter import METER, UNLIMITED, Account

STEPS: Final = 1_000
ROOM: Final = 200_000
"""What a thread costs."""

HEADROOM: Final = 60
"""Frames that starting a thread takes at most."""


def go_deeper(run: Callable[[Any], object], scope: Any) -> object:
    """Call a function within another one; on a stack of its own, where this one ends."""
    account = METER.account
    depth = account.depth
    if depth >= MAX_CALLS:
        raise LimitError(f"functions call each other deeper than {MAX_CALLS} levels")
    account.depth = depth + 1
    try:
        return run(scope)
    except (RecursionError, ExpressionError) as error:
        if account is UNLIMITED or not _ends_the_stack(error):
            raise
        _reach(HEADROOM)
        return _in_thread(account, run, scope)
    finally:
        account.depth = depth


def _ends_the_stack(error: BaseException) -> bool:
    """Whether the stack is used up; a text within may have said so in its own words."""
    return isinstance(error, RecursionError) or isinstance(error.__cause__, RecursionError)


def _reach(frames: int) -> None:
    """Raise if the stack has not so many frames left: an outer call has more."""
    if frames:
        _reach(frames - 1)


def _in_thread(account: Account, run: Callable[[Any], object], scope: Any) -> object:
    account.pay(STEPS, ROOM)
    values: list[object] = []
    errors: list[BaseException] = []

    def work() -> None:
        METER.account = account
        try:
            values.append(run(scope))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            ends = _ends_the_stack(error)
            errors.append(LimitError("the values are nested too deeply") if ends else error)

    thread = threading.Thread(target=copy_context().run, args=(work,), daemon=True)
    thread.start()
    thread.join()
    for error in errors:
        raise error
    return values[0]
