"""Data that moves by a vendor's mapping: what goes into an element's scope, out of it, into calls.

A mapping of an activity makes a frame around it; what a caught event brings is mapped as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import MappedValue, PassedData, Settings, is_expression
from bpmn_xml.compiler.drafts import FrameDraft, NodeDraft
from bpmn_xml.compiler.elements.python_values import (
    answer_variable,
    ask_after,
    foreign,
    frame_of,
    job,
    question,
)
from bpmn_xml.compiler.elements.scripts import CompiledScript, assuming, compile_script
from bpmn_xml.compiler.elements.statements import SETTING
from bpmn_xml.compiler.elements.values import SourceText, computed, is_evaluated, variable
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Kind, Lack, OneValue, Trigger, Work, is_about
from bpmn_xml.compiler.program.scoping import ASKED, CAMUNDA7, Assign, CallData, Computed
from bpmn_xml.compiler.words import NOT_EVALUATED, in_language
from bpmn_xml.errors import ExpressionError
from bpmn_xml.model.about import place_of
from bpmn_xml.wording import quoted

NOT_ALLOWED: Final = "is a script that is not run"
"""What keeps a script from being run that could be."""

THROWING: Final = (Kind.THROW_EVENT, Kind.END_EVENT)


def surround(file: DiagramFile, node: m.FlowNode, draft: NodeDraft, *, begins: bool) -> None:
    """Add to a node's draft the data that moves around it; `begins` an event sub-process."""
    told_by = (node, *getattr(node, "event_definitions", ()))
    called = isinstance(node, m.CallActivity) and bool(node.extension_attributes)
    if not called and not any(getattr(one, "extension_elements", ()) for one in told_by):
        return
    settings = read_settings(*told_by)
    given = [*settings.inputs, *settings.inner_inputs]
    inputs, jobs = asked_inputs(file, node, given)
    outward = [*settings.inner_outputs, *_outputs(file, node, settings)]
    waits = isinstance(node, m.CatchEvent) and bool(draft.events or begins)
    outputs = assigns(file, node, outward if waits else _computed(file, node, draft, outward))
    if isinstance(node, m.CallActivity):
        _pass(file, node, draft, settings)
    if waits:
        draft.receives = outputs
        if inputs:
            what = "data that moves into an event that waits"
            file.refuse(codes.DATA, node, what, "map it where it is used")
    elif inputs or outputs or settings.local or _rows(draft):
        frame = frame_of(file, node, draft)
        frame.local.extend(_rows(draft))
        frame.inputs.extend(inputs)
        frame.outputs.extend(outputs)
        if any(one.kind == "path" for one in (*settings.inputs, *settings.outputs)):
            _collect_inside(draft, frame)
    if draft.kind in THROWING and draft.events:
        draft.sends = _carried(draft, given)
    for work in jobs:
        bring(file, node, draft, work)


def _outputs(file: DiagramFile, node: m.FlowNode, settings: Settings) -> Sequence[MappedValue]:
    """What an element gives by its mapping; Camunda 7 deploys none of a multi-instance activity."""
    looped = getattr(node, "loop_characteristics", None)
    repeated = isinstance(looped, m.MultiInstanceLoopCharacteristics)
    if not (repeated and settings.outputs and CAMUNDA7.dialect in settings.dialects):
        return settings.outputs
    what = "an outputParameter of a multi-instance activity, which Camunda 7 does not deploy,"
    file.refuse(codes.EXTENSION, node, what, "put the activity into a multi-instance sub-process")
    return ()


def _pass(file: DiagramFile, node: m.CallActivity, draft: NodeDraft, settings: Settings) -> None:
    """What a call passes and takes back."""
    _ask_passed(file, node, draft, settings)
    draft.call = call_data(file, node, settings)
    if settings.passed.local_targets:
        frame_of(file, node, draft).local.extend(settings.passed.local_targets)
    if settings.passed.mapper:
        _ask_mapper(file, node, draft, settings.passed.mapper)


def _rows(draft: NodeDraft) -> tuple[str, ...]:
    """The variable of a decision's rows, which is gone when its task is left."""
    decision = draft.work.decision if draft.work is not None else None
    return (decision.rows,) if decision is not None and decision.rows else ()


def _computed(
    file: DiagramFile, node: m.FlowNode, draft: NodeDraft, outputs: Iterable[MappedValue]
) -> Iterator[MappedValue]:
    """The parameters that can be computed; Python gives the others when the work is done."""
    for one in outputs:
        work, target = work_for_value(file, node, one), one.target.strip()
        if work is None:
            yield one
        else:
            work = msgspec.structs.replace(work, result=answer_variable(target))
            ask_after(file, node, draft, work, target)


def _ask_passed(
    file: DiagramFile, node: m.CallActivity, draft: NodeDraft, settings: Settings
) -> None:
    """Ask Python for what a call passes, before the call."""
    for number, one in enumerate(settings.passed.inputs):
        work = work_for_value(file, node, one)
        if work is not None:
            work = msgspec.structs.replace(work, result=answer_variable(one.target))
            bring(file, node, draft, work)
            settings.passed.inputs[number] = MappedValue(one.target, work.result, "variable")


