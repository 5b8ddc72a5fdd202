"""Settings that a dialect gives to an element: read from its foreign attributes and elements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.work import CallOptions
from bpmn_xml.errors import NOWHERE, Place
from bpmn_xml.reach import within
from bpmn_xml.wording import listed, quoted


class Problem(NamedTuple):
    """What is wrong with a setting, what to do about it, and where it stands, if that is known."""

    code: str
    message: str
    remedy: str
    place: Place = NOWHERE


class Refusal(NamedTuple):
    """What a setting would do that cannot be run yet, and what to do instead."""

    what: str
    remedy: str


class ScriptText(NamedTuple):
    """A script that a dialect keeps elsewhere than the standard does.

    One that is `pure` is an expression, and may be run like any other.
    """

    text: str
    language: str
    pure: bool = False


class MappedValue(NamedTuple):
    """A value for a variable, as a dialect writes it.

    `kind` says what the text is: a text (or an expression in it), a `variable`'s name, a text for
    a `path` into a variable, a `script` in a language, the name of its `resource`, or nothing where
    there are items of a `list` or entries of a `map`, or the value is `null`.
    """

    target: str
    text: str
    kind: str = "text"
    language: str = ""
    items: tuple[MappedValue, ...] = ()

    def all_in(self) -> Iterator[MappedValue]:
        """Yield the value and all values in it."""
        return within(self, lambda given: given.items)


class Listener(NamedTuple):
    """What is called when something happens to an element: `start`, `end`, `take` or a task's.

    It is named, or `name_expression` gives the name, or an expression or a script is evaluated;
    `resource` is the script's file. `timer` says when it is called, as the kind of a timer and its
    text. `tries` gives the attempts and waits, where that is an expression. `fields` are constants,
    `given` values that are computed, which are passed by name.
    """

    event: str
    name: str = ""
    name_expression: str = ""
    expression: str = ""
    script: ScriptText | None = None
    resource: str = ""
    retries: tuple[int, ...] = ()
    tries: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    given: tuple[MappedValue, ...] = ()
    timer: tuple[str, str] = ("", "")
    place: Place = NOWHERE


class ThrownIf(NamedTuple):
    """An error that a task throws where an expression holds when it is done, or has failed."""

    error: str
    expression: str


class PassedData(msgspec.Struct, kw_only=True):
    """What a call or a signal passes; with `mapped` also what the activity's mapping brings in.

    `local_in` and `local_inputs` see only the variables of the element's own scope. `mapper` names
    Python that says what else is passed and passed back. `local_targets` take what is passed back
    for the element alone.
    """

    all_in: bool = False
    all_out: bool = False
    local_in: bool = False
    mapped: bool = False
    mapper: str = ""
    local_targets: list[str] = msgspec.field(default_factory=list)
    inputs: list[MappedValue] = msgspec.field(default_factory=list)
    local_inputs: list[MappedValue] = msgspec.field(default_factory=list)
    outputs: list[MappedValue] = msgspec.field(default_factory=list)


class Settings(CallOptions, kw_only=True, gc=False):
    """What was said about an element beyond the standard, read but not yet judged.

    Attributes:
        works: Python does its work, whatever it is called.
        tries: gives the attempts and waits, where that is an expression.
        tried: it is tried as often as Camunda 7 tries the job of a save point, where nothing else
            is said; a worker of an external task says that itself.
        name_expression: gives the name of its Python, where that is an expression.
        names: what its Python may be called, best first.
        decision, decision_rows, decision_mapping: the decision that is asked, whether its value is
            taken in rows, and what is taken of them.
        starter: the variable of who begins the process.
        key: what correlates a message.
        collection, listed, element, output, output_element: of a multi-instance activity; `listed`
            if no number will do.
        variable_names, variable_events: the variables, and the kinds of change, at which a
            condition is evaluated.
        inputs, outputs: data that moves into the element's own scope, and out of it.
        inner_inputs, inner_outputs: the same of the work alone; with `local` all that its Python
            gives is seen by these only.
        errors: what it throws, and when.
        expression: its work, in JUEL.
        listeners: what is called when something happens to it.
        passed: what a call activity passes to what it calls and takes back.
        elements: the ids of what an ad-hoc sub-process begins with.
        resource: the file in which its script or condition is.
        form: the fields that a person is asked for; `form_name` is a form that is elsewhere.
        user_task_settings: what a person is told of a user task, by the names of
            `people.USER_TASK_SETTINGS`.
        dialects: whose words were used, our own left out.
        problems: what cannot be honoured.
        refused: what would change the flow or data.
    """

    works: bool = False
    tried: bool = False
    external: bool = False
    name_expression: str = ""
    names: list[str] = msgspec.field(default_factory=list)
    catches_exceptions: bool = False
    flow_payload: bool = False
    tries: str = ""
    code_variable: str = ""
    message_variable: str = ""
    fields: list[tuple[str, str]] = msgspec.field(default_factory=list)
    properties: list[tuple[str, str]] = msgspec.field(default_factory=list)
    script: ScriptText | None = None
    decision: str = ""
    decision_rows: bool = False
    decision_mapping: str = ""
    starter: str = ""
    key: str = ""
    collection: str = ""
    listed: bool = False
    elements: str = ""
    element: str = ""
    output: str = ""
    output_element: str = ""
    variable_names: tuple[str, ...] = ()
    variable_events: tuple[str, ...] = ()
    inputs: list[MappedValue] = msgspec.field(default_factory=list)
    outputs: list[MappedValue] = msgspec.field(default_factory=list)
    inner_inputs: list[MappedValue] = msgspec.field(default_factory=list)
    inner_outputs: list[MappedValue] = msgspec.field(default_factory=list)
    errors: list[ThrownIf] = msgspec.field(default_factory=list)
    expression: str = ""
    listeners: list[Listener] = msgspec.field(default_factory=list)
    passed: PassedData = msgspec.field(default_factory=PassedData)
    resource: str = ""
    form: list[FormField] = msgspec.field(default_factory=list)
    form_name: str = ""
    user_task_settings: dict[str, str] = msgspec.field(default_factory=dict)
    dialects: list[str] = msgspec.field(default_factory=list)
    problems: list[Problem] = msgspec.field(default_factory=list)
    refused: list[Refusal] = msgspec.field(default_factory=list)


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    digits = text.strip()
    known = digits.isascii() and digits.isdigit() and len(digits) <= 7
    if not known or not 1 <= int(digits) <= 10**6:
        raise ValueError(f"{quoted(text)} is no whole number from 1 to 1000000")
    return int(digits)


def one_of(text: str, allowed: Collection[str]) -> str:
    """Read one of a few words."""
    word = text.strip()
    if word not in allowed:
        raise ValueError(f"{quoted(text)} is not {listed(allowed, 'or')}")
    return word


def either(word: str, other: str) -> Callable[[str], bool]:
    """What reads one of two words: whether it is the first."""
    return lambda text: one_of(text, (word, other)) == word


flag: Final = either("true", "false")


def several(text: str) -> tuple[str, ...]:
    """Read words between commas.

    >>> several("create, update")
    ('create', 'update')
    """
    return tuple([word for part in text.split(",") if (word := part.strip())])


def changes(text: str) -> tuple[str, ...]:
    """Read kinds of change to variables."""
    return tuple([one_of(word, ("create", "update", "delete")) for word in several(text)])


def is_expression(text: str) -> bool:
    """Whether a text asks to be evaluated.

    >>> is_expression("${n}"), is_expression("=n"), is_expression("R3/PT10S")
    (True, True, False)
    """
    return text.lstrip().startswith("=") or is_template(text)


def is_template(text: str) -> bool:
    """Whether there are expressions of Camunda 7 in a text.

    >>> is_template("Check ${order}"), is_template("= n")
    (True, False)
    """
    return "${" in text or "#{" in text


def bean_name(text: str) -> str:
    """The name in `${name}`, or the text itself.

    >>> bean_name("${chargeCard}"), bean_name("org.acme.Charge")
    ('chargeCard', 'org.acme.Charge')
    """
    text = text.strip()
    if text[:2] in {"${", "#{"} and text.endswith("}"):
        return text[2:-1].strip()
    return text
