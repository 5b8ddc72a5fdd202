"""Ask at the terminal what a user task wants to know: field by field, until it can be used."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from bpmn_xml.cli.variables import variable
from bpmn_xml.cli.words import fitted
from bpmn_xml.compiler.elements.people.entries import entered
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.errors import BpmnXmlError
from bpmn_xml.runtime.forms import resolved
from bpmn_xml.runtime.inbox import OpenTask
from bpmn_xml.wording import label, printable


class PromptEnded(Exception):  # noqa: N818 - nobody is wrong: the person has left
    """The person gives no more answers."""


class Prompt:
    """A person at a terminal.

    Args:
        source: what the person types.
        target: where the questions are written.
    """

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target
        self._ended = False

    def answer(self, tasks: Sequence[OpenTask]) -> bool:
        """Ask the person for the first open task; return whether it was answered."""
        if self._ended:
            return False
        task = tasks[0]
        lane = f" ({printable(task.lane)})" if task.lane else ""
        self._say(f"{label(task.node, task.name)}{lane}\n")
        try:
            values = self._form(task.form, task.variables) if task.form else self._free()
            task.complete(values)
        except PromptEnded:
            self._ended = True
            self._say("\n")
            return False
        except BpmnXmlError as error:
            self._say(f"  {error}\n")
        return True

    def _form(self, form: Sequence[FormField], variables: Mapping[str, Any]) -> dict[str, Any]:
        """What is given for each field that is to be filled in."""
        values: dict[str, Any] = {}
        for stated in form:
            field = resolved(stated, {**variables, **values})
            if not (field.hidden or field.readonly):
                values[field.name] = self._field(field, {**variables, **values})
        return values

    def _rows(self, field: FormField, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What is given for each of some rows, as long as there are more."""
        rows = []
        while self._ask(f"  another one of {printable(field.name)}? (yes or no): ") == "yes":
            rows.append(self._form(field.fields, variables))
        return rows

    def _field(self, field: FormField, variables: Mapping[str, Any]) -> object:
        """One field, asked for until its value can be used; an empty line takes what is there."""
        there = variables.get(field.name, field.default)
        if field.kind == "rows":
            return self._rows(field, variables)
        if field.kind == "group":
            return self._form(field.fields, there if isinstance(there, Mapping) else {})
        words = [printable(field.label or field.name), f"({_kind(field)})"]
        if there is not None:
            words.append(f"[{fitted(str(there), 40)}]")
        while True:
            typed = self._ask(f"  {' '.join(words)}: ")
            try:
                return entered(field, there if typed == "" else typed)
            except ValueError as error:
                self._say(f"  {printable(str(error))}\n")

    def _free(self) -> dict[str, Any]:
        """Any variables, until an empty line."""
        values: dict[str, Any] = {}
        while typed := self._ask("  NAME=VALUE, or nothing if that is all: "):
            try:
                name, value = variable(typed)
            except ArgumentTypeError as error:
                self._say(f"  {printable(str(error))}\n")
                continue
            values[name] = value
        return values

    def _ask(self, question: str) -> str:
        self._say(question)
        line = self._source.readline()
        if not line:
            raise PromptEnded
        return line.strip()

    def _say(self, text: str) -> None:
        self._target.write(text)
        self._target.flush()


def _kind(field: FormField) -> str:
    """Describe what may be typed into a field."""
    if field.kind == "choice":
        return printable(" or ".join(str(choice) for choice, _ in field.choices))
    return {"boolean": "yes or no"}.get(field.kind, printable(field.kind))