def _ask_mapper(file: DiagramFile, call: m.CallActivity, draft: NodeDraft, mapper: str) -> None:
    """Ask Python what a call passes besides, and, with all that comes back, what is written."""
    given, back = answer_variable("mapInputVariables"), answer_variable("mapOutputVariables")
    bring(file, call, draft, Work(
        names=(given.replace(ASKED, f"{mapper}."),), result=given, local=True, question=OneValue()
    ))  # fmt: skip
    all_of_it = Assign((back,), Computed("", dict, "all"))
    passed = draft.call or CallData()
    draft.call = msgspec.structs.replace(
        passed,
        inputs=(*passed.inputs, Assign((), variable(given))),
        outputs=(*passed.outputs, all_of_it),
    )
    frame = frame_of(file, call, draft)
    frame.local.append(back)
    work = Work(names=(back.replace(ASKED, f"{mapper}."),), given=(("", variable(back)),))
    frame.after.append(job(file, call, draft.container, work))


def _collect_inside(draft: NodeDraft, frame: FrameDraft) -> None:
    """Let what Camunda 8 collects of an instance be computed where its own data is still seen."""
    loop = draft.loop
    if loop is None or loop.collect is None:
        return
    name = answer_variable(f"collected:{draft.id}")
    frame.outputs.append(Assign((name,), loop.collect))
    draft.loop = msgspec.structs.replace(loop, own=(*loop.own, name), collect=variable(name))


def _carried(draft: NodeDraft, inputs: Iterable[MappedValue]) -> tuple[Assign, ...]:
    """What goes with a throw: all that a mapping brings in; of Camunda 7 only with a message."""
    all_of_it = is_about(draft.events, Trigger.MESSAGE)
    names = dict.fromkeys(_target(one)[0] for one in inputs if all_of_it or one.kind == "path")
    return tuple([Assign((name,), variable(name)) for name in names])


def bring(file: DiagramFile, node: m.FlowNode, draft: NodeDraft, work: Work) -> None:
    """Let a job bring a value in before the element's own work; what is thrown comes too early."""
    if draft.kind in THROWING and draft.events:
        what = f"a value of {quoted(work.result)} that Python computes for an event that throws"
        file.refuse(codes.DATA, node, what, "compute it in a task before it")
        return
    frame_of(file, node, draft).before.append(job(file, node, draft.container, work))


def asked_inputs(
    file: DiagramFile, node: m.FlowNode, given: Iterable[MappedValue]
) -> tuple[tuple[Assign, ...], list[Work]]:
    """What a mapping brings in: what can be computed, and jobs from the first that Python gives."""
    plain, jobs = list[MappedValue](), list[Work]()
    for one in given:
        work = work_for_value(file, node, one)
        if work is not None:
            jobs.append(msgspec.structs.replace(work, result=one.target.strip()))
        elif not jobs or (one.kind == "text" and not is_expression(one.text)):
            plain.append(one)
        else:
            jobs += [_computing(one, value) for value in [value_of(file, node, one)] if value]
    return assigns(file, node, plain), jobs


def _computing(given: MappedValue, value: Computed) -> Work:
    """A value that may need what Python gave before it."""
    name = given.target.strip()
    return Work(
        script=CompiledScript(value.text, value.language, name, ((name, value.evaluate),)),
        result=name,
        local=True,
    )


def work_for_value(file: DiagramFile, node: m.FlowNode, given: MappedValue) -> Work | None:
    """The work that gives a value of a mapping; None where it can be computed, or has a fault."""
    if not given.target.strip():
        return None
    text = SourceText(node, f"value of {quoted(given.target)}", given.text)
    name = f"{node.id}.{given.target.strip()}"
    if given.kind == "text" and is_evaluated(text):
        return question(file, text, name)
    found = _beyond(file, node, given)
    if not found:
        return None
    work = foreign(text.what, name, found)
    return _until_allowed(work) if found == NOT_ALLOWED else work


def _until_allowed(work: Work) -> Work:
    """The same work, with the remedy that its script be allowed."""
    lacks = work.lacks
    assert lacks is not None
    told = Lack(codes.SCRIPT, lacks.what, f"allow it with --allow-scripts, or {lacks.remedy}")
    return msgspec.structs.replace(work, lacks=told)


def _beyond(file: DiagramFile, element: m.Element, given: MappedValue) -> str:
    """Why a value, or some value in it, cannot be computed; nothing where it can."""
    parts = (_beyond_itself(file, element, one) for one in given.all_in())
    return next(filter(None, parts), "")


