r"""What is supported of Groovy and JavaScript: JUEL's grammar, without what differs anywhere.

>>> parser("groovy")("return a > 1;", {}, ()).operator
'>'
>>> parser("groovy")("a\n- b", {}, ())
Traceback (most recent call last):
    ...
bpmn_xml.expressions.languages.UnsupportedLanguage: the expression language groovy is not supported
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Function
from bpmn_xml.expressions.juel.grammar import GRAMMAR
from bpmn_xml.expressions.juel.resolve import resolve
from bpmn_xml.expressions.languages import UnsupportedLanguage
from bpmn_xml.expressions.pratt import BLANKS, PrattParser, Prefix, Token
from bpmn_xml.wording import quoted

TEXTS: Final = re.compile(r"""'(?:[^\\']|\\.)*'|"(?:[^\\"]|\\.)*\"""", re.DOTALL)
"""Texts in quotes, in which no sign means anything."""

WORD: Final = re.compile(r"\.?[\w.$]+|\S")
NUMBERS: Final = re.compile(r"(?<![\w$])\.?[0-9][\w.]*")
PLAIN: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MOST_DIGITS: Final = 15
"""How many digits a number may have that is the same as a double and as a decimal."""

BEYOND: Final = re.compile(
    r"\b(?:and|or|not|eq|ne|lt|le|gt|ge|div|mod|empty|instanceof)\b|/|--|\+\+"
    r"|[+-]\s*[\r\n]|[\r\n]\s*[+-]"
)
"""Words that are signs in JUEL alone, division, signs that count, and a sum on several lines.

In Groovy a line that begins with a sign is a statement of its own.
"""

BEGINS: Final = {"groovy": re.compile(r"\s*return[ \t]+(?=\S)"), "javascript": re.compile("")}
"""What may stand before the value of a script."""

BEHIND: Final = "; \t\r\n"
"""What may stand behind it."""

UNKNOWN: Final = frozenset({
    "Infinity", "NaN", "as", "assert", "break", "case", "catch", "class", "const", "continue",
    "debugger", "def", "default", "delete", "do", "else", "enum", "environment", "export",
    "extends", "finally", "for", "function", "goto", "if", "import", "in", "new", "return",
    "super", "switch", "task", "this", "throw", "try", "typeof", "undefined", "var", "variables",
    "void", "while", "with",
})  # fmt: skip
"""Names that are no variables' there, or stand for what scripts are run in."""

INHERITED: Final = frozenset({
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
    "toString", "valueOf",
})  # fmt: skip
"""Entries that all objects have in JavaScript."""

PARTS: Final = (
    tree.Literal, tree.Name, tree.Access, tree.Unary, tree.Binary, tree.Logic, tree.Conditional,
    tree.Lookup, tree.Items, tree.Entries,
)  # fmt: skip
ORDERING: Final = frozenset({"<", "<=", ">", ">="})
COMPARING: Final = ORDERING | {"==", "!="}

UNITS: Final = "\ue000"
"""The first character that may stand behind others here, and before them in UTF-16."""


def strict(text: str, position: int) -> Token:
    """Return the word at or behind a position; `===` and `!==` are signs."""
    found = STRICT.match(text, position)
    return Token(found[1], found[1], found.start(1)) if found else GRAMMAR.scan(text, position)


