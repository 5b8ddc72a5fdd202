"""What an engine may be told besides what to run, and what follows from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Union, cast

from msgspec.structs import replace

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import UsageError
from bpmn_xml.formats.files import is_file
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.binding.options import BindingOptions
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.runs import Run
from bpmn_xml.runtime.tracing import Traced, several
from bpmn_xml.wording import did_you_mean, shorten

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel


Model = Union[Definitions, "DecisionModel", str, bytes, os.PathLike[str]]
Models = Model | Iterable[Model]


class EngineOptions(BindingOptions, total=False):
    """Further options of an engine; all of them may be left out.

    Attributes:
        stub: tasks without Python pass.
        choices: the id of the flow that is taken, by that of the gateway whose conditions are not
            looked at then; or their names.
        allow_scripts: script tasks may run their scripts.
        allow_unknown: vendors' words that nobody here knows, let pass as they are spelled.
        catch_up: how many repetitions of a timer in a row may come late, before more are left out.
        clock: what time it is; the system's clock unless said.
        workers: how many threads may work at once; 0 works in the thread that waits.
        trace: where to write what happens: a path, for `bpmn-xml trace`, `draw --trace` and `why`.
            Or who sees every batch, or several of both.
        drawings: the files that a compiled program was made of; models know theirs.
        strict_data: a handler that changes what it is given, instead of returning it, fails.
        metered: count and time the calls.
        message_ttl: how long a message is kept that nobody waits for: a duration of ISO 8601; an
            hour unless said.
        patience: how many seconds work that is under way has to be done when the `with` block is
            left; 60 unless said.
        timer_starts: how often each timer start event begins its process: whenever it is due
            unless said, 0 is never.
        most_steps: how many steps in a row may follow by themselves, without coming to rest or
            hearing from outside, before an incident holds the instance; 500,000 unless said.
        on_start: is called with each run that begins, by itself or by name; what it raises is
            written to the log.
    """

    stub: bool
    choices: Mapping[str, str]
    allow_scripts: bool
    allow_unknown: Iterable[str]
    catch_up: int
    clock: Clock
    workers: int
    trace: Traced | Sequence[Traced]
    drawings: Sequence[Path | str]
    strict_data: bool
    metered: bool
    message_ttl: str
    patience: float
    timer_starts: int
    most_steps: int
    on_start: Callable[[Run], object]


Test = Callable[[Any], bool]


def _is(*kinds: type) -> Test:
    return lambda value: isinstance(value, kinds)


def _has(method: str) -> Test:
    return lambda value: callable(getattr(value, method, None))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def _is_duration(value: object) -> bool:
    return isinstance(value, str) and microseconds(value) is not None


def _is_trace(value: object) -> bool:
    return all(_is_path(one) or _has("on_batch")(one) for one in several(value))


_is_path, _is_switch = _is(str, os.PathLike), _is(bool)

WANTED: Final[Mapping[str, tuple[Test, str]]] = {
    "options": (_is(Options), "an Options"),
    "folders": (_is_list, "a list of folders"),
    "allow_imports": (_is_list, "a list of the names of modules"),
    "bindings": (_is(Mapping, str, os.PathLike), "a table of names, or the path of one"),
    "decisions": (_is_list, "a list of what read_decisions gave"),
    "modules": (_is_list, "a list of the names of modules"),
    "workers_from": (_is_list, "a list of routers, as 'module:name'"),
    "stores": (_is(MutableMapping), "mappings by the name of their store"),
    "stub": (_is_switch, "true or false"),
    "choices": (_is(Mapping), "the ids of flows by those of gateways"),
    "allow_scripts": (_is_switch, "true or false"),
    "allow_unknown": (_is_list, "a list of words"),
    "catch_up": (_is_count, "a number of times"),
    "clock": (_has("attach"), "a clock, as ManualClock()"),
    "workers": (_is_count, "how many threads, 0 for none"),
    "trace": (_is_trace, "the path of a file, or what has on_batch, one or several"),
    "drawings": (_is_list, "a list of paths"),
    "strict_data": (_is_switch, "true or false"),
    "metered": (_is_switch, "true or false"),
    "message_ttl": (_is_duration, "a duration, as 'PT1H'"),
    "patience": (_is_seconds, "a number of seconds"),
    "timer_starts": (_is_count, "a number of instances, 0 for none"),
    "most_steps": (_is_count, "a number of steps"),
    "on_start": (callable, "what is called with a run"),
}
"""What every option of an engine has to be, and how that is said."""

COMPILING: Final[Mapping[str, Callable[[Any], object]]] = {
    "stub": bool,
    "choices": dict,
    "allow_scripts": bool,
    "allow_unknown": frozenset,
    "catch_up": int,
}
"""Those that are the compiler's, and as what it takes them."""


