"""Bind a program to what is given, and to what stands beside its drawings.

That is their modules, `bindings.toml`, and the namesake: `order.py` of `order.bpmn`, `my_order.py`
of `my-order.bpmn`. It is imported only if a task is not bound without it, or its name is computed;
then a function with the name or id of a task of its drawing does that task's work, where nothing
else does. Decisions that tasks name are looked for in the `.dmn` files. What is given comes before
what stands there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from bpmn_xml.codes import finding
from bpmn_xml.compiler.codes import LANGUAGE, NO_SCRIPT, SCRIPT
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import BindingError, Finding, ReadError, UsageError
from bpmn_xml.runtime.binding.bindings import HANDLED, Bindings, bind
from bpmn_xml.runtime.binding.codes import SHARED_ID, UNBOUND, RefusedError
from bpmn_xml.runtime.binding.decisions import DecisionBook
from bpmn_xml.runtime.binding.idle_handlers import refuse_slips
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.naming import TABLE as BY_TABLE
from bpmn_xml.runtime.binding.naming import Resolution, module_name
from bpmn_xml.runtime.binding.options import BindingOptions
from bpmn_xml.runtime.binding.sources import Sources
from bpmn_xml.runtime.binding.table import GIVEN_TABLE, read_table
from bpmn_xml.wording import quoted

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel

TABLE: Final = "bindings.toml"

NAMESAKE_DOES: Final = {UNBOUND, LANGUAGE, SCRIPT, NO_SCRIPT}
"""What is wrong with a task that a function in the namesake mends."""


def bind_beside(
    program: Program, files: Sequence[Path], handlers: object, options: BindingOptions
) -> Bindings:
    """Find the handler of every task of a program, in what is given or beside its drawings.

    Args:
        program: whose tasks.
        files: the drawings that it was made of.
        handlers: what does the tasks' work, before anything else.
        options: modules that they name are looked up like namesakes.

    Raises:
        BindingError: tasks have no Python behind them.
        ReadError: a decision model beside the drawings that is needed cannot be read.
        UsageError: a handler's name misses that of a task by a slip.
    """
    bound = _bound(program, files, handlers, options)
    bound.doubts += _shared(program, bound.resolved)
    tasks = [node for node in program.nodes if node.kind in HANDLED and node.work is not None]
    refuse_slips(program, tasks, several(handlers))
    return bound


def _bound(
    program: Program, files: Sequence[Path], handlers: object, options: BindingOptions
) -> Bindings:
    """Find the handler of every task, whatever else is given."""
    folders = [*(file.parent for file in files), *map(Path, options.get("folders", ()))]
    imports = AllowedImports(list(dict.fromkeys(folders)), options.get("allow_imports", ()))
    modules = options.get("modules", ())
    beside = [file for file in files if not modules and _namesake(file)]
    computed = any(node.work is not None and node.work.name_expression for node in program.nodes)
    table = _table(files, options)
    sources = Sources(
        handlers=[*_given(handlers, imports, options), *_modules(imports, modules)],
        table=table if isinstance(table, Mapping) else read_table(Path(table)),
        table_name=GIVEN_TABLE if isinstance(table, Mapping) else str(table),
        imports=imports,
        decisions=DecisionBook(decisions_beside(program, files, options.get("decisions", ()))),
        stores=options.get("stores", {}),
        namesakes=_namesakes(imports, beside) if computed else {},
    )
    stub = options.get("options", Options()).stub
    if sources.namesakes or not beside:
        return bind(program, sources, stub=stub)
    try:
        bound = bind(program, sources)
        return bind(program, sources, stub=True) if stub else bound
    except BindingError as error:
        wanted = any(finding.code in NAMESAKE_DOES for finding in error.findings)
        if not wanted and not stub:
            raise
    if wanted:
        sources.namesakes = _namesakes(imports, beside)
    return bind(program, sources, stub=stub)


def _shared(program: Program, ways: Iterable[Resolution]) -> Iterator[Finding]:
    """Tasks that a table binds by their id to the module of another drawing in their folder."""
    places = {node.id: node.place for node in program.nodes}
    by_table = BY_TABLE.format(TABLE)
    for way in [way for way in ways if way.name == way.node and way.rule.endswith(by_table)]:
        drawing, module = Path(way.file), way.python.partition(":")[0]
        other = drawing.with_name(f"{module}{drawing.suffix}")
        if module not in (drawing.stem, module_name(drawing.stem)) and other.is_file():
            message = f"its id is bound to {way.python}, of a task of {other.name} by that id"
            yield finding(SHARED_ID, message, place=places[way.node], id=way.node)


def several(handlers: object) -> Sequence[object]:
    """What is given as handlers, one or several, as several.

    Raises:
        UsageError: some of it is a file.
    """
    found = handlers if isinstance(handlers, list | tuple) else (handlers,)
    for source in found:
        if isinstance(source, str | bytes | os.PathLike):
            message = f"handlers are a mapping, a module or an object, not {quoted(str(source))}"
            raise UsageError(message, remedy="give several files as a list")
    return found


def _given(handlers: object, imports: AllowedImports, options: BindingOptions) -> list[object]:
    """What the caller gives: handlers, one or several, then routers of workers."""
    given = [source for source in several(handlers) if source is not None]
    if "workers_from" not in options:
        return given
    from bpmn_xml.runtime.binding.workers import load_workers

    return [*given, *(load_workers(name, imports) for name in options["workers_from"])]


def _table(files: Sequence[Path], options: BindingOptions) -> Mapping[str, str] | Path | str:
    """The table of names that is given, else the first one beside the drawings."""
    beside = (path for file in files if (path := file.with_name(TABLE)).is_file())
    return options["bindings"] if "bindings" in options else next(beside, {})


def decisions_beside(
    program: Program, files: Sequence[Path], given: Sequence[DecisionModel] = ()
) -> list[DecisionModel]:
    """Return the decision models that are given, and those beside the files that are wanted.

    A file that cannot be read matters only if a decision is found nowhere else.

    Raises:
        ReadError: the faults of the files in which a decision may be that is missing.
    """
    calls = [node.work.decision for node in program.nodes if node.work and node.work.decision]
    wanted = {call.name for call in calls if call.choose is None}
    wanted.difference_update(*(names_in(model) for model in given))
    if not wanted and all(call.choose is None for call in calls):
        return list(given)
    from bpmn_xml.formats import read_decisions
    from bpmn_xml.formats.files import files_of

    found, faults = list(given), list[Finding]()
    folders = dict.fromkeys(file.parent for file in files)
    for path in [path for folder in folders for path in files_of(folder, "*.dmn")]:
        if all(model.place.file != str(path) for model in given):
            try:
                found.append(read_decisions(path))
            except ReadError as error:
                faults += error.findings
    if faults and wanted.difference(*(names_in(model) for model in found)):
        raise ReadError(faults)
    return found


def names_in(model: DecisionModel) -> set[str]:
    """Return the ids and names by which the elements of a model may be asked for."""
    return {name for element in model.elements for name in (element.id, element.label)}


def _namesake(drawing: Path) -> str:
    """The name of the module that is called like a drawing, if there is one beside it."""
    names = dict.fromkeys((drawing.stem, module_name(drawing.stem)))
    return next((name for name in names if drawing.with_name(f"{name}.py").is_file()), "")


def _namesakes(imports: AllowedImports, drawings: Sequence[Path]) -> dict[Path, ModuleType]:
    """Import the module that is called like each of some drawings."""
    modules = _modules(imports, [_namesake(drawing) for drawing in drawings])
    return {drawing.absolute(): module for drawing, module in zip(drawings, modules, strict=True)}


def _modules(imports: AllowedImports, names: Sequence[str]) -> list[ModuleType]:
    try:
        return [imports.load(name) for name in names]
    except RefusedError as error:
        raise BindingError([finding(error.code, str(error), error.remedy)]) from error
