"""What an engine may be told beside what to run, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import UsageError
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.bindingfile import read_table
from bpmn_xml.runtime.bindings import GIVEN_TABLE, Sources
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.executor import Observer
from bpmn_xml.runtime.imports import AllowedImports
from bpmn_xml.runtime.stores import Stores

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel
    from bpmn_xml.runtime.runs import Run


class EngineOptions(TypedDict, total=False):
    """What else an engine may be told.

    Attributes:
        clock: what time it is; the system's clock unless said.
        workers: how many threads may work at once; 0 works in the thread that waits.
        trace: who sees every batch, one or several.
        options: what the compiler may assume, and whether unbound tasks pass (`stub`).
        folders: from whose modules handlers may be imported, beside those of the diagrams.
        allow_imports: installed modules that may be named by the diagrams.
        bindings: a table of names, or the path of a binding file.
        decisions: decision models, besides those among the models.
        modules: modules to import for their `@task` functions.
        stores: data stores by name; those that are not given are in memory.
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
    options: Options
    folders: Sequence[Path | str]
    allow_imports: Sequence[str]
    bindings: Mapping[str, str] | Path | str
    decisions: Sequence[DecisionModel]
    modules: Sequence[str]
    stores: Stores
    strict_data: bool
    metered: bool
    message_ttl: str
    timer_starts: bool
    most_steps: int
    on_start: Callable[[Run], object]


def files_of(
    models: Definitions | Iterable[Definitions | DecisionModel],
) -> tuple[tuple[Definitions, ...], tuple[DecisionModel, ...]]:
    """The diagrams among models, and the decision models."""
    if isinstance(models, Definitions):
        return (models,), ()
    several = tuple(models)
    diagrams = tuple(model for model in several if isinstance(model, Definitions))
    return diagrams, tuple(model for model in several if not isinstance(model, Definitions))


def sources_of(files: Sequence[Definitions], handlers: object, options: EngineOptions) -> Sources:
    """Where to look for handlers; the folders of the diagrams come first."""
    names = [Path(file.place.file) for file in files if file.place.file]
    beside = [path.parent for path in names if path.is_file()]
    given_folders = [Path(folder) for folder in options.get("folders", ())]
    table = options.get("bindings", {})
    several = handlers if isinstance(handlers, list | tuple) else (handlers,)
    return Sources(
        handlers=[source for source in several if source is not None],
        table=table if isinstance(table, Mapping) else read_table(Path(table)),
        table_name=GIVEN_TABLE if isinstance(table, Mapping) else str(table),
        imports=AllowedImports([*beside, *given_folders], options.get("allow_imports", ())),
        modules=options.get("modules", ()),
        stores=options.get("stores", {}),
    )


def duration_of(text: str) -> int:
    """Microseconds of a duration of ISO 8601.

    Raises:
        UsageError: it is none.
    """
    from bpmn_xml.compiler.durations import microseconds

    try:
        return microseconds(text)
    except ValueError as error:
        raise UsageError(str(error)) from error
