"""Conditions of sequence flows: text -> a function that answers true or false."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.execution_facts import facts_at, functions_of
from bpmn_xml.compiler.elements.python_values import (
    ask_after,
    ask_behind,
    evaluated_once,
    foreign,
    judged_before,
    python_condition,
    question,
)
from bpmn_xml.compiler.elements.values import SourceText, file_language, yes_or_no
from bpmn_xml.compiler.engine_rules import dialect_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Condition, Work
from bpmn_xml.compiler.unset_data import data_around, reading_unset
from bpmn_xml.compiler.wiring import Wiring
from bpmn_xml.compiler.words import NOT_EVALUATED, language_word, with_article
from bpmn_xml.errors import ExpressionError, Place
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.chance import check_settled
from bpmn_xml.model.about import element_word, place_of
from bpmn_xml.wording import listed, on_one_line, quoted

CHOOSING: Final = (m.ExclusiveGateway, m.InclusiveGateway)
"""Elements whose flows can be chosen even if none has a condition."""

UNASKED: Final[Mapping[type[m.FlowNode], str]] = {
    m.ParallelGateway: "a parallel gateway takes all its flows",
    m.EventBasedGateway: "an event-based gateway takes the flow whose event happens first",
}
"""Elements that never ask a condition, and why."""

FEEL: Final = "camunda8"
"""The dialect whose expressions are FEEL."""

SHOWN: Final = 5
"""How many ways a message shows."""

Flows = Sequence[m.SequenceFlow]
Conditions = dict[str, Condition]
"""The conditions of the flows that leave a node, by the flow's id."""


class FlowCondition(NamedTuple):
    """A condition as it was read: its flow, its text, or the file in which it is."""

    flow: m.SequenceFlow
    text: str
    resource: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.flow, self.text or self.resource)


def check_activations(file: DiagramFile, wiring: Wiring) -> None:
    """Refuse complex gateways that join and do not say what starts them (13.4.5).

    One that only splits needs no condition. In a stub run the first token starts it.
    """
    joins = [wiring.nodes[name] for name, flows in wiring.arriving.items() if len(flows) > 1]
    for gateway in joins:
        stated = getattr(gateway, "activation_condition", None)
        empty = stated is None or not stated.body.strip()
        if isinstance(gateway, m.ComplexGateway) and empty:
            what = "it has no activation condition, so nothing says which tokens it takes"
            file.lack(codes.VALUE, gateway, what, 'give it one, as in "activationCount >= 2"')


def compile_conditions(file: DiagramFile, node: m.FlowNode, leaving: Flows) -> Conditions:
    """The conditions of the flows that leave a node, or those that a choice puts in their place."""
    stated = [found for flow in leaving if (found := _condition_on(file, flow))]
    if type(node) in UNASKED:
        _never_evaluated(file, stated, UNASKED[type(node)])
        stated = []
    chosen = file.options.choices.get(node.id)
    if chosen:
        choosable = bool(stated) or isinstance(node, CHOOSING)
        return _choose(file, node, leaving, chosen, choosable=choosable)
    default = getattr(node, "default", None)
    _never_evaluated(file, [a for a in stated if a.flow.id == default], "it is on the default flow")
    stated = [found for found in stated if found.flow.id != default]
    if isinstance(node, m.ExclusiveGateway):
        _check_order(file, node, leaving, {found.flow.id for found in stated})
        _check_repeated(file, stated)
    return _compile_all(file, node, leaving, stated)


def _condition_on(file: DiagramFile, flow: m.SequenceFlow) -> FlowCondition | None:
    """The condition of a flow. An empty one is none: modelers leave them behind."""
    expression = flow.condition_expression
    if expression is None:
        file.settings(flow)
        return None
    resource = file.settings(flow, expression).resource
    text = expression.body.strip()
    return FlowCondition(flow, text, resource) if text or resource else None


