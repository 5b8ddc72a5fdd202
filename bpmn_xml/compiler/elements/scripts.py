r"""Scripts of script tasks, in the safe languages: what they set, statement by statement.

>>> run = compile_script("total = price * pieces\nvat = total * 0.19\ntotal += vat", "python")
>>> run({"price": 10, "pieces": 3})
{'total': 35.7, 'vat': 5.7}
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping

import msgspec

from bpmn_xml.compiler.assumptions import assumed
from bpmn_xml.compiler.elements.statements import statements
from bpmn_xml.compiler.elements.values import written
from bpmn_xml.compiler.program.scoping import Evaluate
from bpmn_xml.compiler.unset_data import reading_unset


class CompiledScript(msgspec.Struct, frozen=True):
    """A script as a function; its text and language say all that it does.

    Attributes:
        steps: what is computed, and the name that is given to it, if one is.
        own: which of the steps name what nobody sees but the script.
    """

    text: str
    language: str
    result: str
    steps: tuple[tuple[str, Evaluate], ...]
    own: frozenset[int] = frozenset()

    def __call__(self, variables: Mapping[str, object]) -> dict[str, object]:
        """The variables that the script sets."""
        own, written = dict[str, object](), dict[str, object]()
        seen = ChainMap(own, written, variables)  # type: ignore[arg-type] # it is only read
        for step, (name, evaluate) in enumerate(self.steps):
            value = evaluate(seen)
            if name:
                (own if step in self.own else written)[name] = value
        return written

    @property
    def sets(self) -> list[str]:
        """The variables that the script sets."""
        steps = enumerate(self.steps)
        return [name for step, (name, _) in steps if name and step not in self.own]


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
    found = list(statements(text, language, result))
    own = frozenset(step for step, one in enumerate(found) if one.own)
    steps = [(one.name, written(one.found)) for one in found]
    return CompiledScript(text, language, result, tuple(steps), own)


def names_read(text: str, language: str) -> Iterator[str]:
    r"""Yield the variables that a script reads before it has set them itself.

    >>> [*names_read("half = n / 2\nhalf + m", "python")]
    ['n', 'm']
    """
    done = set[str]()
    for name, found, _ in statements(text, language, ""):
        yield from (one for one in found.names if one not in done)
        done.add(name)
