"""Values that elements compute of the variables: names, keys, collections, due times, conditions.

A text is a constant unless it asks to be evaluated, or says in which language it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from msgspec.structs import replace

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.assumptions import assumed
from bpmn_xml.compiler.dialects.settings import is_expression
from bpmn_xml.compiler.elements.execution_facts import facts_at, functions_of
from bpmn_xml.compiler.engine_rules import ENGINES, dialect_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Condition, Schedule
from bpmn_xml.compiler.program.scoping import CAMUNDA7, Computed, Evaluate
from bpmn_xml.compiler.times.timers import Duration, read_cycle, read_date, read_duration
from bpmn_xml.compiler.unset_data import data_around, reading_unset
from bpmn_xml.compiler.words import in_language, language_word
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.chance import check_settled
from bpmn_xml.expressions.languages import canonical
from bpmn_xml.expressions.outside import OutsideError
from bpmn_xml.expressions.wording import describe
from bpmn_xml.model.about import place_of
from bpmn_xml.wording import quoted

T = TypeVar("T")

BEFORE: Final = "let a task before it write a variable"
CONSTANT: Final = "give it a constant: nothing has come before that could write a variable"

TRUTHY: Final = frozenset({"python"})
"""Languages in which every value is true or false."""

UNKNOWN: Final = "unknown"
"""The language of what a stub run cannot evaluate."""


class SourceText(NamedTuple):
    """A text of an element, what it is called in messages, and the language it declares.

    `code` is that of the finding that it cannot be evaluated.
    """

    element: m.Element
    what: str
    text: str
    declared: str | None = None
    code: str = codes.NO_EXPRESSION


def text_of(element: m.Element, what: str, expression: m.Expression) -> SourceText:
    """The text of an expression element."""
    return SourceText(element, what, expression.body.strip(), getattr(expression, "language", None))


def fault(file: DiagramFile, text: SourceText, code: str, what: str, remedy: str) -> None:
    """Report what is wrong with a text, at the line on which it stands."""
    file.report_at(place_of(text.element, text.text), code, text.element, what, remedy)


def computed(file: DiagramFile, text: SourceText) -> Computed | None:
    """A value: a constant, or what an expression computes; None if it cannot be evaluated."""
    return evaluated(file, text) if is_evaluated(text) else constant(text.text)


def is_evaluated(text: SourceText) -> bool:
    """Whether a text is to be evaluated."""
    return bool(text.declared) or is_expression(text.text)


def named(file: DiagramFile, text: SourceText) -> Computed | None:
    """A name or a code: a constant, or what an expression computes."""
    return telling(file, text, computed(file, text))


def telling(file: DiagramFile, text: SourceText, value: Computed | None) -> Computed | None:
    """A value that names something. FEEL gives null for want of data, which names nothing.

    In a stub run it is empty then.
    """
    if value is None or not value.language:
        return value

    def evaluate(names: Mapping[str, object]) -> object:
        found = value.evaluate(names)
        if found is None and file.options.stub:
            return ""
        if found is None and value.language == "feel":
            why = expressions.why_null(value.text, value.language, names)
            what = f"the {text.what} {quoted(text.text)} is null{why and f': {why}'}"
            raise ExpressionError(what, text=text.text)
        return found

    return Computed(value.text, evaluate, value.language)


def constant(text: str) -> Computed:
    """A value that is always the same."""
    return Computed(text, lambda _names: text)


def variable(name: str) -> Computed:
    """The value of a variable, or nothing where there is none."""
    return Computed(name, lambda names: names.get(name), "variable")


def evaluated(file: DiagramFile, text: SourceText, *, settled: bool = False) -> Computed | None:
    """What an expression computes, or None with the reason reported.

    `settled`: without chance; and a stub run assumes nothing, which is left to who asks.
    """
    general = general_language(file, text)
    try:
        functions = functions_of(facts_at(file, text.element, text.text))
        compiled = expressions.compile_said(text.text, text.declared, general, functions)
        if settled:
            check_settled(compiled.tree, text.text)
        evaluate = compiled.evaluate if settled else written(compiled)
        unset = data_around(file, text.element, compiled.language)
        evaluate = reading_unset(evaluate, compiled.names, unset)
        evaluate = assumed(evaluate, None) if file.options.stub and not settled else evaluate
        return Computed(compiled.text, evaluate, compiled.language)
    except (expressions.UnsupportedLanguage, OutsideError) as error:
        if file.options.stub and text.code == codes.NO_EXPRESSION:
            return _unknown(file, text)
        if isinstance(error, OutsideError):
            begins = isinstance(text.element, m.StartEvent)
            what = f"its {text.what} {quoted(text.text)}: {error}"
            fault(file, text, text.code, what, CONSTANT if begins else BEFORE)
            return None
        what = f"its {text.what} {in_language(error, 'evaluated')}"
        code = codes.LANGUAGE if text.code == codes.NO_EXPRESSION else text.code
        fault(file, text, code, what, "give a constant, or a variable's name")
    except ExpressionError as error:
        where = f" at character {error.offset + 1}"
        word = language_word(expressions.language_of(text.text, text.declared, general))
        what = f"its {text.what} {quoted(text.text)} is no {word}{where}: {error}"
        fault(file, text, text.code, what, "correct it")
    return None


def written(compiled: expressions.Compiled) -> Evaluate:
    """What evaluates to a value that is written: numbers of FEEL as Python and JSON have them.

    What it only reads, a variable or an entry, goes on as it is.
    """
    evaluate, term = compiled.evaluate, compiled.tree
    while isinstance(term, tree.Access):
        term = term.value
    if compiled.language != "feel" or isinstance(term, tree.Name):
        return evaluate
    from bpmn_xml.expressions.feel.outward import outward

    return lambda names: outward(evaluate(names))


def _unknown(file: DiagramFile, text: SourceText) -> Computed:
    """What a stub run takes for a value that it cannot compute: nothing."""
    what = (
        f"its {text.what} {quoted(text.text)} cannot be evaluated, so that nothing is known of it"
    )
    fault(file, text, codes.ASSUMED, what, "")
    return Computed(text.text, lambda _names: None, UNKNOWN)


def general_language(file: DiagramFile, text: SourceText) -> str | None:
    """The language of the file; JUEL may also stand in the middle of a text: `PT${hours}H`."""
    embedded = "${" in text.text or "#{" in text.text
    return "juel" if embedded else file_language(file)


def file_language(file: DiagramFile) -> str:
    """The language of a file; none where that is the standard's, and the file is an engine's.

    Modelers for engines leave the standard's XPath there, which no engine reads.
    """
    named = file.definitions.expression_language
    return "" if canonical(named) == "xpath" and dialect_of(file) in ENGINES else named


def test_of(file: DiagramFile, text: SourceText) -> Condition | None:
    """A condition that is no flow's, or None with the reason reported."""
    found = awaited(file, text)
    if found is None or not file.options.stub:
        return found
    return replace(found, evaluate=assumed(found.evaluate, otherwise=False))


