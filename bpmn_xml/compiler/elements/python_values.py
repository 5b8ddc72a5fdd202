"""Values that Python computes: expressions that call it, and scripts that it replaces.

A job of its own computes such a value just before it is needed, and writes it to a variable that
the element then reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, pairwise

from msgspec.structs import replace

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import FlowDraft, FrameDraft, NodeDraft, in_a_row
from bpmn_xml.compiler.elements.execution_facts import (
    NOTHING,
    TASK_FACTS,
    TOLD_AT,
    Facts,
    facts_at,
    functions_of,
    is_apart,
)
from bpmn_xml.compiler.elements.values import (
    SourceText,
    general_language,
    is_evaluated,
    variable,
    yes_or_no,
)
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import BeanCalls, Condition, Kind, Lack, OneValue, Work
from bpmn_xml.compiler.program.scoping import ASKED, Assign, Computed
from bpmn_xml.compiler.words import NOT_EVALUATED, in_language
from bpmn_xml.errors import ExpressionError, Place
from bpmn_xml.expressions.outside import OutsideError
from bpmn_xml.model.about import name_of, place_of


def answer_variable(name: str) -> str:
    """The name of the variable that takes a value which Python computes.

    >>> answer_variable("assignee")
    'asked:assignee'
    """
    return f"{ASKED}{name}"


def bean_calls(text: str, facts: Facts = NOTHING) -> BeanCalls | None:
    """The calls of Python in an expression; None where there are none, or other things too.

    `facts` are what the expression can know of its element.

    >>> bean_calls("${mail.send(to)}").calls, bean_calls("${to}"), bean_calls("${task.owner}")
    (('mail.send',), None, None)
    """
    try:
        expressions.compile(text, "juel", functions=functions_of(facts))
    except OutsideError as error:
        calls = [call.removesuffix("()") for call in error.calls]
        known = TASK_FACTS if facts.get("task.eventName") in TOLD_AT else NOTHING
        called = all(call.endswith("()") or call in known for call in error.calls)
        if called and "(" not in "".join(calls):
            return BeanCalls(text, tuple(calls), facts, is_apart(text, calls))
    except ExpressionError:
        pass  # whoever compiles it reports it
    return None


def question(file: DiagramFile, text: SourceText, name: str) -> Work | None:
    """The work that computes a value; None if the engine can evaluate it, or the text has a fault.

    Args:
        file: the file of the expression.
        text: the expression, or the script.
        name: the name to bind Python by, if it cannot be evaluated as it stands.
    """
    facts = facts_at(file, text.element, text.text)
    beans = bean_calls(text.text, facts)
    apart = [call for call in beans.calls if is_apart("", [call])] if beans is not None else []
    if apart:
        return foreign(text.what, name, f"needs {apart[0]}(), {NOT_EVALUATED}")
    if beans is not None:
        return Work(beans=beans, result=answer_variable(name), local=True, question=OneValue())
    general = general_language(file, text)
    try:
        expressions.compile_said(text.text, text.declared, general, functions_of(facts))
    except expressions.UnsupportedLanguage as error:
        return foreign(text.what, name, in_language(error, "evaluated"))
    except OutsideError as error:
        return foreign(text.what, name, f"needs {error.named}, {NOT_EVALUATED}")
    except ExpressionError:
        pass  # whoever compiles it reports it
    return None


def foreign(what: str, name: str, why: str) -> Work:
    """The work that computes a value whose expression cannot be evaluated."""
    lack = Lack(
        codes.LANGUAGE,
        f"its {what} {why}",
        f'bind Python to it: add a line {json.dumps(name)} = "python:module:function" to'
        " bindings.toml",
    )
    return Work(
        names=(name,), lacks=lack, result=answer_variable(name), local=True, question=OneValue()
    )


def answer(name: str) -> Computed:
    """The value that Python computed."""
    return variable(answer_variable(name))


def python_condition(name: str, text: str) -> Condition:
    """A condition that Python computes."""
    return Condition(text, "asked", yes_or_no(answer(name).evaluate, "asked", text))


def judged_before(conditions: Mapping[str, Condition]) -> OneValue:
    """A value before which conditions are evaluated, once."""
    return OneValue(tuple((answer_variable(name), found) for name, found in conditions.items()))


def evaluated_once(name: str, condition: Condition) -> Condition:
    """A condition that is evaluated once, before Python computes a later one.

    A stub run calls no Python, so there it is evaluated when it is needed.
    """

    def evaluate(variables: Mapping[str, object]) -> bool:
        value = variables.get(answer_variable(name))
        return condition.evaluate(variables) if value is None else value is True

    return replace(condition, evaluate=evaluate)


def job(file: DiagramFile, node: m.BaseElement, container: str, work: Work) -> str:
    """Add the node of a job that brings a value to an element; its id."""
    about = _asked_for(file, node, work)
    draft = NodeDraft(
        id=free_id(file, f"{node.id}/{work.result or work.names[0].rpartition('.')[2]}"),
        name=name_of(node),
        kind=Kind.LISTENER,
        container=container,
        work=work,
        place=_place(about, work),
        about=about.id,
    )
    file.drafts.nodes.append(draft)
    file.jobs.add(draft.id)
    return draft.id


def _asked_for(file: DiagramFile, node: m.BaseElement, work: Work) -> m.BaseElement:
    """What a value is for: a flow with a condition, or else the node itself."""
    element, _ = file.homes.get(work.result.removeprefix(ASKED), (node, None))
    return element if isinstance(element, m.SequenceFlow) else node


def _place(about: m.BaseElement, work: Work) -> Place:
    """Where the text stands that a job computes, as far as that is known."""
    if work.beans is not None:
        return place_of(about, work.beans.text)
    expression = about.condition_expression if isinstance(about, m.SequenceFlow) else None
    return (expression or about).place


def free_id(file: DiagramFile, name: str) -> str:
    """An id that no node has yet."""
    numbered = chain([name], (f"{name}{number}" for number in count(2)))
    return next(id_ for id_ in numbered if id_ not in file.claimed and id_ not in file.jobs)


def frame_of(file: DiagramFile, node: m.FlowNode, draft: NodeDraft) -> FrameDraft:
    """The frame of a draft, made now if there is none."""
    if draft.frame is None:
        draft.frame = FrameDraft()
        if file.flow_payload:
            what = "an element with data of its own, or listeners, where results travel along flows"
            file.refuse(codes.DATA, node, what, "put a task before it")
        if draft.kind is Kind.EVENT_GATEWAY:
            what = "an event-based gateway with data of its own, or listeners"
            file.refuse(codes.DATA, node, what, "put a task before it")
    return draft.frame


def ask_after(
    file: DiagramFile, node: m.FlowNode, draft: NodeDraft, work: Work, target: str = ""
) -> None:
    """Compute a value when an element's own work is done, into a variable around the element."""
    frame = frame_of(file, node, draft)
    frame.output_jobs.append(job(file, node, draft.container, work))
    frame.outputs.extend(_writes(work, target))


