"""What a task asks of the outside, from the standard's attributes and the dialect's settings.

An external task of Camunda 7 says besides which errors it throws where an expression holds.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.bx import PYTHON, python_name
from bpmn_xml.compiler.dialects.settings import Listener, Settings, bean_name
from bpmn_xml.compiler.drafts import shared
from bpmn_xml.compiler.elements.connectors import answer_rules
from bpmn_xml.compiler.elements.data.drawn_lines import result_of_line
from bpmn_xml.compiler.elements.execution_facts import facts_at, functions_of
from bpmn_xml.compiler.elements.python_values import bean_calls
from bpmn_xml.compiler.elements.scripts import (
    CompiledScript,
    assuming,
    compile_script,
    seeing_unset,
)
from bpmn_xml.compiler.elements.values import SourceText, computed, evaluated, is_evaluated, test_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import (
    BeanCalls,
    CallOptions,
    Condition,
    DecisionCall,
    ErrorRule,
    Failure,
    Lack,
    Waits,
    Work,
)
from bpmn_xml.compiler.program.scoping import Computed, Evaluate
from bpmn_xml.compiler.times.durations import retry_waits
from bpmn_xml.compiler.unset_data import data_around
from bpmn_xml.compiler.words import in_language
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.outside import OutsideError
from bpmn_xml.expressions.wording import describe
from bpmn_xml.model.about import place_of
from bpmn_xml.model.vendors import CAMUNDA

ROWS: Final = "decisionResult"
"""The variable of Camunda 7 that has a decision's rows until its task is left."""

BIND_INSTEAD: Final = "bind Python to its id"


SAVED: Final = (0, 0)
"""The waits before further attempts at a job of a save point of Camunda 7."""


FAILED: Final = "externalTask"
"""The name under which an expression finds how the task failed."""


class Drawn(NamedTuple):
    """Work that is written out in a drawing: what runs it, or why it is not run."""

    script: Evaluate | None = None
    beans: BeanCalls | None = None
    lacks: Lack | None = None


def compile_work(file: DiagramFile, task: m.FlowNode, settings: Settings) -> Work:
    """The work of a task that does not pass by itself."""
    _standard_implementation(file, task, settings)
    settings.result = settings.result or result_of_line(file, task)
    decision = _decision(file, task, settings)
    drawn = _drawn(file, task, settings)
    if settings.tried and not settings.external:
        settings.retries = SAVED
    return Work(
        names=tuple(dict.fromkeys(name for name in settings.names if name)),
        decision=decision,
        script=drawn.script,
        lacks=drawn.lacks,
        beans=drawn.beans,
        name_expression=_name_expression(file, task, settings),
        answer=answer_rules(file, task, dict(settings.fields)),
        errors=tuple(error_rules(file, task, settings)),
        tries=_tries(file, task, settings.tries),
        fields=tuple(settings.fields),
        **shared(settings, CallOptions),
    )


def _name_expression(file: DiagramFile, task: m.BaseElement, settings: Settings) -> Computed | None:
    """The name of the work, where an expression gives it."""
    if not settings.name_expression or settings.implementation:
        return None
    return computed(file, SourceText(task, "task type", settings.name_expression))


def _tries(file: DiagramFile, element: m.BaseElement, text: str) -> Waits | None:
    """Attempts and waits that an expression gives: a number, or a text such as `R3/PT10S`."""
    value = computed(file, SourceText(element, "number of retries", text)) if text else None
    if value is None:
        return None

    def evaluate(names: Mapping[str, object]) -> tuple[int, ...]:
        found = value.evaluate(names)
        stated = found if isinstance(found, str) or type(found) is int else describe(found)
        try:
            return retry_waits(str(stated), first_counts=True)
        except ValueError as error:
            raise ExpressionError(str(error), text=text) from error

    return Waits(text, evaluate)


