"""Write the first Python for a drawing: a function per task, and the table that binds them.

The functions do nothing yet, but they type-check, and the drawing runs with them.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from bpmn_xml import expressions
from bpmn_xml.compiler.program import Kind, Node, Program
from bpmn_xml.compiler.scoping import Computed
from bpmn_xml.errors import BpmnXmlError
from bpmn_xml.model import BaseElement, Definitions
from bpmn_xml.model.walk import by_id
from bpmn_xml.runtime.bindings import HANDLED
from bpmn_xml.runtime.naming import conventional

MOST: Final = 8
"""How many variables that a drawing reads become parameters of a task without a mapping."""

WIDEST: Final = 80

LONGEST: Final = 50
"""Characters of a function's name."""

KINDS: Final = {Kind.LISTENER: "listener"}
"""What the element is called that a function works for, where its kind says something else."""


class Skeleton(NamedTuple):
    """The text of a module, the text of its table, and the ids of the tasks it is for."""

    module: str
    table: str
    tasks: tuple[str, ...]


def skeleton(program: Program, definitions: Definitions, name: str) -> Skeleton:
    """Write the functions of all tasks whose Python the drawing does not name itself.

    Args:
        program: what was compiled of the drawing, tasks without Python let pass.
        definitions: the drawing, for what it says about its elements.
        name: of the module.
    """
    elements = by_id(definitions, BaseElement)
    seen = sorted(read_by(program))
    functions: dict[str, str] = {}
    lines: list[str] = []
    tasks: list[Node] = [node for node in program.nodes if _wanted(node)]
    used = {"Any"}
    texts: list[str] = []
    for node in tasks:
        called = _called(node)
        if called in functions:
            continue
        functions[called] = function = _unique(_spelled(node), used)
        texts.append("\n".join(_function(node, elements.get(node.id), function, seen)))
        lines.append(f"{json.dumps(called)} = {json.dumps(f'python:{name}:{function}')}")
    head = f'"""What the tasks of {_plain(Path(definitions.place.file).name or name)} do."""\n'
    imports = "\nfrom __future__ import annotations\n\nfrom typing import Any"
    module = "\n\n\n".join([f"{head}{imports}", *texts]) + "\n"
    return Skeleton(module, "\n".join([*lines, ""]), tuple(node.id for node in tasks))


def read_by(program: Program) -> Iterator[str]:
    """The variables that a drawing's conditions and mappings read."""
    conditions = [flow.condition for flow in program.flows if flow.condition]
    frames = [node.frame for node in program.nodes if node.frame]
    moved = [assign.value for frame in frames for assign in frame.inputs]
    mapped = [value for value in moved if value.language]
    texts = [(found.text, found.language) for found in conditions]
    texts += [(found.text, found.language) for found in mapped]
    found: dict[str, None] = {}
    for text, language in dict.fromkeys(texts):
        try:
            found |= dict.fromkeys(expressions.compile(text, language or None).names)
        except BpmnXmlError:  # a constant, or what the gate has told of
            continue
    yield from (name for name in found if _is_name(name))


def _wanted(node: Node) -> bool:
    """Whether a node needs Python that nobody has named."""
    work = node.work
    if node.kind not in HANDLED or work is None:
        return False
    return not (work.implementation or work.script is not None or work.decision is not None)


def _called(node: Node) -> str:
    """The name by which a task is bound."""
    names = node.work.names if node.work is not None else ()
    return names[0] if names else node.id


def _spelled(node: Node) -> str:
    """A function's name for a task: what it is bound by, else what is drawn on it."""
    own = node.work.names[:1] if node.work is not None else ()
    for name in (*own, node.name, node.id):
        for spelled in (*reversed(conventional(name)), name):
            plain = spelled.isascii() and _is_name(spelled) and not spelled.startswith("_")
            if plain and len(spelled) <= LONGEST:
                return spelled
    return "task"


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _unique(name: str, used: set[str]) -> str:
    """A name that is not used yet; now it is."""
    new, number = name, 2
    while new in used:
        new, number = f"{name}_{number}", number + 1
    used.add(new)
    return new


def _function(node: Node, element: BaseElement | None, name: str, seen: list[str]) -> Iterator[str]:
    """The lines of one function."""
    work = node.work
    result = work.result if work is not None else ""
    parameters = [f"    {parameter}," for parameter in _parameters(node, seen)]
    returned = "Any" if result else "dict[str, Any]"
    if parameters:
        yield from (f"def {name}(", *parameters, f") -> {returned}:")
    else:
        yield f"def {name}() -> {returned}:"
    yield f'    """{_sentence(node)}'
    said = " ".join(d.text for d in element.documentation) if element is not None else ""
    if said.strip():
        yield ""
        yield from (f"    {line}" for line in _wrapped(_plain(said)))
    yield ""
    yield from (f"    {line}" for line in _wrapped(_returns(node, result)))
    yield '    """'
    yield f"    return {'None' if result else '{}'}"


def _parameters(node: Node, seen: list[str]) -> Iterator[str]:
    """What is mapped for a task and what the drawing gives it; else what the drawing reads."""
    inputs = [assign.target[0] for assign in node.frame.inputs] if node.frame else []
    fields = [name for name, _ in node.work.fields] if node.work is not None else []
    mapped = [name for name in dict.fromkeys(inputs) if _is_name(name)]
    constants = [name for name in dict.fromkeys(fields) if _is_name(name) and name not in mapped]
    yield from (f"{name}: Any" for name in mapped)
    yield from (f"{name}: str" for name in constants)
    if not mapped and not constants:
        yield from (f"{name}: Any = None" for name in seen[:MOST])


def _sentence(node: Node) -> str:
    kind = KINDS.get(node.kind, node.kind.value)
    name = f"{kind} {_plain(node.id)}"
    if node.name:
        name = f"{_plain(node.name)} ({name})"
    text = f"{name[:1].upper()}{name[1:]}."
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 4]}..."


def _returns(node: Node, result: str) -> str:
    """What the drawing expects to come back."""
    if result:
        return f"The result becomes the variable {_plain(result)}."
    outputs = node.frame.outputs if node.frame else ()
    names = sorted(set(_names_of(assign.value for assign in outputs)))
    if names:
        return f"The drawing maps {', '.join(names)} of what is returned."
    return "What is returned becomes variables."


def _names_of(values: Iterable[Computed]) -> Iterator[str]:
    for value in [value for value in values if value.language]:
        try:
            yield from expressions.compile(value.text, value.language).names
        except BpmnXmlError:  # no expression, but a list or another's value
            continue


def _plain(text: str) -> str:
    """A text of the drawing that can do no harm in a docstring."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return re.sub(r'\\|"', lambda found: "/" if found[0] == "\\" else "'", flat)


def _wrapped(text: str) -> Iterator[str]:
    """Lines of a text that are not too long."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= WIDEST:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