def accepted(options: EngineOptions) -> EngineOptions:
    """The options that say something, with those of the compiler as one; None says nothing.

    Raises:
        UsageError: an engine has no such option (Python itself would not tell), with what may have
            been meant, or it is something else than it has to be; all that are wrong at once.
    """
    said = {name: value for name, value in options.items() if value is not None}
    for name in [name for name in options if name not in WANTED]:
        if name in Options.__struct_fields__:
            message = f"{name!r} is an option of the compiler"
            raise UsageError(message, remedy=f"say options=Options({name}=...)")
        meant = did_you_mean(name, [*WANTED, "handlers"])
        raise UsageError(f"an engine has no option {name!r}{meant}")
    faults = [
        f"{name} is {WANTED[name][1]}, not {shorten(repr(value))}"
        for name, value in said.items()
        if not WANTED[name][0](value)
    ]
    if faults:
        raise UsageError("; ".join(faults))
    told = {name: kind(said.pop(name)) for name, kind in COMPILING.items() if name in said}
    if told:
        said["options"] = replace(cast("Options", said.get("options", Options())), **told)
    return cast("EngineOptions", said)


def files_of(models: Models) -> tuple[tuple[Definitions, ...], tuple[DecisionModel, ...]]:
    """The diagrams among models, and the decision models; what is a path or bytes is read.

    Raises:
        ReadError, StoreError, UsageError: as `read`; or something among them is no model.
    """
    alone = not _is_list(models) or hasattr(models, "read")
    several = [_opened(model) for model in cast("list[Model]", [models] if alone else models)]
    diagrams = tuple(model for model in several if isinstance(model, Definitions))
    return diagrams, tuple(model for model in several if not isinstance(model, Definitions))


def _opened(model: object) -> Definitions | DecisionModel:
    """A model; a path or bytes are read, and a `.dmn` is one of decisions."""
    if isinstance(model, Definitions):
        return model
    if isinstance(model, str | bytes | os.PathLike):
        from bpmn_xml.formats import read, read_decisions

        decisions = not isinstance(model, bytes) and os.fspath(model).lower().endswith(".dmn")
        return read_decisions(model) if decisions else read(model)
    from bpmn_xml.decisions.values import DecisionModel

    if isinstance(model, DecisionModel):
        return model
    what = "a model is a path, the bytes of a file or what read gave"
    remedy = "give what its read() gives, in bytes" if hasattr(model, "read") else ""
    raise UsageError(f"{what}, not {shorten(repr(model))}", remedy=remedy)


def drawings_of(files: Sequence[Definitions], options: EngineOptions) -> list[Path]:
    """The files on disk that diagrams were read from, or that a program was made of."""
    read = [Path(file.place.file) for file in files if file.place.file]
    return [path for path in read if is_file(path)] + list(map(Path, options.get("drawings", ())))


def microseconds(duration: str) -> int | None:
    """Microseconds of a duration of ISO 8601; None if it is none."""
    from bpmn_xml.compiler.times import durations

    try:
        return durations.microseconds(duration)
    except ValueError:
        return None