def _writes(work: Work, target: str = "") -> list[Assign]:
    """What such a job writes to the variables around its element."""
    before = work.question.before if work.question is not None else ()
    names = [*[(name, name) for name, _ in before], (target or work.result, work.result)]
    return [Assign((name,), variable(source)) for name, source in names]


def ask_behind(file: DiagramFile, node: m.FlowNode, draft: NodeDraft, work: Work) -> None:
    """Compute a value when an element is left: once for all its instances, with all its outputs.

    The first such job is put between the element and its outgoing flows.
    """
    if node.id in file.postludes:
        ask_after(file, node, file.drafted[file.postludes[node.id][0]], work)
        return
    name = job(file, node, draft.container, work)
    put_behind(file, draft, [name])
    frame_of(file, node, file.drafted[name]).outputs.extend(_writes(work))


def put_behind(file: DiagramFile, draft: NodeDraft, names: list[str]) -> None:
    """Put nodes, in a row, between an element and its outgoing flows; `lead_through` does it."""
    last = file.drafted[names[-1]]
    last.default, draft.default = draft.default, ""
    last.gives, draft.gives = draft.gives, 1
    file.postludes[draft.id] = names


def ask_first(file: DiagramFile, node: m.FlowNode, work: Work) -> None:
    """Compute a value before an element is entered; `lead_through` redirects its incoming flows."""
    container = file.drafts.containers[-1].id
    file.preludes.setdefault(node.id, []).append(job(file, node, container, work))


def asked_before(file: DiagramFile, node: m.FlowNode, text: SourceText) -> Computed | None:
    """What Python says as a token comes, or, at a boundary, as the activity begins; else None.

    Nobody can be asked before a process, or an event sub-process, has begun.
    """
    host = node.attached_to_ref if isinstance(node, m.BoundaryEvent) else node.id
    at, _ = file.homes.get(host, (None, None))
    if file.options.stub or isinstance(node, m.StartEvent) or not is_evaluated(text):
        return None
    name = f"{node.id}.{text.what}"
    work = question(file, text, name)
    if work is None or not isinstance(at, m.FlowNode):
        return None
    ask_first(file, at, work)
    return answer(name)


def lead_through(
    file: DiagramFile, container: str, starts: Sequence[str], flows: Iterable[FlowDraft]
) -> list[str]:
    """Redirect the flows of a container through the jobs before and behind its elements.

    Returns:
        the nodes that the container starts with now.
    """
    for flow in flows:
        flow.source = file.postludes.get(flow.source, [flow.source])[-1]
        flow.target = file.preludes.get(flow.target, [flow.target])[0]
    for first, names in file.postludes.items():
        file.drafts.flows += [
            FlowDraft(id=f"{target}/to", source=source, target=target, container=container)
            for source, target in pairwise([first, *names])
        ]
    file.postludes.clear()
    return _chain_preludes(file, container, starts)


def _chain_preludes(file: DiagramFile, container: str, starts: Sequence[str]) -> list[str]:
    """Lead from job to job, and then to their elements; the new starts of the container."""
    begins = [file.preludes.get(name, [name])[0] for name in starts]
    for target, names in file.preludes.items():
        file.drafts.flows += in_a_row(container, [*names, target])
    file.preludes.clear()
    return begins