def awaited(file: DiagramFile, text: SourceText) -> Condition | None:
    """A condition that is waited for: it raises until it has a value, also in a stub run."""
    value = evaluated(file, text, settled=True)
    if value is None:
        return None
    answer = yes_or_no(value.evaluate, value.language, text.text)
    answer = assumed(answer, otherwise=False) if value.language == UNKNOWN else answer
    return Condition(text.text, value.language, answer)


Explain = Callable[[Any], Sequence[ExpressionError]]
"""Tells of variables why an expression has no value."""


def yes_or_no(
    evaluate: Evaluate, language: str, text: str, explain: Explain | None = None
) -> Callable[[Mapping[str, object]], bool]:
    """The function that answers true or false, as the language understands them.

    `explain` tells why there is no answer, if that can be known.
    """
    truthy = language in TRUTHY

    def answer(variables: Mapping[str, object]) -> bool:
        value = evaluate(variables)
        if value is True or value is False:
            return value
        if truthy:
            return bool(value)
        what = f"{quoted(text)} gives {describe(value)}, neither true nor false"
        raise ExpressionError(f"{what}{_because(value, variables, explain)}", text=text)

    return answer


def _because(value: object, variables: Mapping[str, object], explain: Explain | None) -> str:
    """Why there is no value, in words that follow."""
    reasons = explain(variables) if value is None and explain is not None else ()
    return "".join(f": {reason}" for reason in reasons[:1])


