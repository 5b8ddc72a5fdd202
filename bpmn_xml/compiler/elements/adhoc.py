"""Ad-hoc sub-processes: in which order, and until when (10.3.5, 13.3.5); who steers them.

One that a job worker of Camunda 8 steers holds that job, and for each element which the job names
a scope of its own, in which what is drawn goes on from that element.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft, FrameDraft, NodeDraft
from bpmn_xml.compiler.elements.python_values import answer_variable
from bpmn_xml.compiler.elements.values import SourceText, computed, test_of, text_of
from bpmn_xml.compiler.elements.work import compile_work
from bpmn_xml.compiler.engine_rules import dialect_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import AdHoc, Condition, Kind, NextSteps, OneValue, Steering
from bpmn_xml.compiler.program.scoping import CAMUNDA8, ELEMENT, Assign, Computed, added
from bpmn_xml.compiler.wiring import is_event_sub_process
from bpmn_xml.errors import ExpressionError

NEXT: Final = "activateElements"
FULFILLED: Final = "isCompletionConditionFulfilled"
CANCELS: Final = "isCancelRemainingInstances"
KIND: Final = "adHocSubProcess"
"""What a job worker of Camunda 8 may answer that steers; its `type` may say what it is."""


def compile_ad_hoc(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> AdHoc:
    """Which activities of an ad-hoc sub-process begin, and how it goes on."""
    until = None
    expression = sub.completion_condition
    if expression is not None and expression.body.strip():
        until = test_of(file, text_of(sub, "completion condition", expression))
    elements, camunda8 = None, dialect_of(file) == CAMUNDA8.dialect
    sequential = sub.ordering == "Sequential"
    if settings.elements:
        elements = computed(file, SourceText(sub, "active elements", settings.elements))
    if file.options.stub:
        elements = elements and _all_if_unknown(sub, elements)
    elif camunda8 and not settings.works:
        elements = _some(file, sub, elements)
    return AdHoc(
        sequential=sequential,
        until=until,
        ends=file.options.stub,
        cancels=sub.cancel_remaining_instances or sequential,
        by_path=camunda8,
        elements=elements,
        output=settings.output,
        collect=_collected(file, sub, settings),
    )


def _all_if_unknown(sub: m.AdHocSubProcess, elements: Computed) -> Computed:
    """In a stub run all activities that no flow leads to begin where nothing says which."""
    inside = _firsts(sub)

    def evaluate(names: Mapping[str, object]) -> object:
        found = elements.evaluate(names)
        return inside if found is None else found

    return Computed(elements.text, evaluate, elements.language)


def _some(file: DiagramFile, sub: m.AdHocSubProcess, elements: Computed | None) -> Computed | None:
    """What Camunda 8 begins with; where that is nothing it waits for its API."""
    if elements is None:
        what = "an ad-hoc sub-process of Camunda 8 that waits for its API to say what begins"
        file.refuse(codes.EXTENSION, sub, what, "give it an activeElementsCollection")
        return None
    evaluate = elements.evaluate

    def named(names: Mapping[str, object]) -> object:
        found = evaluate(names)
        if isinstance(found, list | tuple) and not found:
            what = "nothing is named to begin with, so Camunda 8 waits for its API"
            raise ExpressionError(what, text=elements.text)
        return found

    return Computed(elements.text, named, elements.language)


def _firsts(sub: m.AdHocSubProcess) -> list[str]:
    """The activities to which no flow leads."""
    led_to = {e.target_ref for e in sub.flow_elements if isinstance(e, m.SequenceFlow)}
    return [e.id for e in sub.flow_elements if isinstance(e, m.Activity) and e.id not in led_to]


def _collected(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> Computed | None:
    """What is collected of each path, if a variable is named for it too."""
    name, text = settings.output, settings.output_element
    if bool(name) != bool(text):
        what = "it names only one of outputCollection and outputElement"
        file.report(codes.VALUE, sub, what, "give both, or neither")
    return computed(file, SourceText(sub, "output element", text)) if name and text else None


def steer(file: DiagramFile, sub: m.AdHocSubProcess) -> str:
    """Put the job that steers a sub-process into it, if there is one.

    Returns:
        the node whose inside is what is drawn: the sub-process, or one that is put in it.
    """
    settings = read_settings(sub)
    if not settings.works:
        return sub.id
    _check_steered(file, sub, settings)
    ask, inner, choice, done = (f"{sub.id}/{part}" for part in ("ask", "inside", "next", "done"))
    about: dict[str, Any] = {"container": f"{sub.id}/steered", "place": sub.place}
    file.drafts.containers.append(
        ContainerDraft(id=about["container"], name=sub.name or "", node=sub.id, starts=[ask])
    )
    file.drafts.nodes += [
        _asked(file, sub, settings, NodeDraft(id=ask, kind=Kind.LISTENER, **about)),
        _inside(file, sub, settings, NodeDraft(id=inner, kind=Kind.AD_HOC, **about)),
        NodeDraft(id=choice, kind=Kind.EXCLUSIVE_GATEWAY, default=f"{ask}/again", **about),
        NodeDraft(id=done, kind=Kind.END_EVENT, **about),
    ]
    ways = {"begin": (ask, inner), "over": (inner, choice), "again": (choice, ask)}
    file.drafts.flows += [
        FlowDraft(id=f"{ask}/{name}", source=a, target=b, container=about["container"])
        for name, (a, b) in ways.items()
    ]
    over = _enough(sub)
    enough = Condition(over, "asked", lambda names: names.get(over) is True)
    file.drafts.flows.append(
        FlowDraft(
            id=f"{ask}/enough", source=choice, target=done, condition=enough,
            container=about["container"],
        )
    )  # fmt: skip
    return inner


def _enough(sub: m.AdHocSubProcess) -> str:
    """The variable that is true when nothing else begins in it; one inside it has its own."""
    return answer_variable(f"{sub.id}.enough")


def _check_steered(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> None:
    """Say what cannot be where a job says what is next."""
    if settings.elements or sub.completion_condition is not None:
        what = "a job worker says what begins in it and when it is complete, and the drawing too"
        file.report(codes.VALUE, sub, what, "remove one of them")
    if any(is_event_sub_process(e) for e in sub.flow_elements if isinstance(e, m.SubProcess)):
        what = "an event sub-process in an ad-hoc sub-process that a job worker steers"
        file.refuse(codes.ELEMENT, sub, what, "draw a boundary event")


def _asked(
    file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings, draft: NodeDraft
) -> NodeDraft:
    """The job that is asked."""
    work, result = compile_work(file, sub, settings), answer_variable(sub.id)
    names = (*work.names, sub.id)
    draft.work = replace(work, names=names, result=result, local=True, question=OneValue())
    draft.name = sub.name or ""
    firsts = tuple(_firsts(sub)) if file.options.stub else ()
    draft.steering = Steering(result, _enough(sub), planned, firsts)
    return draft


def _inside(
    file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings, draft: NodeDraft
) -> NodeDraft:
    """What has the data of one element, and goes on from it; what it gives is collected around."""
    draft.ad_hoc = AdHoc(elements=Computed(ELEMENT, lambda names: [names[ELEMENT]]))
    collect, name = _collected(file, sub, settings), settings.output

    def together(names: Mapping[str, Any]) -> object:
        assert collect is not None
        return added(names.get(name), collect.evaluate(names), name)

    draft.frame = FrameDraft()
    if collect is not None:
        draft.frame.outputs.append(Assign((name,), Computed(collect.text, together, "collected")))
    return draft


def planned(answer: object, known: Collection[str]) -> NextSteps:
    """Read what a job answers: elements to begin with, or a mapping that names them too.

    An element is its id, or a mapping with `elementId` and `variables`. What else is in the answer
    are variables of the sub-process.

    Raises:
        ExpressionError: it is no such answer, or names what is not there.

    >>> planned(["a", {"elementId": "b", "variables": {"n": 1}}], ["a", "b"]).begins
    ({'asked:element': 'a'}, {'n': 1, 'asked:element': 'b'})
    >>> planned({"isCompletionConditionFulfilled": True, "told": 5}, [])
    NextSteps(begins=(), enough=True, cancels=False, variables={'told': 5})
    """
    told = dict(answer) if isinstance(answer, Mapping) else {NEXT: answer}
    elements = told.pop(NEXT, None) or ()
    if told.get("type") == KIND:
        del told["type"]
    enough, cancels = told.pop(FULFILLED, False) is True, told.pop(CANCELS, False) is True
    if not isinstance(elements, list | tuple):
        raise ExpressionError(f"it says what begins next by {elements!r}, not by a list")
    return NextSteps(tuple([_begun(element, known) for element in elements]), enough, cancels, told)


def _begun(element: object, known: Collection[str]) -> Mapping[str, Any]:
    """The data with which an element begins, its id included."""
    told = element if isinstance(element, Mapping) else {"elementId": element}
    name, variables = told.get("elementId"), told.get("variables") or {}
    if not isinstance(name, str) or name not in known:
        raise ExpressionError(f"there is no {name!r} in it to begin with")
    if not isinstance(variables, Mapping):
        raise ExpressionError(f"the variables of {name!r} are {variables!r}, which is no mapping")
    return {**variables, ELEMENT: name}