def _never_evaluated(file: DiagramFile, stated: Sequence[FlowCondition], why: str) -> None:
    for found in stated:
        what = f"its condition is never asked: {why}"
        file.report_at(found.place, codes.NOT_ASKED, found.flow, what, "remove the condition")


def _check_order(
    file: DiagramFile, gateway: m.ExclusiveGateway, leaving: Flows, stated: set[str]
) -> None:
    """Warn of what comes after a flow that is always taken (13.4.2)."""
    order = [flow.id for flow in leaving]
    first = next((i for i, n in enumerate(order) if n not in stated and n != gateway.default), None)
    if first is None:
        return
    before, after = order[:first], order[first + 1 :]
    never = [name for name in before if name == gateway.default] + after
    if never:
        what = f"{order[first]} has no condition, so {listed(never)} can never be taken"
        ways = options(gateway, leaving)
        remedy = f"give it a condition, make it the default flow, or take {ways}"
        file.report(codes.NEVER_TAKEN, gateway, what, remedy)


def _check_repeated(file: DiagramFile, stated: Sequence[FlowCondition]) -> None:
    """Warn of flows behind one that has the same condition, which is asked first (13.4.2)."""
    first: dict[str, FlowCondition] = {}
    for found in stated:
        text = " ".join(found.text.replace("#{", "${").split())
        before = first.setdefault(text, found)
        if text and before is not found:
            what = f"its condition is that of {before.flow.id!r}, which is asked first"
            remedy = "correct one of them"
            file.report_at(found.place, codes.NEVER_TAKEN, found.flow, what, remedy)


def _compile_all(
    file: DiagramFile, node: m.FlowNode, leaving: Flows, stated: Sequence[FlowCondition]
) -> Conditions:
    """Compile the conditions that can be; Python gives the others when the node is left.

    Of an exclusive gateway those before are judged at the same moment.
    """
    conditions: Conditions = {}
    first = isinstance(node, m.ExclusiveGateway)
    ask = ask_after if isinstance(node, m.Gateway) else ask_behind
    draft = file.drafted.get(node.id)
    for found in stated:
        name = found.flow.id
        work = _question(file, found)
        if work is not None:
            if first:
                work = msgspec.structs.replace(work, question=judged_before(conditions))
            if draft is not None:  # else the node is refused
                ask(file, node, draft, _choosable(work, node, leaving))
            if first:
                conditions = {
                    before: evaluated_once(before, one) for before, one in conditions.items()
                }
            conditions[name] = python_condition(name, found.text or found.resource)
            continue
        try:
            conditions[name] = compile_condition(file, found)
        except ExpressionError as error:
            mend = "begin it with '='" if _lacks_sign(file, found) else "correct it"
            remedy = f"{mend}, or answer with {options(node, leaving)}"
            code = codes.ASSUMED if _is_prose(file, found) else codes.NO_EXPRESSION
            file.report_at(found.place, code, found.flow, str(error), remedy)
            conditions[name] = python_condition(name, found.text)  # checks see that there is one
    return conditions


def _is_prose(file: DiagramFile, stated: FlowCondition) -> bool:
    """Whether a stub run takes a condition for prose, of which it knows as little as without data.

    Analysts write `the customer is happy`. What says in which language it is has a fault.
    """
    declared = getattr(stated.flow.condition_expression, "language", None)
    general = file_language(file)
    return file.options.stub and not expressions.names_language(stated.text, declared, general)


def _lacks_sign(file: DiagramFile, stated: FlowCondition) -> bool:
    """Whether a condition may be meant as FEEL, which begins with `=` in files of Camunda 8."""
    declared = getattr(stated.flow.condition_expression, "language", None)
    return not declared and not stated.text.startswith("=") and dialect_of(file) == FEEL


def _question(file: DiagramFile, stated: FlowCondition) -> Work | None:
    """The work that answers a condition; None where it can be evaluated, or has a fault."""
    flow = stated.flow
    if stated.resource:
        return foreign("condition", flow.id, f"is in the file {stated.resource!r}, {NOT_EVALUATED}")
    declared = getattr(flow.condition_expression, "language", None)
    text = SourceText(flow, "condition", stated.text, declared)
    return question(file, text, flow.id)