class DueTimes(Protocol):
    """A timer that has been read."""

    def due(self, after: int, count: int) -> int | None:
        """When it is due for the count-th time, after the time before; None is never (again)."""

    def passed(self, after: int, count: int, time: int) -> tuple[int, int]:
        """Let all that is due until a time pass: the time of the last, and how many there were."""


class Once(NamedTuple):
    """A timer that is due once: at a date, or after a duration."""

    date: int | None = None
    length: Duration | None = None

    def due(self, after: int, count: int) -> int | None:
        """The due time, or None once it has been due."""
        if count:
            return None
        return self.date if self.length is None else self.length.after(after)

    def passed(self, _after: int, count: int, time: int) -> tuple[int, int]:
        """Nothing more comes: the count stays as it is."""
        return time, count


TIMERS: Final[Mapping[str, Callable[[object, object], DueTimes]]] = {
    "time_date": lambda value, _: Once(date=read_date(value)),
    "time_duration": lambda value, _: Once(length=read_duration(value)),
    "time_cycle": lambda value, quartz: read_cycle(value, quartz=bool(quartz)),
}
"""The three kinds of timers: what is written, and whether Quartz counts weekdays -> due times."""


def time_text(event: m.Element, kind: str, expression: m.Expression) -> SourceText:
    """The text of a timer; one that is a time as it stands is in no language, whatever is said."""
    text = text_of(event, kind.replace("_", " "), expression)
    try:
        TIMERS[kind](text.text, False)  # noqa: FBT003 - it is read again
    except ValueError:
        return text
    return text._replace(declared=None)


def _doubts(file: DiagramFile, text: SourceText, names: Mapping[str, object]) -> str:
    """What FEEL gave up on the way to a value, in words that follow."""
    general = general_language(file, text)
    if expressions.language_of(text.text, text.declared, general) != "feel":
        return ""
    compiled = expressions.compile_said(text.text, text.declared, general)
    return "".join(f": {reason}" for reason in compiled.explain(names)[:1])


def schedule(
    file: DiagramFile, kind: str, text: SourceText, answer: Computed | None = None
) -> Schedule | None:
    """A timer, or None with the reason reported; a constant is read at once.

    `answer` is its value where Python has been asked. In a stub run what is no time has no value.
    """
    value, quartz = answer or computed(file, text), CAMUNDA7.dialect in file.dialects
    if value is None:
        return None
    fixed: DueTimes | None = None
    if not is_evaluated(text):
        try:
            fixed = TIMERS[kind](text.text, quartz)
        except ValueError as error:
            what, place = f"its {text.what}: {error}", place_of(text.element, text.text)
            if not file.lack(codes.VALUE, text.element, what, "correct it", place=place):
                return None

    def asked(names: Mapping[str, object], ask: Callable[[DueTimes], T]) -> T:
        try:
            return ask(fixed or TIMERS[kind](value.evaluate(names), quartz))
        except ValueError as error:
            what = f"its {text.what} {quoted(text.text)}: {error}{_doubts(file, text, names)}"
            raise ExpressionError(what, text=text.text) from error

    return Schedule(
        text.text,
        lambda names, after, count: asked(names, lambda times: times.due(after, count)),
        kind,
        value.language,
        lambda names, *at: asked(names, lambda times: times.passed(*at)),
        file.options.catch_up,
    )
