"""What an engine may be told beside what to run, and what follows from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Union, cast

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import UsageError
from bpmn_xml.expressions.wording import did_you_mean
from bpmn_xml.formats.files import is_file
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.binding.options import BindingOptions
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.execution.roles import Observer

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel
    from bpmn_xml.runtime.runs import Run


Model = Union[Definitions, "DecisionModel", str, bytes, os.PathLike[str]]
Models = Model | Iterable[Model]


class EngineOptions(BindingOptions, total=False):
    """Further options of an engine; all of them may be left out.

    Attributes:
        clock: what time it is; the system's clock unless said.
        workers: how many threads may work at once; 0 works in the thread that waits.
        trace: who sees every batch, one or several.
        drawings: the files that a compiled program was made of; models know theirs.
        strict_data: a handler that changes what it is given, instead of returning it, fails.
        metered: count and time the calls.
        message_ttl: how long a message is kept that nobody waits for: a duration of ISO 8601; an
            hour unless said.
        timer_starts: whether timer start events begin their processes; they do unless said.
        most_steps: how many steps in a row may follow by themselves, without coming to rest or
            hearing from outside, before an incident holds the instance; 500,000 unless said.
        on_start: is called with each run that begins, by itself or by name.
    """

    clock: Clock
    workers: int
    trace: Observer | Sequence[Observer]
    drawings: Sequence[Path | str]
    strict_data: bool
    metered: bool
    message_ttl: str
    timer_starts: bool
    most_steps: int
    on_start: Callable[[Run], object]


def refuse_unknown(options: EngineOptions) -> None:
    """Refuse options that no engine has: Python itself would not.

    Raises:
        UsageError: with what may have been meant.
    """
    known = EngineOptions.__annotations__
    for name in options:
        if name in Options.__struct_fields__:
            message = f"{name!r} is an option of the compiler"
            raise UsageError(message, remedy=f"say options=Options({name}=...)")
        if name not in known:
            raise UsageError(f"an engine has no option {name!r}{did_you_mean(name, known)}")


def files_of(models: Models) -> tuple[tuple[Definitions, ...], tuple[DecisionModel, ...]]:
    """The diagrams among models, and the decision models; what is a path or bytes is read.

    Raises:
        ReadError, StoreError, UsageError: as `read`.
    """
    alone = isinstance(models, Definitions | str | bytes | os.PathLike)
    several = [_opened(model) for model in cast("list[Model]", [models] if alone else models)]
    diagrams = tuple(model for model in several if isinstance(model, Definitions))
    return diagrams, tuple(model for model in several if not isinstance(model, Definitions))


def _opened(model: Model) -> Definitions | DecisionModel:
    """A model; a path or bytes are read, and a `.dmn` is one of decisions."""
    if not isinstance(model, str | bytes | os.PathLike):
        return model
    from bpmn_xml.formats import read, read_decisions

    decisions = not isinstance(model, bytes) and os.fspath(model).lower().endswith(".dmn")
    return read_decisions(model) if decisions else read(model)


def drawings_of(files: Sequence[Definitions], options: EngineOptions) -> list[Path]:
    """The files on disk that diagrams were read from, or that a program was made of."""
    read = [Path(file.place.file) for file in files if file.place.file]
    return [path for path in read if is_file(path)] + list(map(Path, options.get("drawings", ())))


def duration_of(text: str) -> int:
    """Microseconds of a duration of ISO 8601.

    Raises:
        UsageError: it is none.
    """
    from bpmn_xml.compiler.times.durations import microseconds

    try:
        return microseconds(text)
    except ValueError as error:
        raise UsageError(str(error)) from error