def _choosable(work: Work, node: m.FlowNode, leaving: Flows) -> Work:
    """Tell who lacks the answer that it can be given by hand."""
    if work.lacks is None:
        return work
    remedy = f"{work.lacks.remedy}, or answer with {options(node, leaving)}"
    return msgspec.structs.replace(work, lacks=msgspec.structs.replace(work.lacks, remedy=remedy))


def compile_condition(file: DiagramFile, stated: FlowCondition) -> Condition:
    """Compile one condition.

    Raises:
        ExpressionError: it is no expression; what it says is meant for people.
    """
    text, declared = stated.text, getattr(stated.flow.condition_expression, "language", None)
    general = file_language(file)
    functions = functions_of(facts_at(file, stated.flow, text))
    try:
        compiled = expressions.compile_said(text, declared, general, functions)
        check_settled(compiled.tree, text)
        _check_single(compiled.tree, text)
    except ExpressionError as error:
        word = language_word(expressions.language_of(text, declared, general))
        where = f" at character {error.offset + 1}"
        unnamed = "names no language and " if word == "Python" and not declared else ""
        what = f"its condition {quoted(text)} {unnamed}is no {word}{where}: {error}"
        raise ExpressionError(what, text=text) from None
    language = compiled.language
    unset = data_around(file, stated.flow, language)
    evaluate = reading_unset(compiled.evaluate, compiled.names, unset)
    answer = yes_or_no(evaluate, language, text, compiled.explain)
    return Condition(compiled.text, language, answer)


def _check_single(term: tree.Term, text: str) -> None:
    """Refuse what joins expressions to a text, which is never true or false."""
    if isinstance(term, tree.Template):
        what = "what stands beside '${...}' makes a text of it, which is neither true nor false"
        message = f"{what}: write all between '${{' and '}}'"
        beside = next((part for part in term.parts if part.at), term)
        raise ExpressionError(message, text=text, offset=beside.at)


def options(node: m.FlowNode, leaving: Flows) -> str:
    """What to type to choose a way, for the first flows that leave a node."""
    typed = [_option(node, flow) for flow in leaving[:SHOWN]]
    others = [f"another of its {len(leaving)} flows"] if leaving[SHOWN:] else []
    return listed([*typed, *others], "or")


def _option(node: m.FlowNode, flow: m.SequenceFlow) -> str:
    typed = f"--choose {shlex.quote(f'{node.id}={flow.id}')}"
    return f"{typed} ({quoted(flow.name)})" if flow.name else typed


def _choose(
    file: DiagramFile, node: m.FlowNode, leaving: Flows, chosen: str, *, choosable: bool
) -> Conditions:
    """Replace the conditions of a node's flows: the chosen one holds, the others do not.

    It is named by its id, or by a name that no other way out has.
    """
    called = [flow.id for flow in leaving if on_one_line(flow.name or "") == chosen]
    taken = called[0] if len(called) == 1 and chosen not in {f.id for f in leaving} else chosen
    if not choosable:
        what = f"--choose: {with_article(element_word(node))} without conditions has no choice"
        file.report(codes.CHOICE, node, what, "remove it")
    elif all(flow.id != taken for flow in leaving):
        what = f"--choose: {chosen!r} is no flow that leaves it"
        what = f"--choose: {len(called)} flows that leave it are {chosen!r}" if called else what
        remedy = f"take {options(node, leaving)}" if leaving else "remove it"
        file.report(codes.CHOICE, node, what, remedy)
    text = f"--choose {node.id}={taken}"
    return {flow.id: always(text, holds=flow.id == taken) for flow in leaving}


def always(text: str, *, holds: bool) -> Condition:
    """The condition that a choice puts in the place of another."""
    return Condition(text, "choice", lambda _variables: holds)
