r"""Scripts of script tasks, in the safe languages: lines of `name = expression`, or one expression.

>>> run = compile_script("total = price * pieces\nvat = total * 0.19\ntotal += vat", "python")
>>> run({"price": 10, "pieces": 3})
{'total': 35.7, 'vat': 5.7}
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import msgspec

from bpmn_xml import expressions
from bpmn_xml.compiler.assumptions import assumed
from bpmn_xml.compiler.elements.values import written
from bpmn_xml.compiler.program.scoping import Evaluate
from bpmn_xml.compiler.unset_data import reading_unset
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.compiled import Compiled

_ASSIGNMENT: Final = re.compile(r"([^\W\d]\w*)\s*(\+|-|\*|//?|%)?=(?!=)\s*(.+)", re.DOTALL)
LINES: Final = frozenset({"python"})
"""Languages in which each line is a statement; in others the whole text is one expression."""

MAX_LINES: Final = 1000


class CompiledScript(msgspec.Struct, frozen=True):
    """A script as a function; its text and language say all that it does."""

    text: str
    language: str
    result: str
    steps: tuple[tuple[str, Evaluate], ...]

    def __call__(self, variables: Mapping[str, object]) -> dict[str, object]:
        """The variables that the script sets."""
        written: dict[str, object] = {}
        seen = ChainMap(written, variables)  # type: ignore[arg-type] # it is only read
        for name, evaluate in self.steps:
            value = evaluate(seen)
            if name:
                written[name] = value
        return written


def assuming(script: CompiledScript) -> CompiledScript:
    """In a stub run a step that lacks data gives nothing.

    >>> assuming(compile_script("a = b + 1", "python"))({})
    {'a': None}
    """
    steps = tuple([(name, assumed(evaluate, None)) for name, evaluate in script.steps])
    return msgspec.structs.replace(script, steps=steps)


def seeing_unset(script: CompiledScript, declared: Collection[str]) -> CompiledScript:
    """The script, to which data that is declared and has no value yet is nothing.

    >>> seeing_unset(compile_script("a = b or 1", "python"), ["b"])({})
    {'a': 1}
    """
    read = [name for name in names_read(script.text, script.language) if name in declared]
    steps = [(name, reading_unset(evaluate, read, read)) for name, evaluate in script.steps]
    return msgspec.structs.replace(script, steps=tuple(steps))


def compile_script(text: str, language: str, result: str = "") -> CompiledScript:
    r"""Make the function from variables to the variables that the script sets.

    A line that assigns nothing gives its value to `result`, as the last line of a script does
    where there are result variables.

    >>> compile_script("half = n / 2\nhalf + 1", "python", "answer")({"n": 8})
    {'half': 4.0, 'answer': 5.0}

    Raises:
        ExpressionError: a line is neither an assignment nor an expression, or in an unknown
            language.
    """
    steps = ((name, written(found)) for name, found in _steps(text, language, result))
    return CompiledScript(text, language, result, tuple(steps))


def names_read(text: str, language: str) -> Iterator[str]:
    r"""Yield the variables that a script reads before it has set them itself.

    >>> [*names_read("half = n / 2\nhalf + m", "python")]
    ['n', 'm']
    """
    done = set[str]()
    for name, found in _steps(text, language, ""):
        yield from (one for one in found.names if one not in done)
        done.add(name)


def _steps(text: str, language: str, result: str) -> Iterator[tuple[str, Compiled]]:
    if language not in LINES:
        yield result, expressions.compile(text.strip(), language)
        return
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise ExpressionError(f"it has more than {MAX_LINES} lines", text=text[:80])
    for number, line in enumerate(map(str.strip, lines), 1):
        if line and not line.startswith("#"):
            yield _step(line, number, language, result)


def _step(line: str, number: int, language: str, result: str) -> tuple[str, Compiled]:
    assignment = _ASSIGNMENT.fullmatch(line)
    name, operator, body = assignment.groups() if assignment else (result, "", line)
    body = f"{name} {operator} ({body})" if operator else body
    try:
        return name, expressions.compile(body, language)
    except ExpressionError as error:
        raise ExpressionError(f"line {number}: {error}", text=line) from None