def _beyond_itself(file: DiagramFile, element: m.Element, given: MappedValue) -> str:
    if given.kind == "text" and is_expression(given.text):
        needs = question(file, SourceText(element, "value", given.text), "")
        return f"needs Python, {NOT_EVALUATED}" if needs is not None else ""
    if given.kind == "resource":
        return f"is in the file {given.text!r}, {NOT_EVALUATED}"
    if given.kind != "script":
        return ""
    try:
        language = expressions.language_of(given.text, given.language)
        script = compile_script(given.text, language, "value")
    except expressions.UnsupportedLanguage as error:
        return in_language(error, "evaluated")
    except ExpressionError as error:
        return f"is a script ({error}), {NOT_EVALUATED}"
    if language in SETTING and {*script.sets} != {"value"}:
        return f"is a script that sets variables, {NOT_EVALUATED}"
    return "" if file.options.allow_scripts else NOT_ALLOWED


def call_data(file: DiagramFile, call: m.FlowNode, settings: Settings) -> CallData | None:
    """What a call or a signal passes; None where it says nothing itself."""
    passed = settings.passed
    if passed == PassedData():
        return None
    inputs = assigns(file, call, passed.inputs)
    if passed.mapped and not passed.all_in:
        names = dict.fromkeys(given.target.split(".")[0] for given in settings.inputs)
        inputs = (*[Assign((name,), variable(name)) for name in names], *inputs)
    return CallData(
        all_in=passed.all_in,
        all_out=passed.all_out or (passed.mapped and bool(settings.outputs)),
        local_in=passed.local_in,
        inputs=inputs,
        local_inputs=assigns(file, call, passed.local_inputs),
        outputs=assigns(file, call, passed.outputs),
    )


def assigns(
    file: DiagramFile, element: m.BaseElement, given: Iterable[MappedValue]
) -> tuple[Assign, ...]:
    """The assignments of a mapping; those with faults are reported and left out."""
    found = [(one, value_of(file, element, one)) for one in given]
    return tuple([Assign(_target(one), value) for one, value in found if value is not None])


def _target(given: MappedValue) -> tuple[str, ...]:
    target = given.target.strip()
    return tuple(target.split(".")) if given.kind == "path" else (target,)


def value_of(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> Computed | None:
    """A value of a mapping, or None with what is wrong with it reported."""
    if not given.target.strip():
        place = place_of(element, given.text)
        file.report_at(place, codes.VALUE, element, "its mapping names no variable", "name it")
        return None
    if given.kind == "path":
        _check_path(file, element, given)
    beyond = _beyond(file, element, given)
    if beyond:
        what = f"the value of {quoted(given.target)} {beyond}"
        place = place_of(element, given.text)
        file.report_at(place, codes.NO_SCRIPT, element, what, "compute it in a task")
        return None
    return KINDS[given.kind](file, element, given)


def _check_path(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> None:
    """A path is names with dots between them, and something is written there."""
    target = quoted(given.target)
    if not all(part.isidentifier() for part in given.target.strip().split(".")):
        what = f"its mapping writes to {target}, which is no name of a variable"
        remedy = "use letters, digits and _, and dots for entries"
        file.report_at(place_of(element, given.target), codes.VALUE, element, what, remedy)
    elif not given.text.strip():
        what = f"its mapping to {target} does not say what is written"
        file.lack(codes.VALUE, element, what, "give it a source")


def _text(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> Computed | None:
    code = codes.DATA if file.options.stub else codes.NO_EXPRESSION
    what = f"value of {quoted(given.target)}"
    return computed(file, SourceText(element, what, given.text, code=code))


def _list(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> Computed | None:
    parts = _parts(file, element, given)
    if parts is None:
        return None
    text = f"[{', '.join(part.text for part in parts)}]"
    return Computed(text, lambda names: [part.evaluate(names) for part in parts], "list")


def _map(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> Computed | None:
    parts = _parts(file, element, given)
    if parts is None:
        return None
    keys = [_text(file, element, MappedValue(given.target, item.target)) for item in given.items]
    pairs = [(key, part) for key, part in zip(keys, parts, strict=True) if key is not None]
    text = f"{{{', '.join(f'{key.text}: {part.text}' for key, part in pairs)}}}"

    def evaluate(names: Mapping[str, object]) -> object:
        return {str(key.evaluate(names)): part.evaluate(names) for key, part in pairs}

    return Computed(text, evaluate, "map")


def _parts(file: DiagramFile, element: m.BaseElement, given: MappedValue) -> list[Computed] | None:
    """The values in a list or map; nothing if one of them has a fault."""
    found = [KINDS[item.kind](file, element, item) for item in given.items]
    parts = [part for part in found if part is not None]
    return parts if len(parts) == len(found) else None


def _script(file: DiagramFile, _element: m.BaseElement, given: MappedValue) -> Computed:
    """A script that computes a value; `work_for_value` has seen that it can be run."""
    language = expressions.language_of(given.text, given.language)
    script = compile_script(given.text, language, "value")
    run = assuming(script) if file.options.stub else script
    return Computed(given.text, lambda names: run(names).get("value"), language)


KINDS: Final[Mapping[str, Callable[[DiagramFile, m.BaseElement, MappedValue], Computed | None]]] = {
    "text": _text,
    "path": _text,
    "variable": lambda _file, _element, given: variable(given.text),
    "null": lambda *_: Computed("", lambda _names: None),
    "list": _list,
    "map": _map,
    "script": _script,
}
"""What the text of a value is, and how it is read."""
