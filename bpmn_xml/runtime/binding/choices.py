r"""What the text of a module says of a function's arguments: the values to choose from, in words.

>>> enums = enums_of(ast.parse("class Coin(Enum):\n    EUR = 'eur'\n    USD = 'usd'"))
>>> choices_of(ast.parse("Optional[Coin]", mode="eval").body, enums)
{'EUR': 'eur', 'USD': 'usd'}
"""

from __future__ import annotations

import ast
import re
from typing import Final

Choice = bool | int | str
Choices = dict[str, Choice]
Enums = dict[str, Choices]
"""The values of each enumeration by their names."""

PLAIN: Final = (bool, int, str)
TRUTHS: Final[Choices] = {"yes": True, "no": False}

ARGUMENT: Final = re.compile(r"^ {4}(\w+)[^:\n]*:[ \n]+(.+(?:\n {5,}.+)*)", re.MULTILINE)
SECTION: Final = re.compile(r"^Args:\n((?: .*\n?|\n)*)", re.MULTILINE)


def enums_of(module: ast.Module) -> Enums:
    """The enumerations of a module whose values are constants."""
    classes = [found for found in module.body if isinstance(found, ast.ClassDef)]
    return {
        found.name: _members(found)
        for found in classes
        if any(ast.unparse(base).endswith("Enum") for base in found.bases)
    }


def _members(enum: ast.ClassDef) -> Choices:
    return {
        statement.targets[0].id: statement.value.value
        for statement in enum.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, PLAIN)
    }


def choices_of(annotation: ast.expr | None, enums: Enums) -> Choices:
    """The values that an annotation allows, by what people call them; nothing where many."""
    match annotation:
        case ast.Name("bool"):
            return TRUTHS
        case ast.Name(name):
            return enums.get(name, {})
        case ast.Subscript(value=outer, slice=inner):
            return _inside(ast.unparse(outer).rpartition(".")[2], inner, enums)
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(None)):
            return choices_of(left, enums)
    return {}


def _inside(outer: str, inner: ast.expr, enums: Enums) -> Choices:
    """The values of `Optional[...]` and `Literal[...]`."""
    if outer == "Optional":
        return choices_of(inner, enums)
    values = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    known = [value.value for value in values if isinstance(value, ast.Constant)]
    if outer != "Literal" or len(known) < len(values):
        return {}
    return {str(value): value for value in known if isinstance(value, PLAIN)}


def described(documentation: str) -> dict[str, str]:
    r"""What the section `Args:` of a docstring says of each argument.

    >>> described("Pay.\n\nArgs:\n    card: its\n        number.\n\nReturns:\n    all: of it.")
    {'card': 'its number.'}
    """
    section = SECTION.search(documentation)
    found = ARGUMENT.findall(section[1]) if section else []
    return {name: " ".join(text.split()) for name, text in found}