def listener_work(
    file: DiagramFile,
    element: m.BaseElement,
    listener: Listener,
    given: tuple[tuple[str, Computed], ...] = (),
) -> Work:
    """The work of a listener, with the values that its Python is given."""
    settings = Settings(
        expression=listener.expression,
        script=listener.script,
        resource=listener.resource,
        name_expression=listener.name_expression,
    )
    drawn = _drawn(file, element, settings, listener.event)
    return Work(
        names=(listener.name,) if listener.name else (),
        script=drawn.script,
        lacks=drawn.lacks,
        beans=drawn.beans,
        name_expression=_name_expression(file, element, settings),
        retries=listener.retries,
        tries=_tries(file, element, listener.tries),
        fields=listener.fields,
        given=given,
    )


def _drawn(file: DiagramFile, element: m.BaseElement, settings: Settings, event: str = "") -> Drawn:
    """What the drawing itself says of the work; nothing where it names Python."""
    if settings.implementation:
        return Drawn()
    if settings.expression:
        return _expression(file, element, settings, event)
    if isinstance(element, m.ScriptTask) or settings.script:
        return _script(file, element, settings, event)
    return Drawn()


def _expression(file: DiagramFile, element: m.BaseElement, settings: Settings, event: str) -> Drawn:
    """An expression that is work: a value of the variables, or calls of Python."""
    text, result = settings.expression.strip(), settings.result
    facts = facts_at(file, element, text, event)
    beans = bean_calls(text, facts)
    if beans is not None:
        return Drawn(beans=beans)
    try:
        evaluate = expressions.compile(text, "juel", functions=functions_of(facts)).evaluate
    except OutsideError as error:
        what = f"its expression needs {error.named}, which cannot be evaluated"
        return _lacking(file, element, Lack(codes.NO_SCRIPT, what, BIND_INSTEAD))
    except ExpressionError as error:
        what = f"its expression: {error}"
        file.report_at(place_of(element, text), codes.NO_SCRIPT, element, what, "correct it")
    else:
        script = CompiledScript(text, "juel", result, ((result, evaluate),))
        return Drawn(script=assuming(script) if file.options.stub else script)
    return Drawn()


def _lacking(file: DiagramFile, element: m.BaseElement, lacks: Lack) -> Drawn:
    """Work that is drawn and not run: Python must be bound in its place. A stub run passes."""
    if not file.options.stub:
        return Drawn(lacks=lacks)
    file.report(lacks.code, element, lacks.what, lacks.remedy)
    return Drawn()


def _decision(file: DiagramFile, task: m.FlowNode, settings: Settings) -> DecisionCall | None:
    """The decision that a task names; Camunda 7 takes a list of rows unless something is said.

    A constant name may also be that of Python.
    """
    if not settings.decision:
        return None
    text, choose = SourceText(task, "decision", settings.decision), None
    if is_evaluated(text):
        value = evaluated(file, text)
        choose = value.evaluate if value else None
    else:
        settings.names.append(settings.decision)
    return DecisionCall(
        name=settings.decision,
        choose=choose,
        mapping=settings.decision_mapping or ("resultList" if settings.decision_rows else ""),
        result=settings.result,
        rows=ROWS if settings.decision_rows and _mentions(settings, ROWS) else "",
    )


def _mentions(settings: Settings, name: str) -> bool:
    """Whether what happens behind a task's work asks for a variable."""
    texts = [one.text for given in settings.outputs for one in given.all_in()]
    texts += [one.expression for one in settings.listeners]
    texts += [one.script.text for one in settings.listeners if one.script]
    return any(name in text for text in texts)


def _standard_implementation(file: DiagramFile, task: m.FlowNode, settings: Settings) -> None:
    """`implementation="python:…"` is the Python itself, another value a name to look up."""
    text = getattr(task, "implementation", "##unspecified").strip()
    if not text or text.startswith("##"):
        return
    settings.works = True
    if not text.startswith(PYTHON):
        settings.names.append(bean_name(text))
    elif not settings.implementation:
        try:
            python_name(settings, text)
        except ValueError as error:
            file.report(codes.VALUE, task, f"implementation: {error}", "correct the value")


