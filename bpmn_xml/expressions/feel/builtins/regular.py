r"""Functions on texts with regular expressions (DMN 10.3.4.3). A wrong pattern gives null.

>>> replace("banana", "a([xn])", "o$1"), split("a, b", ",\\s*"), matches("feel", "^e")
('bonona', ['a', 'b'], False)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin
from bpmn_xml.expressions.meter import afford_items
from bpmn_xml.expressions.regular import matcher
from bpmn_xml.expressions.regular.programs import Program, groups_in
from bpmn_xml.expressions.regular.replacing import between, parts_of, program_of, rewritten


def compiled(pattern: str, flags: Any) -> Program:
    """Return the program of a pattern; ValueError, which gives null, if it is none."""
    return program_of(pattern, flags if isinstance(flags, str) else "")


def matches(text: str, pattern: str, flags: Any = LEFT_OUT) -> bool:
    """Say whether a pattern fits a part of a text."""
    return matcher.find(compiled(pattern, flags), text) is not None


def replace(text: str, pattern: str, replacement: str, flags: Any = LEFT_OUT) -> str | None:
    """Replace all matches; `$1` in the replacement is the first group."""
    search = compiled(pattern, flags)
    if matcher.find(search, "") is not None:
        return None
    literal = isinstance(flags, str) and "q" in flags
    parts = [replacement] if literal else parts_of(replacement, groups_in(search))
    return rewritten(search, text, parts)


def split(text: str, delimiter: str) -> list[str]:
    """Return the parts of a text between matches, its characters where they match nothing."""
    parts = between(program_of(delimiter), text)
    afford_items(len(parts))
    return parts


def extract(text: str, pattern: str) -> list[str | None]:
    """Return the texts of all matches."""
    return [found[0] for found in matcher.matches(program_of(pattern), text)]


FLAGS: Final = "flags: string?~"
FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "extract": builtin("string: string, pattern: string", extract),
    "matches": builtin(f"input: string, pattern: string, {FLAGS}", matches),
    "replace": builtin(f"input: string, pattern: string, replacement: string, {FLAGS}", replace),
    "split": builtin("string: string, delimiter: string", split),
}
