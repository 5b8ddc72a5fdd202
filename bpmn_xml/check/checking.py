"""Collect the findings of every stage: of reading, of two axes, sorted by place.

One axis is whether a diagram can be run (the gate, then binding) and runs to its end (soundness),
the other whether it conforms to the standard (its schema and rules). Neither knows of the other.
Nothing is ever raised for what is wrong with a diagram or its file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Unpack

import msgspec

from bpmn_xml.check.catalogue import catalogue
from bpmn_xml.check.conformance import conformance
from bpmn_xml.check.errors_and_escalations import uncaught, unthrown
from bpmn_xml.check.expressions.conditions import conditions
from bpmn_xml.check.expressions.missing_equals_sign import missing_equals_sign
from bpmn_xml.check.expressions.not_offered import not_offered
from bpmn_xml.check.expressions.null_or_false import null_or_false
from bpmn_xml.check.expressions.uncovered_cases import uncovered_cases
from bpmn_xml.check.expressions.wrong_kind import wrong_kind
from bpmn_xml.check.files_beside import with_neighbours
from bpmn_xml.check.hiding import told_once, without_echoes
from bpmn_xml.check.imports import wrong_imports
from bpmn_xml.check.membership import membership
from bpmn_xml.check.misdirected import misdirected
from bpmn_xml.check.soundness.findings import soundness
from bpmn_xml.check.suppressions import in_configuration, in_documentation, suppress
from bpmn_xml.check.throws_and_catches import (
    doubled,
    mismatched,
    nameless,
    one_sided,
    unmarked_processes,
    unsaid,
)
from bpmn_xml.check.variables.dataflow import dataflow, declared_names, fields_at_start
from bpmn_xml.check.variables.misspelt import misspelt
from bpmn_xml.check.variables.passed_in_vain import passed_in_vain
from bpmn_xml.check.vendors.demands import demands, drawn_for
from bpmn_xml.check.vendors.not_run import not_run
from bpmn_xml.check.vendors.values import values
from bpmn_xml.codes import finding
from bpmn_xml.compiler.codes import SAME_ID
from bpmn_xml.compiler.compile import analyse, without_values
from bpmn_xml.compiler.engine_rules import ENGINES
from bpmn_xml.compiler.merge import RENAME, taken_by
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.compiler.selection import processes_to_run
from bpmn_xml.errors import (
    BpmnXmlError,
    Finding,
    FindingsError,
    Place,
    ReadError,
    Severity,
    UsageError,
    in_order,
)
from bpmn_xml.formats import inspect
from bpmn_xml.formats.codes import MADE_UP_ID
from bpmn_xml.formats.files import is_file
from bpmn_xml.formats.inspection import Inspection
from bpmn_xml.formats.missing import instead_of
from bpmn_xml.model import CallActivity, Definitions
from bpmn_xml.model.about import finding_about, name_of
from bpmn_xml.model.sharing import with_shared_events
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import OWNERS, by_id, owned, processes, walk
from bpmn_xml.runtime.binding.naming import Resolution
from bpmn_xml.runtime.binding.options import BindingOptions
from bpmn_xml.runtime.formfiles import with_forms
from bpmn_xml.wording import nearest

if TYPE_CHECKING:
    from bpmn_xml.decisions.values import DecisionModel

UNREADABLE: Final = "BX403"
"""The code of what is no file, cannot be read, or has a format that nobody knows."""

OF_DRAWINGS: Final = (membership, uncaught, unthrown, misdirected, wrong_imports)
"""What is doubtful in a drawing, whether it is to be run or not."""

OF_PROCESSES: Final = (nameless, unsaid, missing_equals_sign, values, doubled, mismatched)
"""What is doubtful in a file that is to be run."""

OF_EXPRESSIONS: Final = (not_offered, null_or_false, uncovered_cases, wrong_kind)
"""What is doubtful in what its program evaluates."""

Source = str | os.PathLike[str] | bytes | Definitions
Aim = Literal["run", "standard", "all"]


class CheckOptions(BindingOptions, total=False):
    """What a check may assume, as an engine may.

    Attributes:
        aim: what is asked: whether it can be run, whether it conforms to the standard, or both.
        bound: is told the name of a file and which Python does the work of its tasks.
        others: further files, whose processes may be called.
        callers: files that call its processes, and those that these call.
        earlier: what was given before it and is run together with it.
    """

    aim: Aim
    others: Sequence[Definitions]
    callers: Sequence[Definitions]
    earlier: Sequence[Definitions]
    bound: Callable[[str, Sequence[Resolution]], object]


def check(
    source: Source, handlers: object = None, **options: Unpack[CheckOptions]
) -> tuple[Finding, ...]:
    """Find all that is wrong with a diagram, and all that is doubtful.

    Args:
        source: a path, the bytes of a file, or what `read` gave.
        handlers: what does the tasks' work, as for an engine.
        options: see `CheckOptions`.

    Returns:
        The findings in the order of the file.
    """
    return _checked(_inspected(source), handlers, options)


def _checked(
    inspection: Inspection, handlers: object, options: CheckOptions
) -> tuple[Finding, ...]:
    """All findings about a file that was read as far as it goes."""
    aim = options.get("aim", "all")
    findings = [found for found in inspection.findings if found.code != MADE_UP_ID]
    if aim != "run":
        findings += conformance(inspection)
    if inspection.definitions is not None:
        definitions = with_shared_events(inspection.definitions)
        findings += [one for doubts in OF_DRAWINGS for one in doubts(definitions)]
        if aim != "standard" and not failed(inspection.findings):
            findings += _refused(definitions, handlers, options)
            findings += soundness(definitions)
    findings = with_known_ids(findings, inspection)
    told = told_once(_wanted(inspection, findings))
    return in_order(sorted(told, key=attrgetter("code", "id")))


def with_known_ids(findings: list[Finding], inspection: Inspection) -> list[Finding]:
    """Name what parts without an id belong to: nobody finds an id in a file that was made up."""
    made = {one.id for one in findings} & inspection.unnamed
    if not made or inspection.definitions is None:
        return findings
    owners = {
        name: owner
        for element, owner in owned(inspection.definitions)
        if (name := getattr(element, "id", "")) in made and isinstance(owner, OWNERS)
    }
    return [
        msgspec.structs.replace(one, id=owner.id, name=name_of(owner))
        if (owner := owners.get(one.id))
        else one
        for one in findings
    ]


def _wanted(inspection: Inspection, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that no suppression hides."""
    found = without_echoes(findings)
    if inspection.definitions is None:
        return found
    ignored, faults = in_configuration(inspection.definitions.place.file)
    ignored += in_documentation(inspection.definitions)
    return [*suppress(found, ignored, catalogue()), *faults] if ignored or faults else found


