"""Element templates for Camunda Modeler: a Python function as a kind of task in its menu.

The functions are read from the text of their module, which is never imported. What the person at
the modeler fills in is written into the drawing as properties with our own names (`bx:threads`),
which a modeler keeps for every engine.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8
from bpmn_xml.runtime.binding.choices import Choice, Enums, choices_of, described, enums_of
from bpmn_xml.runtime.binding.handlers import CONTEXT, QUEUE

Template = dict[str, Any]
Property = dict[str, Any]

PLAIN: Final = re.compile(r"[\w-][\w .-]*")
"""Texts that are an expression nowhere."""

UNMAPPED: Final = frozenset({"None", "dict", "Mapping", "Iterator", "Generator", "Iterable"})
"""Results that need no variable of their own: a mapping names its variables itself."""


class Target(NamedTuple):
    """For which engine a template is: its schema, how it writes what, how it names a variable."""

    name: str
    schema: str
    work: Property
    input: Property
    note: Property
    variable: str


ENGINES: Final = (
    Target(
        name=CAMUNDA7.dialect,
        schema="https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json",
        work={"type": "property", "name": "implementation"},
        input={"type": "camunda:inputParameter", "name": "{}"},
        note={"type": "camunda:property", "name": "bx:{}"},
        variable="${{{}}}",
    ),
    Target(
        name=CAMUNDA8.dialect,
        schema="https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json",
        work={"type": "zeebe:taskDefinition", "property": "type"},
        input={"type": "zeebe:input", "name": "{}"},
        note={"type": "zeebe:property", "name": "bx:{}"},
        variable="={}",
    ),
)

PYTHON: Final = {
    "notEmpty": True,
    "pattern": {
        "value": "^python:[A-Za-z_][\\w.]*:[A-Za-z_][\\w.]*$",
        "message": "as in python:shop.tasks:charge_card",
    },
}

SETTINGS: Final = (
    ("retries", "Further attempts", "as in 3, or R3/PT10S for a wait of ten seconds"),
    ("threads", "Calls at once", "how many calls of this task may run at once"),
    ("timeout", "Timeout", "how long a call may take, as in PT30S"),
)
"""What can be set of every task: the word, its label, what it does."""

GROUPS: Final = [{"id": "python", "label": "Python"}, {"id": "running", "label": "How it is run"}]


def general() -> list[Template]:
    """The template in which the function is named by hand, for each engine."""
    return [_general(engine) for engine in ENGINES]


def _general(engine: Target) -> Template:
    fields = [
        {
            "label": "Python",
            "description": "the function that does the work, as in python:shop.tasks:charge_card",
            "type": "String",
            "group": "python",
            "constraints": PYTHON,
            "binding": engine.work,
        },
        _note(engine, "result", ("Result", "the variable that takes the result"), group="python"),
        {
            **_note(engine, "emits", ("Results", "one, or many that go on one by one")),
            "type": "Dropdown",
            "value": "one",
            "choices": [
                {"name": "one result", "value": "one"},
                {"name": "many results, one by one", "value": "many"},
            ],
        },
        *_settings(engine),
    ]
    about = "Python that does the work of the task."
    return _template(engine, ("bpmn-xml.python", "Python task", about), fields)


def templates_of(source: str, module: str) -> list[Template]:
    """A template for each public function of a module, for each engine.

    Args:
        source: the module's text.
        module: its name, as a drawing names it.

    Raises:
        SyntaxError: the text is no Python.
    """
    tree = ast.parse(source)
    enums, functions = enums_of(tree), list(_functions(tree))
    return [
        _of_function(engine, f"{module}:{name}", function, enums)
        for name, function in functions
        for engine in ENGINES
    ]


Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """The public functions of a module and methods of its classes, in their order.

    `main` is what the module does as a program.
    """
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef) and _is_public(statement.name):
            yield from ((f"{statement.name}.{name}", f) for name, f in _public(statement.body))
        yield from (found for found in _public([statement]) if found[0] != "main")


def _public(statements: list[ast.stmt]) -> Iterator[tuple[str, Function]]:
    for statement in statements:
        if isinstance(statement, Function) and _is_public(statement.name):
            yield statement.name, statement


def _is_public(name: str) -> bool:
    return not name.startswith("_")


def _of_function(engine: Target, path: str, function: Function, enums: Enums) -> Template:
    """The template of one function."""
    module, _, name = path.partition(":")
    documentation = ast.get_docstring(function) or ""
    about_arguments = described(documentation)
    fields: list[Property] = [
        {"type": "Hidden", "value": f"python:{path}", "binding": engine.work},
        *(
            _input(engine, found, enums, about_arguments.get(found[0].arg, ""))
            for found in _parameters(function, method="." in name)
        ),
    ]
    if _has_result(function):
        text = ("Result", "the variable that takes the result")
        variable = f"{name.rpartition('.')[2]}_result"
        fields.append({**_note(engine, "result", text, group="python"), "value": variable})
    first = documentation.partition("\n")[0].strip().rstrip(".")
    title = name.replace("_", " ").replace(".", ": ")
    about = first or path
    key = f"bpmn-xml.{module}.{name}"
    told = key, title[:1].upper() + title[1:], about
    return _template(engine, told, [*fields, *_settings(engine)])


def _parameters(function: Function, *, method: bool) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """The parameters that take variables, with their defaults."""
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    pairs = list(zip(plain, [*missing, *arguments.defaults], strict=True))
    static = any(ast.unparse(found) == "staticmethod" for found in function.decorator_list)
    pairs = pairs[1:] if method and not static else pairs
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    yield from (pair for pair in pairs if pair[0].arg not in (CONTEXT, QUEUE))


def _input(
    engine: Target, found: tuple[ast.arg, ast.expr | None], enums: Enums, about: str
) -> Property:
    """What is passed for a parameter: the variable of its name, or its default."""
    parameter, default = found
    name = parameter.arg
    kind = f" ({ast.unparse(parameter.annotation)})" if parameter.annotation else ""
    variable = engine.variable.format(name)
    field: Property = {
        "label": name,
        "description": (about.rstrip(".") or "a value or an expression") + kind,
        "type": "String",
        "group": "python",
        "binding": {key: text.format(name) for key, text in engine.input.items()},
    }
    if choices := choices_of(parameter.annotation, enums):
        field |= {"type": "Dropdown", "choices": [
            {"name": label, "value": _chosen(engine, value)}
            for label, value in choices.items()
        ] + [{"name": f"the variable {name}", "value": variable}]}  # fmt: skip
    elif engine.name == CAMUNDA8.dialect:
        field |= {"feel": "required"}
    if default is None:
        return field | {"value": variable, "constraints": {"notEmpty": True}}
    member = choices.get(default.attr) if isinstance(default, ast.Attribute) else None
    if choices and isinstance(default, ast.Constant):
        member = next((one for one in choices.values() if one == default.value), None)
    value = _constant(engine, default) if member is None else _chosen(engine, member)
    return field | ({"value": value} if value else {"optional": True})


def _chosen(engine: Target, value: Choice) -> str:
    """One of some values: a text as it is, which is read as what its Python asks for."""
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return value
    return engine.variable.format(json.dumps(value))


def _constant(engine: Target, default: ast.expr) -> str:
    """A default as an expression of the engine; nothing for what has no constant form."""
    value = default.value if isinstance(default, ast.Constant) else None
    if isinstance(value, bool | int | float | str):
        return engine.variable.format(json.dumps(value))
    return ""


def _has_result(function: Function) -> bool:
    """Whether a function gives one value that needs a variable."""
    if function.returns is None:
        return False
    returned = ast.unparse(function.returns).strip("'\"").partition("[")[0].rpartition(".")[2]
    return returned not in UNMAPPED


def _settings(engine: Target) -> Iterator[Property]:
    for word, label, text in SETTINGS:
        yield _note(engine, word, (label, text))


def _note(engine: Target, word: str, told: tuple[str, str], *, group: str = "running") -> Property:
    """A field for a word of our own, left out of the drawing where it is empty."""
    label, text = told
    return {
        "label": label,
        "description": text,
        "type": "String",
        "group": group,
        "optional": True,
        "binding": {key: part.format(word) for key, part in engine.note.items()},
    }


def _template(engine: Target, told: tuple[str, str, str], fields: list[Property]) -> Template:
    key, name, about = told
    return {
        "$schema": engine.schema,
        "name": name,
        "id": f"{key}.{engine.name}",
        "description": about,
        "appliesTo": ["bpmn:Task", "bpmn:ServiceTask"],
        "elementType": {"value": "bpmn:ServiceTask"},
        "groups": GROUPS,
        "properties": fields,
    }


def as_text(templates: list[Template]) -> str:
    """Templates as the text of a file."""
    return json.dumps(templates, indent=2, ensure_ascii=False) + "\n"
