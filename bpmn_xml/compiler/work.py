"""What a task asks of the outside, from the standard's attributes and the dialect's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.bx import PYTHON, python_name
from bpmn_xml.compiler.dialects.settings import Settings, bean_name
from bpmn_xml.compiler.program import Evaluate, Work
from bpmn_xml.compiler.scripts import compile_script
from bpmn_xml.errors import ExpressionError

if TYPE_CHECKING:
    from bpmn_xml.compiler.lowering import Lowering

PASSIVE: Final = (m.Task, m.ManualTask)
"""Tasks that ask nothing of the outside."""


def compile_work(work: Lowering, task: m.Task, settings: Settings) -> Work | None:
    """The work of a task, or None for one that passes by itself."""
    if type(task) in PASSIVE:
        return None
    _standard_implementation(work, task, settings)
    script = None
    if isinstance(task, m.ScriptTask) and not settings.implementation:
        script = _script(work, task)
    return Work(
        names=tuple(dict.fromkeys(name for name in settings.names if name)),
        implementation=settings.implementation,
        script=script,
        many=settings.many,
        promotes=settings.promotes,
        resumable=settings.resumable,
        threads=settings.threads,
        delay=settings.delay,
        timeout=settings.timeout,
        retries=settings.retries,
        result=settings.result,
        max_in_flight=settings.max_in_flight,
        fields=tuple(settings.fields),
    )


def _standard_implementation(work: Lowering, task: m.Task, settings: Settings) -> None:
    """`implementation="python:…"` is the Python itself, another value a name to look up."""
    text = getattr(task, "implementation", "") or ""
    if text.startswith(PYTHON):
        try:
            python_name(settings, text)
        except ValueError as error:
            work.report("BX160", task, f"implementation: {error}", "correct it")
    elif text and not text.startswith("##"):
        settings.names.append(bean_name(text))


def _script(work: Lowering, task: m.ScriptTask) -> Evaluate | None:
    text = task.script.text if task.script is not None else ""
    if not text.strip():
        return None
    if not work.options.allow_scripts:
        if not work.options.stub:
            remedy = "allow it with --allow-scripts, or bind the task to Python"
            work.report("BX140", task, "its script is not run", remedy)
        return None
    language = expressions.language_of(text, task.script_format)
    try:
        return compile_script(text, language)
    except expressions.UnsupportedLanguage as error:
        message = f"its script is in {error.language}, which cannot be run"
        work.report("BX141", task, message, "bind the task to a Python function instead")
    except ExpressionError as error:
        message = f"its script is refused: {error}"
        work.report("BX141", task, message, "use lines of the form name = expression")
    return None