def _refused(
    definitions: Definitions, handlers: object, options: CheckOptions
) -> Iterator[Finding]:
    """The findings of the gate, and of binding where the gate lets the file pass."""
    models = [definitions, *options.get("others", ())]
    compiling = with_forms(options.get("options", Options()), [definitions.place.file])
    program, told = analyse(models, compiling)
    yield from told
    yield from taken(definitions, options.get("earlier", ()), compiling)
    yield from _in_file(definitions, options.get("others", ()))
    if program is not None:
        around = [*models, *options.get("callers", ())]
        called = analyse(around, compiling)[0] if len(around) > len(models) else None
        bound, ways = _bound(program, definitions, handlers, options)
        yield from _in_program(program, called or program, definitions, ways, options)
        yield from bound
    elif (rest := without_values(models, compiling, told)) is not None:
        yield from _bound(rest, definitions, handlers, options)[0]


def _in_file(definitions: Definitions, others: Sequence[Definitions]) -> Iterator[Finding]:
    """What is doubtful in a file that is to be run, by itself and beside others."""
    engine = drawn_for(definitions)
    for doubts in OF_PROCESSES:
        yield from doubts(definitions)
    yield from demands(definitions, engine)
    yield from not_run(definitions, engine)
    yield from unmarked_processes(definitions, ENGINES.get(engine, ""))
    yield from one_sided(definitions, others)


def _in_program(
    program: Program,
    called: Program,
    definitions: Definitions,
    ways: Sequence[Resolution],
    options: CheckOptions,
) -> Iterator[Finding]:
    """What is doubtful in the program of a file; `called` is it with what calls it."""
    elements, declared = by_id(definitions), declared_names(definitions)
    given = declared | {*fields_at_start(definitions)}
    yield from dataflow(called, elements, declared)
    yield from passed_in_vain(program, elements, declared)
    yield from misspelt(program, elements, given, options.get("decisions", ()), ways)
    yield from conditions(program, elements, drawn_for(definitions))
    for doubts in OF_EXPRESSIONS:
        yield from doubts(program, elements)


def _inspected(source: Source) -> Inspection:
    """Read a file as far as it goes; what cannot be read at all becomes a finding."""
    if isinstance(source, Definitions):
        return Inspection(definitions=source)
    try:
        return inspect(source)
    except BpmnXmlError as error:
        if isinstance(error, FindingsError):
            return Inspection(findings=error.findings)
        name = "" if isinstance(source, bytes) else os.fspath(source)
        return Inspection(findings=(refusal(name, error),))


def refusal(name: str, error: BpmnXmlError) -> Finding:
    """Make a finding of what keeps a file from being read at all."""
    remedy = error.remedy if isinstance(error, UsageError) else instead_of(Path(name))
    message = str(error).removesuffix(f": {remedy}").removeprefix(f"{name}: ")
    return finding(UNREADABLE, message, remedy, place=Place(name))