def _script(file: DiagramFile, task: m.BaseElement, settings: Settings, event: str) -> Drawn:
    """The script of a task, or why it is not run; one in JUEL may call Python as expressions do."""
    text, declared = _script_text(task, settings)
    if not (text.strip() or settings.resource):
        return Drawn()
    if settings.script is not None and settings.script.pure:
        source = SourceText(task, "script", text.strip(), declared, codes.NO_SCRIPT)
        return _pure(evaluated(file, source), settings.result)
    beans = None
    if expressions.language_of(text, declared) == "juel" and not settings.resource:
        beans = bean_calls(text.strip(), facts_at(file, task, text, event))
    found = beans or _compiled(settings, text, declared)
    if not (isinstance(found, Lack) or file.options.allow_scripts):
        remedy = f"allow it with --allow-scripts, or {BIND_INSTEAD}"
        found = Lack(codes.SCRIPT, "its script is not run", remedy)
    if isinstance(found, BeanCalls):
        return Drawn(beans=found)
    if isinstance(found, CompiledScript):
        found = seeing_unset(found, data_around(file, task, found.language))
        return Drawn(script=assuming(found) if file.options.stub else found)
    return _lacking(file, task, found)


def _pure(value: Computed | None, result: str) -> Drawn:
    """A script that is no more than an expression; nothing if that has a fault."""
    if value is None:
        return Drawn()
    return Drawn(
        script=CompiledScript(value.text, value.language, result, ((result, value.evaluate),))
    )


def _compiled(settings: Settings, text: str, declared: str | None) -> CompiledScript | Lack:
    """A script, or why it cannot be run."""
    if settings.resource:
        what = f"its script is in the file {settings.resource!r}, which is not read"
        return Lack(codes.NO_SCRIPT, what, BIND_INSTEAD)
    language = expressions.language_of(text, declared)
    try:
        return compile_script(text, language, settings.result)
    except expressions.UnsupportedLanguage as error:
        what = f"its script {in_language(error, 'run')}"
        return Lack(codes.NO_SCRIPT, what, BIND_INSTEAD)
    except ExpressionError as error:
        what = f"its script cannot be run: {error}"
        return Lack(codes.NO_SCRIPT, what, f"correct it, or {BIND_INSTEAD}")


def _script_text(task: m.BaseElement, settings: Settings) -> tuple[str, str | None]:
    """A script and the language that is declared for it."""
    if settings.script:
        return settings.script.text, settings.script.language
    if isinstance(task, m.ScriptTask) and task.script:
        return task.script.text, task.script_format
    return "", None


def error_rules(file: DiagramFile, task: m.BaseElement, settings: Settings) -> Iterator[ErrorRule]:
    """What a task throws where an expression holds when it is done, or has failed."""
    for stated in settings.errors:
        error = file.roots.get(stated.error)
        if not isinstance(error, m.Error) or not stated.expression.strip():
            what = "an error that it throws has no expression, or is not in the file"
            file.report(codes.VALUE, task, what, "give it both")
            continue
        condition = test_of(file, SourceText(task, "error's condition", stated.expression))
        message = error.extension_attribute(CAMUNDA, "errorMessage") or error.name or ""
        if condition is not None:
            yield _rule(condition, error.error_code or error.id, message)


def _rule(condition: Condition, code: str, message: str) -> ErrorRule:
    """The rule by which an error is thrown.

    When the task has failed, a condition that cannot be evaluated does not hold; nor does one that
    asks how it failed, when it has not.
    """

    def holds(variables: Mapping[str, Any], failure: Failure | None) -> bool:
        said, detail = failure or (None, None)
        told = {FAILED: {"errorMessage": said, "errorDetails": detail}}
        try:
            return condition.evaluate(ChainMap(told, variables))  # type: ignore[arg-type] # only read
        except ExpressionError:
            if failure is None and FAILED not in condition.text:
                raise
            return False

    return ErrorRule(condition, holds, code, message)
