"""One process, run in one line: `bpmn_xml.run`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import BindingError, UsageError
from bpmn_xml.runtime.engine import Engine
from bpmn_xml.runtime.options import WANTED, EngineOptions, Models
from bpmn_xml.runtime.runs import Run


def run(
    models: Program | Models,
    variables: Mapping[str, Any] | None = None,
    handlers: object = None,
    *,
    process: str = "",
    **options: Unpack[EngineOptions],
) -> Run:
    """Run a process until it has ended or waits for a person, a message or a signal.

    Args:
        models: a path, the bytes of a file, or what `read` gave, one or several.
        variables: what it begins with.
        handlers: what does the tasks' work: a mapping by name, a module, an object, or several.
        process: its id; may be left out where there is but one that no other calls.
        options: as for `Engine`, among them `clock` (a `ManualClock` need not wait), `workers`
            (threads; 0 for none), `stub` (tasks without Python pass), `bindings`, `trace` (a
            path); `bpmn_xml.runtime.options.EngineOptions` says all of them.

    Returns:
        The run. Its engine has stopped: what is open may be looked at; to answer it use `Engine`.

    Raises:
        CheckError, BindingError, ReadError, StoreError, UsageError: as `Engine`.
    """
    options.setdefault("timer_starts", 0)
    try:
        engine = Engine(models, handlers, **options)
    except UsageError as error:
        if variables is None and not options.keys() <= WANTED.keys():
            error.add_note("variables are a mapping, as in run(file, {'amount': 5})")
        raise
    except BindingError as error:
        if isinstance(variables, Mapping) and any(map(callable, variables.values())):
            error.add_note("functions are among the variables: give those first, then the handlers")
        raise
    with engine:
        _require_data(engine.program, variables)
        (started := engine.start(process, variables)).wait()
    return started


def _require_data(program: Program, variables: Mapping[str, Any] | None) -> None:
    """Refuse functions among the variables that are called like tasks: they are meant to do them.

    An engine takes its handlers where `run` takes variables.
    """
    names = frozenset[str]().union(*[node.bound_by for node in program.nodes])
    given = variables if isinstance(variables, Mapping) else {}
    for name, value in given.items():
        if name in names and callable(value):
            what = f"the variable {name!r} is a function, and a task is called so"
            raise UsageError(what, remedy="give the variables first, then the handlers")
