"""How a drawing's names become Python's, and which rule found the Python of a task.

>>> conventional("org.acme.ChargeCard"), conventional("charge-card"), conventional("Charge it!")
(['ChargeCard', 'charge_card'], ['charge_card'], ['Charge_it', 'charge_it'])
"""

from __future__ import annotations

import functools
import inspect
import keyword
import re
from typing import Final, NamedTuple

from bpmn_xml.runtime.binding.imports import plain_name

DRAWN: Final = "the drawing names it"
COMPUTED: Final = "its name is computed when it comes"
GIVEN: Final = "its name is given"
TABLE: Final = "{} names it"
REGISTERED: Final = "it is registered with @task"
CONVENTION: Final = "it is called so by convention"
BESIDE: Final = "the module of the drawing has it"
DECISION: Final = "a decision is called so"
STORE: Final = "it is a data store"
SCRIPT: Final = "the task has a script"
VALUE: Final = "the drawing gives its value"
STUBBED: Final = "nothing: it passes"

UNWRITTEN: Final = "It does nothing yet: delete this line when it does."
"""What functions say in their docstring that `bpmn-xml bindings` has made and nobody has filled."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"\W+")


class Resolution(NamedTuple):
    """Which Python does a task's work: the task's id, its name that led there, and by which rule.

    `python` is `module:name`, or empty for scripts, decisions and what passes; the `function` is
    what it names, which `needs` these variables. `file` is that of the drawing that has the task.
    """

    node: str
    name: str
    python: str
    rule: str
    file: str = ""
    needs: tuple[str, ...] = ()
    function: object = None


def module_name(stem: str) -> str:
    """A name for a module beside a file.

    >>> module_name("order"), module_name("My process 2"), module_name("1st")
    ('order', 'My_process_2', 'tasks_1st')
    """
    word = re.sub(r"\W+", "_", stem, flags=re.ASCII).strip("_")
    return word if word.isidentifier() else f"tasks_{word}".rstrip("_")


def conventional(name: str) -> list[str]:
    """The names of Python that a name in a drawing stands for by convention, best first."""
    parts = name.split(".")
    last = parts[-1] if all(part.isidentifier() for part in parts) else name
    word = _OTHER.sub("_", last).strip("_")
    spelled = dict.fromkeys([word, _HUMP.sub("_", word).lower()])
    return [n for n in spelled if n.isidentifier() and not keyword.iskeyword(n) and n != name]


def python_of(found: object) -> str:
    """A callable as `module:name`, as its author knows it."""
    while isinstance(found, functools.partial):
        found = found.func
    found = inspect.unwrap(found) if callable(found) else found
    module = plain_name(getattr(found, "__module__", None) or "")
    name = getattr(found, "__qualname__", None) or type(found).__qualname__
    return f"{module}:{name}" if module else str(name)
