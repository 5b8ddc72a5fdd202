"""Bind a program to what stands beside its drawings: modules, `bindings.toml`, and the namesake.

Decisions that tasks name are looked for in the `.dmn` files beside the drawings.

`order.bpmn` has its namesake in `order.py`. It is imported only if a task is not bound without
it; then a function with the name or id of a task does that task's work, as a `@task` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import BindingError, Finding, ReadError
from bpmn_xml.runtime.codes import UNBOUND
from bpmn_xml.runtime.engine import Engine
from bpmn_xml.runtime.imports import AllowedImports, ImportRefusedError
from bpmn_xml.runtime.workers import load_workers

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel

TABLE: Final = "bindings.toml"


def engine_beside(
    program: Program,
    files: Sequence[Path],
    handlers: object = None,
    **options: Any,
) -> Engine:
    """Make an engine of a program and of what stands beside the files that it was made of.

    Args:
        program: what is run.
        files: the drawings.
        handlers: what does the tasks' work, before anything else.
        options: as for `Engine`; modules that are named are looked up like namesakes, and
            `workers_from` names routers of workers, as `module:name`.

    Raises:
        BindingError: tasks have no Python behind them.
    """
    beside = dict.fromkeys(file.parent for file in files)
    folders = options["folders"] = [*beside, *map(Path, options.get("folders", ()))]
    tables = [file.with_name(TABLE) for file in files]
    options["bindings"] = options.get("bindings") or next((t for t in tables if t.is_file()), {})
    options["decisions"] = decisions_beside(program, files, options.get("decisions", ()))
    given = list(handlers) if isinstance(handlers, list | tuple) else [handlers]
    imports = AllowedImports(folders, options.get("allow_imports", ()))
    given += [load_workers(name, imports) for name in options.pop("workers_from", ())]
    named = _modules(imports, options.pop("modules", ()))
    namesakes = [file.stem for file in files if file.with_suffix(".py").is_file()]
    if named or not namesakes:
        return Engine(program, [*given, *named], **options)
    try:
        return Engine(program, given, **_strict(options))
    except BindingError as error:
        wanted = any(finding.code == UNBOUND for finding in error.findings)
        if not wanted and not _stub(options):
            raise
    found = _modules(imports, namesakes) if wanted else []
    return Engine(program, [*given, *found], **options)


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

    found, faults = list(given), list[Finding]()
    folders = dict.fromkeys(file.parent for file in files)
    for path in [path for folder in folders for path in sorted(folder.glob("*.dmn"))]:
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


def _stub(options: Mapping[str, Any]) -> bool:
    compiling: Options = options.get("options", Options())
    return compiling.stub


def _strict(options: Mapping[str, Any]) -> dict[str, Any]:
    """The same options, but nothing passes that is not bound."""
    compiling = msgspec.structs.replace(options.get("options", Options()), stub=False)
    return {**options, "options": compiling}


def _modules(imports: AllowedImports, names: Sequence[str]) -> list[ModuleType]:
    try:
        return [imports.load(name) for name in names]
    except ImportRefusedError as error:
        finding = Finding(code=error.code, message=str(error), remedy=error.remedy)
        raise BindingError([finding]) from error