def _bound(
    program: Program, definitions: Definitions, handlers: object, options: CheckOptions
) -> tuple[Iterable[Finding], Sequence[Resolution]]:
    """What is wrong with the Python of a program, else which does the work of its tasks."""
    from bpmn_xml.runtime import Engine

    known: Mapping[str, Any] = options
    binding: Any = {key: known[key] for key in BindingOptions.__annotations__ if key in known}
    name = definitions.place.file
    places = [name, *(other.place.file for other in options.get("others", ()))]
    files = [Path(place) for place in places if place and is_file(place)]
    try:
        engine = Engine(program, handlers, drawings=files, workers=0, timer_starts=0, **binding)
    except FindingsError as error:
        return with_neighbours(error.findings, [definitions]), ()
    engine.stop()
    if "bound" in options:
        options["bound"](name, [way for way in engine.bindings if way.file == name])
    return engine.doubts, engine.bindings


def check_files(
    paths: Sequence[str], handlers: object = None, **options: Unpack[CheckOptions]
) -> tuple[Finding, ...]:
    """Check several files; each may call the processes and decisions of the others.

    Returns:
        The findings, file after file.
    """
    rules = [path for path in paths if path.lower().endswith(".dmn")]
    findings, decisions = check_decisions(rules)
    options["decisions"] = [*decisions, *options.get("decisions", ())]
    read = {path: _inspected(path) for path in paths if path not in rules}
    models = {path: one.definitions for path, one in read.items() if one.definitions is not None}
    earlier: list[Definitions] = []
    options["earlier"] = earlier
    called = {
        path: called_files(model, [other for other in models.values() if other is not model])
        for path, model in models.items()
    }
    for path, one in read.items():
        if path in models:
            options["others"] = called[path]
            options["callers"] = _around(path, models, called)
        own = _checked(one, handlers, options)
        elsewhere = {other for other in paths if other != path}
        findings += (found for found in own if found.place.file not in elsewhere)
        earlier += [models[path]] if path in models else []
    return tuple(told_once(findings))


def _around(
    path: str, models: Mapping[str, Definitions], called: Mapping[str, Sequence[Definitions]]
) -> list[Definitions]:
    """The files that call one, directly or not, with all that they call; without what it calls."""
    known = {id(models[path]), *map(id, called[path])}
    found: list[Definitions] = []
    for caller, ones in called.items():
        if any(one is models[path] for one in ones):
            fresh = [one for one in (models[caller], *ones) if id(one) not in known]
            known.update(map(id, fresh))
            found += fresh
    return found


def check_decisions(paths: Sequence[str]) -> tuple[list[Finding], list[DecisionModel]]:
    """Check decision models, each of which may import the others; what can be read of them too."""
    if not paths:
        return [], []
    from bpmn_xml.decisions import Decisions
    from bpmn_xml.decisions.doubts import doubts
    from bpmn_xml.formats import read_decisions

    models: list[DecisionModel] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            models.append(read_decisions(path))
        except ReadError as error:
            findings += error.findings
        except BpmnXmlError as error:
            findings.append(refusal(path, error))
    return [*findings, *Decisions(models).findings, *doubts(models)], models


def called_files(definitions: Definitions, others: Sequence[Definitions]) -> list[Definitions]:
    """Return the other files whose processes a file calls, directly or not, and has not itself.

    Those too that have what may be meant by a name that none has.
    """
    every = {process.id for other in others for process in processes(other)}
    found: list[Definitions] = []
    waiting = [definitions]
    known = {process.id for process in processes(definitions)}
    while others and waiting:
        calls = {
            called_by(element)
            for element, _ in walk(waiting.pop())
            if isinstance(element, CallActivity)
        }
        calls |= {near for call in calls - every - known for near in nearest(call, every)}
        for other in others:
            ids = {process.id for process in processes(other)}
            if ids & calls and not ids & known:
                known |= ids
                found.append(other)
                waiting.append(other)
    return found


def taken(
    definitions: Definitions, earlier: Sequence[Definitions], options: Options
) -> Iterator[Finding]:
    """Find the processes whose ids files given before have; an engine takes each id only once.

    Files that are run apart may share ids, so nothing refuses any of them.
    """
    files = {
        process.id: model.place.file
        for model in reversed(earlier)
        for process in processes_to_run(model, options)
    }
    for process in processes_to_run(definitions, options):
        if process.id in files:
            what = taken_by(files[process.id])
            remedy = f"{RENAME}, if they are to be run together"
            yield finding_about(process, SAME_ID, what, remedy, severity=Severity.WARNING)


def failed(
    findings: Iterable[Finding], grave: Collection[Severity] = frozenset({Severity.ERROR})
) -> bool:
    """Tell whether there is an error among findings, or what else is as grave."""
    return any(finding.severity in grave for finding in findings)
