"""Write the first Python for a drawing: a function per task, and the table that binds them.

The functions do nothing yet, but they type-check, and the drawing runs with them: each says in its
docstring that it does nothing, which a run tells.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bpmn_xml.compiler.codes import CALLED
from bpmn_xml.compiler.program import Kind, Node, Program, Work
from bpmn_xml.compiler.program.scoping import ASKED
from bpmn_xml.model import BaseElement, Definitions
from bpmn_xml.model.walk import by_id
from bpmn_xml.runtime.binding.beans import passed_by
from bpmn_xml.runtime.binding.bindings import HANDLED
from bpmn_xml.runtime.binding.naming import UNWRITTEN, conventional
from bpmn_xml.runtime.binding.signatures import (
    REST,
    by_keyword,
    given_back,
    is_name,
    parameters,
    read_by,
    read_next,
    written_by,
)
from bpmn_xml.runtime.binding.validators import CONFIG, VALUE
from bpmn_xml.wording import listed, plural

SOME: Final = 4
"""So many entries of a mapping stand on lines of their own."""

WIDEST: Final = 80

LONGEST: Final = 50
"""Characters of a function's name."""

STEERS: Final = (
    "It is asked again whenever something inside is done. What is returned says what begins next:"
    " a list of ids, or nothing."
)
"""What the Python of an ad-hoc sub-process is told to do."""

ANSWERS: Final = (
    "What is returned is the answer, as a connector gives it: resultVariable and"
    " resultExpression in the drawing say what becomes of it."
)
"""What the Python of a connector is told to do."""

KINDS: Final = {Kind.LISTENER: "listener"}
"""What the element is called that a function works for, where its kind says something else."""


IMPORTS: Final = "from typing import Any"
"""What the functions need."""


class Skeleton(NamedTuple):
    """A module: its first lines and its functions by name; what is new in its table; its tasks.

    `computed` has the tasks for which nothing is written: what gives the name of their Python.
    """

    head: str
    functions: dict[str, str]
    table: dict[str, str]
    tasks: tuple[str, ...]
    computed: dict[str, str]

    @property
    def module(self) -> str:
        """The text of the whole module."""
        return "\n\n\n".join([self.head, *self.functions.values()]) + "\n"

    def added_to(self, module: str) -> tuple[str, int]:
        """A module that exists, with the functions that it lacks; and how many these are.

        Raises:
            SyntaxError, ValueError: it is no Python.
        """
        there = _defined(module)
        texts = [text for name, text in self.functions.items() if name not in there]
        if not texts:
            return module, 0
        imports = [] if "Any" in there else [IMPORTS]
        text = "\n\n\n".join([*filter(None, [module.rstrip()]), *imports, *texts]) + "\n"
        return text, len(texts)


class _Need(NamedTuple):
    """A function that a task needs.

    `names` may bind it, best first; it is spelled like one of `drawn`. `bean` is the object whose
    method it is, where an expression calls it, and `passed` what that passes; `told` says what it
    does for a form.
    """

    names: tuple[str, ...]
    drawn: tuple[str, ...]
    bean: str = ""
    passed: tuple[str, ...] = ()
    told: str = ""


class _Written(NamedTuple):
    """What a function takes, what type it returns, what is said of that, how it does so."""

    parameters: list[str]
    returned: str
    told: str
    lines: Iterable[str]


def skeleton(
    program: Program, definitions: Definitions, name: str, table: Mapping[str, str] | None = None
) -> Skeleton:
    """Write the functions of all tasks whose Python neither the drawing names nor the table.

    Args:
        program: what was compiled of the drawing, tasks without Python let pass.
        definitions: the drawing, for what it says about its elements; its tasks alone are meant.
        name: of the module.
        table: what is bound already. Functions of this module in it are written, too.
    """
    known, new = dict(table or {}), dict[str, str]()
    elements = by_id(definitions, BaseElement)
    seen = sorted(read_by(program, definitions.place.file))
    prefix = f"python:{name}:"
    own = {value.removeprefix(prefix) for value in known.values() if value.startswith(prefix)}
    tasks: dict[str, None] = {}
    used = {"Any", *own}
    texts: dict[str, str] = {}
    for node in program.nodes:
        if node.place.file != definitions.place.file:
            continue
        for need in _needs(node):
            if need.bean in known:
                continue
            called = next((bound for bound in need.names if bound in known), need.names[0])
            if called not in known:
                new[called] = known[called] = f"{prefix}{_unique(_spelled(need), used)}"
            function = known[called].removeprefix(prefix)
            if not is_name(function):
                continue
            tasks[node.id] = None
            if function not in texts:
                part = _called(node, need) if need.bean else _worked(program, node, seen)
                texts[function] = "\n".join(_function(node, elements.get(node.id), function, part))
    head = f'"""What the tasks of {_plain(Path(definitions.place.file).name or name)} do."""\n'
    head += f"\nfrom __future__ import annotations\n\n{IMPORTS}"
    return Skeleton(head, texts, new, tuple(tasks), _computed(program, definitions.place.file))


def _computed(program: Program, file: str) -> dict[str, str]:
    """The tasks of a file whose Python is known only when they come, by their id."""
    return {
        node.about or node.id: node.work.name_expression.text
        for node in program.nodes
        if node.place.file == file and node.work and node.work.name_expression
    }


def _defined(module: str) -> set[str]:
    """The names that a module gives to functions, classes, imports and values."""
    names: set[str] = set()
    for statement in ast.parse(module).body:
        for part in ast.walk(statement):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(part.name)
            elif isinstance(part, ast.alias):
                names.add((part.asname or part.name).partition(".")[0])
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                names.add(part.id)
    return names


