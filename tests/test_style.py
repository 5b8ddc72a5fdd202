"""The house rules that no linter knows, read from the syntax tree of every file.

Each rule is a function from a source file to its offences; `RULES` lists them.
"""

from __future__ import annotations

import ast
import gc
import io
import re
import subprocess
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, cached_property

import grimp
import networkx as nx
import pytest

from tests.conftest import ROOT

FILE_LINES = 400
FUNCTION_LINES = 40
DECISION_LINES = 25
NESTING = 3
POSITIONAL = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
BASES_IN_CORE = {"Struct", "Enum", "StrEnum", "IntEnum", "Protocol", "NamedTuple", "TypedDict"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|pragma: no cover")
SILENCED = re.compile(r"#\s*(type: ignore|noqa)")
SILENCED_WITH_REASON = re.compile(r"#\s*(type: ignore\[[\w-]+\]|noqa: [A-Z0-9, ]+?)\s+[-#(]\s*\w")
SENTENCE_END = re.compile(r"[.!?:]([\"')`]*)(\s|$)")


class Source:
    """A Python file; what rules look at is made once, when the first one asks for it."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree, which stays: the garbage collector need not look at it again."""
        tree = ast.parse(self.text)
        gc.freeze()
        return tree

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the tree."""
        return list(ast.walk(self.tree))

    def comments(self, about: re.Pattern[str]) -> list[tuple[int, str]]:
        """(line, text) of every comment in which a pattern is found."""
        if not about.search(self.text):
            return []
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        comments = [(one.start[0], one.string) for one in tokens if one.type == tokenize.COMMENT]
        return [(line, text) for line, text in comments if about.search(text)]


def sources(*folders: str) -> list[Source]:
    """Every Python file of some folders of the project."""
    return [source for folder in folders for source in sources_in(folder)]


@cache
def sources_in(folder: str) -> tuple[Source, ...]:
    """Every Python file of a folder of the project."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths
    )


def functions(source: Source) -> Iterator[Function]:
    """Every function of a file, methods and inner ones too."""
    return (node for node in source.nodes if isinstance(node, FUNCTIONS))


def length(function: Function) -> int:
    """The lines from `def` to the last one."""
    return (function.end_lineno or 0) - function.lineno + 1


def own_name(function: Function) -> str:
    """A function and its line, for messages."""
    return f"{function.lineno}: {function.name}()"


def long_file(source: Source) -> Iterator[str]:
    """A file stays under 400 lines."""
    lines = source.text.count("\n")
    if lines >= FILE_LINES:
        yield f"1: {lines} lines"


def long_function(source: Source) -> Iterator[str]:
    """A function has at most 40 lines, docstring and all."""
    for function in functions(source):
        if length(function) > FUNCTION_LINES:
            yield f"{own_name(function)} has {length(function)} lines"


def long_decision(source: Source) -> Iterator[str]:
    """What decides in the core (it is given a view) has at most 25 lines."""
    if not source.path.startswith("bpmn_xml/core/"):
        return
    for function in functions(source):
        names = {argument.arg for argument in function.args.args}
        if "view" in names and length(function) > DECISION_LINES:
            yield f"{own_name(function)} has {length(function)} lines"


def depth(node: ast.AST, parent: ast.AST | None = None) -> int:
    """How deep blocks stand in each other; `elif` is no deeper than its `if`."""
    chained = (
        isinstance(node, ast.If)
        and isinstance(parent, ast.If)
        and parent.orelse == [node]
        and node.col_offset == parent.col_offset
    )
    inner = [depth(child, node) for child in ast.iter_child_nodes(node) if not_scope(child)]
    return max(inner, default=0) + (isinstance(node, BLOCKS) and not chained)


def not_scope(node: ast.AST) -> bool:
    """Whether a node belongs to the function around it."""
    return not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda))


def deep_nesting(source: Source) -> Iterator[str]:
    """Blocks are nested three deep at most."""
    for function in functions(source):
        if depth(function) > NESTING:
            yield f"{own_name(function)} is nested {depth(function)} deep"


def many_arguments(source: Source) -> Iterator[str]:
    """At most five arguments are positional; more are given by keyword."""
    for function in functions(source):
        given = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        count = len(given) - (given[:1] in (["self"], ["cls"]))
        if count > POSITIONAL:
            yield f"{own_name(function)} has {count} positional arguments"