def bracketed(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a list or a map of Groovy: `["a", n]`, `[name: "a"]`, `[:]`."""
    keys, values = list[tree.Term](), list[tree.Term]()
    if parser.accept(":"):
        parser.expect("]")
        return tree.Entries(token.at, (), ())
    while not values or parser.accept(","):
        if not values and parser.accept("]"):
            return tree.Items(token.at, ())
        keys += _key(parser)
        values.append(parser.expression())
    parser.expect("]")
    if not keys:
        return tree.Items(token.at, tuple(values))
    if len(keys) < len(values):
        parser.fail("each value of a map has a key", token.at)
    return tree.Entries(token.at, tuple(keys), tuple(values))


def _key(parser: PrattParser) -> list[tree.Term]:
    """The key before a value of a map; nothing before one of a list."""
    before, key = parser.mark(), parser.take()
    if key.kind in ("name", "string") and parser.accept(":"):
        if key.kind == "name":
            return [tree.Literal(key.at, key.text)]
        return [GRAMMAR.prefix["string"].parse(parser, key)]
    parser.reset(before)
    return []


STRICT: Final = re.compile(rf"[{BLANKS}]*([!=]==)")
GRAMMARS: Final = {
    "groovy": replace(GRAMMAR, prefix={**GRAMMAR.prefix, "[": Prefix(bracketed)}),
    "javascript": replace(
        GRAMMAR,
        scan=strict,
        infix={**GRAMMAR.infix, "===": GRAMMAR.infix["=="], "!==": GRAMMAR.infix["!="]},
    ),
}


def parser(language: str) -> Callable[[str, Mapping[str, Function], Iterable[str]], tree.Term]:
    """Return the function that parses what is supported of a language, and refuses the rest."""
    begins, grammar = BEGINS[language], GRAMMARS[language]

    def parse(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
        found = begins.match(text)
        start = found.end() if found else 0
        value = " " * start + text[start:].rstrip(BEHIND)
        try:
            term = resolve(PrattParser(value, grammar, {}).parse(), functions, names, text=text)
        except ExpressionError as error:
            part = _placed(text, error.offset, str(error))
            raise UnsupportedLanguage(language, text=text, part=part) from error
        part = _beyond(value) or _unsupported(term, text, decimal=language == "groovy")
        if part:
            raise UnsupportedLanguage(language, text=text, part=part)
        return term

    return parse


def _placed(text: str, offset: int, what: str) -> str:
    """What is said of a part of a text, with its line and column."""
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}: {what}"


def _beyond(value: str) -> str:
    """The first sign or number of a text that does not mean the same in these languages."""
    bare = TEXTS.sub(lambda found: "'" + "_" * (len(found[0]) - 2) + "'", value)
    numbers = [
        found
        for found in NUMBERS.finditer(bare)
        if not PLAIN.fullmatch(found[0]) or len(found[0].replace(".", "")) > MOST_DIGITS
    ]
    first = min([*BEYOND.finditer(bare), *numbers], key=re.Match.start, default=None)
    return _placed(value, first.start(), _not_the_same(first[0])) if first else ""


def _not_the_same(part: str) -> str:
    return f"{quoted(part)} does not mean the same everywhere"


def _unsupported(term: tree.Term, text: str, *, decimal: bool) -> str:
    """The first part of a tree that does not mean the same; `decimal` where `1.1` is no double."""
    parts = list(tree.walk(term))
    wrong = _decimals(parts) if decimal else []
    wrong += [part for part in parts if not (isinstance(part, PARTS) and _is_plain(part))]
    if not wrong:
        return ""
    first = min(part.at for part in wrong)
    word = TEXTS.match(text, first) or WORD.match(text, first)
    return _placed(text, first, _not_the_same(word[0] if word else text[first:]))


def _decimals(parts: Sequence[tree.Term]) -> list[tree.Term]:
    """The decimals that are more than compared: as results, or in calculations, they are exact."""
    compared = [
        id(side)
        for part in parts
        if isinstance(part, tree.Binary) and part.operator in COMPARING
        for side in (part.left, part.right)
    ]
    found = [p for p in parts if isinstance(p, tree.Literal) and isinstance(p.value, float)]
    return [part for part in found if id(part) not in compared]


def _is_plain(term: tree.Term) -> bool:
    """Whether a name or a text is just that: `"${x}"` is more in Groovy."""
    match term:
        case tree.Literal(value=str(text)):
            return not set("$\r\n") & set(text)
        case tree.Name(name=name):
            return name not in UNKNOWN
        case tree.Access(name=name):
            return name not in INHERITED
        case tree.Binary(operator=sign, right=tree.Literal(value=str(text))):
            return sign not in ORDERING or all(letter < UNITS for letter in text)
    return True