def _needs(node: Node) -> Iterator[_Need]:
    """The functions that a node needs and nobody has named."""
    work = node.work
    if work is not None:
        yield from _rules(work)
    if node.kind not in HANDLED or work is None or _is_call(work):
        return
    if work.beans is not None:
        for path, passed in passed_by(work.beans).items():
            yield _Need((path,), (path,), path.rpartition(".")[0] or path, passed)
    elif not (
        work.implementation or work.script or work.decision or work.store or work.name_expression
    ):
        names = (*work.names, node.id, node.name)
        yield _Need(names, (*work.names[:1], node.name, node.id))


def _rules(work: Work) -> Iterator[_Need]:
    """The functions that check the fields of a form."""
    for field in work.form:
        told = f"It checks the field {_plain(field.name)}: False or a ValueError refuses the value."
        for one in field.validators:
            passed = (VALUE, CONFIG) if one.config else (VALUE,)
            yield _Need((one.name,), (one.name,), one.name, passed, told)


def _is_call(work: Work) -> bool:
    """Whether a process would do the work, if its file were given."""
    return work.lacks is not None and work.lacks.code == CALLED


def _spelled(need: _Need) -> str:
    """A function's name: what it is bound by, else what is drawn on its task."""
    for name in need.drawn:
        for spelled in (*reversed(conventional(name)), name):
            plain = spelled.isascii() and is_name(spelled) and not spelled.startswith("_")
            if plain and len(spelled) <= LONGEST:
                return f"{spelled}_" if hasattr(builtins, spelled) else spelled
    return "task"


def _unique(name: str, used: set[str]) -> str:
    """A name that is not used yet; now it is."""
    new, number = name, 2
    while new in used:
        new, number = f"{name}_{number}", number + 1
    used.add(new)
    return new


def _function(node: Node, element: BaseElement | None, name: str, part: _Written) -> Iterator[str]:
    """The lines of one function."""
    parameters = [f"    {text}," for text in part.parameters]
    if parameters:
        yield from (f"def {name}(", *parameters, f") -> {part.returned}:")
    else:
        yield f"def {name}() -> {part.returned}:"
    yield f'    """{_sentence(node)}'
    said = " ".join(d.text for d in element.documentation) if element is not None else ""
    if said.strip():
        yield ""
        yield from (f"    {line}" for line in _wrapped(_plain(said)))
    yield ""
    yield from (f"    {line}" for line in _wrapped(part.told))
    yield ""
    yield f"    {UNWRITTEN}"
    yield '    """'
    yield from part.lines


def _worked(program: Program, node: Node, seen: list[str]) -> _Written:
    """A function that does a task's work."""
    result = node.work.result if node.work is not None else ""
    mapped = sorted(given_back(program, node))
    there = {*seen, *written_by(program, node)}
    passed = [name for name in mapped if name in there and is_name(name)]
    if not (result or mapped):
        passed = read_next(program, node)
    pairs = dict.fromkeys(mapped, "None") | {name: name for name in passed}
    if node.steering is not None:
        taken = [*parameters(program, node, seen, [])]
        return _Written(taken, "Any", STEERS, ["    return None"])
    if node.work is not None and node.work.answer is not None:
        taken = [*parameters(program, node, [], [])]
        return _Written(taken, "Any", ANSWERS, ["    return {}"])
    return _Written(
        parameters=[*parameters(program, node, seen, passed)],
        returned="Any" if result else "dict[str, Any]",
        told=_returns(result, mapped, passed) + _by_keyword(program, node),
        lines=["    return None"] if result else _mapping(pairs),
    )


def _called(node: Node, need: _Need) -> _Written:
    """A function that an expression calls."""
    used: set[str] = set()
    names = [_unique(name if is_name(name) else "value", used) for name in need.passed]
    text = node.work.beans.text if node.work is not None and node.work.beans is not None else ""
    told = need.told or f"The drawing calls it in {_plain(text)}."
    return _Written([f"{name}: Any" for name in names], "Any", told, ["    return None"])


def _mapping(pairs: Mapping[str, str]) -> Iterator[str]:
    """The lines that return a mapping: what the drawing will look for, so that it runs."""
    entries = [f"{json.dumps(name)}: {value}" for name, value in pairs.items()]
    if len(entries) < SOME:
        yield f"    return {{{', '.join(entries)}}}"
    else:
        yield from ("    return {", *(f"        {entry}," for entry in entries), "    }")


def _sentence(node: Node) -> str:
    kind = KINDS.get(node.kind, node.kind.value)
    name = f"{kind} {_plain(node.id)}"
    asked = node.work.result.removeprefix(ASKED) if node.work is not None else ""
    if node.about and asked.startswith(node.about):
        what = asked.removeprefix(node.about).removeprefix(".") or "condition"
        name = f"{what} of {_plain(node.about)}"
    elif node.name:
        name = f"{_plain(node.name)} ({name})"
    text = f"{name[:1].upper()}{name[1:]}."
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 4]}..."


def _returns(result: str, mapped: list[str], passed: list[str]) -> str:
    """What the drawing expects to come back."""
    if result.startswith(ASKED):
        return "What is returned is the value that the drawing asks for."
    if result:
        return f"The result becomes the variable {_plain(result)}."
    if mapped:
        return f"The drawing maps {', '.join(mapped)} of what is returned."
    read = f" The drawing reads {', '.join(passed)} next." if passed else ""
    return f"What is returned becomes variables.{read}"


def _by_keyword(program: Program, node: Node) -> str:
    """What is said of values that no parameter can be named like."""
    odd = [f"{REST}['{_plain(name)}']" for name in by_keyword(program, node)]
    return f" {listed(odd)} {plural('is', len(odd), 'are')} given too." if odd else ""


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