def documented(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """(line, name, docstring) of the module and of everything public in it."""
    yield 1, "the file", ast.get_docstring(tree) or ""
    todo: list[ast.AST] = [tree]
    while todo:
        for node in ast.iter_child_nodes(todo.pop()):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
                if not has_mark(node, "overload", "setter"):
                    yield node.lineno, node.name, ast.get_docstring(node) or ""
                todo += [node] * isinstance(node, ast.ClassDef)


def has_mark(node: Function | ast.ClassDef, *names: str) -> bool:
    """Whether one of these decorators stands on it."""
    found = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return not found.isdisjoint(names)


def poor_docstring(source: Source) -> Iterator[str]:
    """Files and all that is public say in one sentence, on one line, what they are."""
    for line, name, text in documented(source.tree):
        if not SENTENCE_END.search(text.partition("\n")[0]):
            yield f"{line}: {name} does not open with a sentence on one line"


def missing_annotation(source: Source) -> Iterator[str]:
    """Every function says what it takes and gives."""
    for function in functions(source):
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        bare = [a.arg for a in every if a.annotation is None and a.arg not in {"self", "cls"}]
        if bare or function.returns is None:
            yield f"{own_name(function)} lacks annotations {', '.join(bare) or 'of its result'}"


def foreign_private(source: Source) -> Iterator[str]:
    """Names with an underscore are used in their own module only."""
    imports = [
        node
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bpmn_xml")
    ]
    for node in imports:
        yield from (f"{node.lineno}: {a.name}" for a in node.names if is_private(a.name))
    modules = {a.asname or a.name for node in imports for a in node.names}
    yield from private_attributes(source, modules)


def private_attributes(source: Source, modules: set[str]) -> Iterator[str]:
    """Where a private name of one of these modules is used."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name, attribute = node.value.id, node.attr
            if name in modules and is_private(attribute):
                yield f"{node.lineno}: {name}.{attribute}"


def is_private(name: str) -> bool:
    """Whether any part of a dotted name is private."""
    parts = name.split(".")
    return any(part.startswith("_") and not part.endswith("__") for part in parts)


def inheritance_in_core(source: Source) -> Iterator[str]:
    """The core knows values and functions, no class hierarchy."""
    if not source.path.startswith("bpmn_xml/core/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
            yield from (f"{node.lineno}: {node.name}({b})" for b in sorted(bases - BASES_IN_CORE))


def unfinished(source: Source) -> Iterator[str]:
    """No marks of things left to do, and no line hidden from coverage."""
    yield from (f"{line}: {text}" for line, text in source.comments(UNFINISHED))


def silenced_without_reason(source: Source) -> Iterator[str]:
    """Who silences a tool names the rule and says why: `# noqa: X1 - reason`."""
    for line, text in source.comments(SILENCED):
        if not SILENCED_WITH_REASON.search(text):
            yield f"{line}: {text}"


RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    long_file,
    long_function,
    long_decision,
    deep_nesting,
    many_arguments,
    poor_docstring,
    missing_annotation,
    foreign_private,
    inheritance_in_core,
    unfinished,
    silenced_without_reason,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_package_and_tools_keep_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    offences = [
        f"{source.path}:{offence}"
        for source in sources("bpmn_xml", "tools")
        for offence in rule(source)
    ]
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)


@pytest.mark.parametrize("rule", [long_file, unfinished], ids=lambda rule: rule.__name__)
def test_tests_and_diagrams_keep_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    offences = [
        f"{source.path}:{offence}"
        for source in sources("tests", "diagrams")
        for offence in rule(source)
    ]
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)


def test_no_class_name_is_used_twice() -> None:
    places = defaultdict[str, list[str]](list)
    for source in sources("bpmn_xml"):
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{source.path}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


EXECUTOR = {
    f"bpmn_xml.runtime.execution.{part}"
    for part in (
        "calls.call", "calls.coroutines", "calls.result_queue", "calls.streams", "calls.tasks",
        "desk", "drivers.driver", "executor", "reactions",
    )
}  # fmt: skip
"""Who calls Python and who carries on hold each other, so their annotations name each other."""

INBOX = {"bpmn_xml.runtime.runs", "bpmn_xml.runtime.inbox"}
"""A run lists what waits for a person, and each of that is of a run."""


def circles(*, annotations: bool) -> list[set[str]]:
    """The modules that import each other in a circle; all imports count, in functions too."""
    graph = grimp.build_graph(
        "bpmn_xml", exclude_type_checking_imports=not annotations, cache_dir=None
    )
    imports = nx.DiGraph(
        (one, other)
        for one in graph.modules
        for other in graph.find_modules_directly_imported_by(one)
    )
    assert imports.number_of_edges() > 1000
    return [found for found in nx.strongly_connected_components(imports) if len(found) > 1]


def test_no_imports_go_in_a_circle() -> None:
    assert circles(annotations=False) == []


def test_only_parts_that_hold_each_other_name_each_other() -> None:
    assert sorted(circles(annotations=True), key=len) == [INBOX, EXECUTOR]


OFFENDERS = {
    long_file: "\n" * FILE_LINES,
    long_function: "def f():\n" + "    1\n" * FUNCTION_LINES,
    long_decision: "def f(view):\n" + "    1\n" * DECISION_LINES,
    deep_nesting: "def f():\n for a in b:\n  if c:\n   while d:\n    with e: pass\n",
    many_arguments: "def f(a, b, c, d, e, f): pass\n",
    poor_docstring: '"""Good."""\ndef f():\n    """A sentence that goes on\n    below."""\n',
    missing_annotation: "def f(a) -> int: pass\n",
    foreign_private: "from bpmn_xml.a import b\nb._c\n",
    inheritance_in_core: "class A(B): pass\n",
    unfinished: "# TO" + "DO: later\n",
    silenced_without_reason: "import a  # no" + "qa: F401\n",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds_its_offender(rule: Callable[[Source], Iterator[str]]) -> None:
    text = OFFENDERS[rule]
    assert len(list(rule(Source("bpmn_xml/core/a.py", text)))) == 1


def test_project_has_no_stray_documents() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    command = ["git", "ls-files", "*.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {p for p in done.stdout.splitlines() if "/" not in p or p.startswith("bpmn_xml/")}
    assert found == {"README.md", "CHANGELOG.md"}
