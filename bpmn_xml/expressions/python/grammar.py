"""Python's expressions as two tables of rules. What has no rule here cannot be written.

The powers are Python's precedences (Python reference, 6.17); what Python has and this subset has
not is refused by name, so that people learn why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Function
from bpmn_xml.expressions.pratt import Grammar, Infix, PrattParser, Prefix, Token
from bpmn_xml.expressions.python import scanner
from bpmn_xml.expressions.shared_rules import binary, check_name, constants, literal, logic
from bpmn_xml.wording import did_you_mean, shorten

TERNARY, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, TRAIL = range(1, 10)
COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!=", "in", "not", "is"})
CONSTANTS: Final[Mapping[str, object]] = {"None": None, "True": True, "False": False}
ELSEWHERE: Final[Mapping[str, str]] = {"null": "None", "true": "True", "false": "False"}
"""How other languages write them: so often met in drawings that it is no variable here."""


def strings(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a text, or several in a row, which are one."""
    words = [token]
    while parser.peek().kind == "string":
        words.append(parser.take())
    try:
        return tree.Literal(token.at, "".join(scanner.string(word.text) for word in words))
    except ValueError as error:
        parser.fail(str(error), token.at)


def name(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a variable, or the call of a registered function."""
    check_name(parser, token)
    if token.text in ELSEWHERE:
        parser.fail(f"'{token.text}' is written {ELSEWHERE[token.text]} in Python", token.at)
    if parser.accept("("):
        return call(parser, token)
    return tree.Name(token.at, token.text)


def call(parser: PrattParser, token: Token) -> tree.Term:
    """Parse the arguments of a function, which must be registered and take them."""
    function = parser.functions.get(token.text)
    if function is None:
        hint = did_you_mean(token.text, parser.functions)
        parser.fail(f"there is no function '{shorten(token.text)}'{hint}", token.at)
    arguments: list[tree.Term] = []
    keywords: list[str] = []
    while not parser.accept(")"):
        argument = parser.expression()
        if isinstance(argument, tree.Name) and parser.accept("="):
            keywords.append(argument.name)
            argument = parser.expression()
        elif keywords:
            parser.fail("a plain argument follows a named one", argument.at)
        arguments.append(argument)
        more(parser, ")")
    node = tree.Call(token.at, token.text, tuple(arguments), tuple(keywords))
    check_arguments(parser, node, function)
    return node


def check_arguments(parser: PrattParser, node: tree.Call, function: Function) -> None:
    """Refuse arguments that the function does not take; a few in C do not say what they take."""
    from inspect import signature

    plain = len(node.arguments) - len(node.keywords)
    try:
        signature(function).bind(*[None] * plain, **dict.fromkeys(node.keywords))
    except TypeError as error:
        parser.fail(f"{node.function}(): {error}", node.at)
    except ValueError:
        return


def more(parser: PrattParser, closing: str) -> bool:
    """Say whether a comma follows; what else follows must be the closing bracket."""
    comma = parser.accept(",")
    if not comma and parser.peek().kind != closing:
        parser.unexpected(parser.take(), f"',' or '{closing}'")
    return comma


def group(parser: PrattParser, token: Token) -> tree.Term:
    """Parse what stands in round brackets: one value, or a tuple."""
    found: list[tree.Term] = []
    comma = False
    while not parser.accept(")"):
        found.append(parser.expression())
        comma = more(parser, ")")
    return found[0] if len(found) == 1 and not comma else tree.FixedItems(token.at, tuple(found))


def items(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a list."""
    found: list[tree.Term] = []
    while not parser.accept("]"):
        found.append(parser.expression())
        more(parser, "]")
    return tree.Items(token.at, tuple(found))


def entries(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a dictionary; sets are refused, their order is not the text's."""
    keys: list[tree.Term] = []
    values: list[tree.Term] = []
    while not parser.accept("}"):
        keys.append(parser.expression())
        if parser.peek().kind in (",", "}"):
            parser.fail("sets are not allowed; write a list in square brackets", token.at)
        parser.expect(":")
        values.append(parser.expression())
        more(parser, "}")
    return tree.Entries(token.at, tuple(keys), tuple(values))


def sign(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a signed value; the sign of a number becomes part of it."""
    operand = parser.expression(SIGN)
    if isinstance(operand, tree.Literal) and isinstance(operand.value, int | float):
        value = operand.value
        return tree.Literal(token.at, -value if token.kind == "-" else +value)
    return tree.Unary(token.at, token.kind, operand)


def negation(parser: PrattParser, token: Token) -> tree.Term:
    """Parse `not` and its operand."""
    return tree.Unary(token.at, "not", parser.expression(NOT))


def comparison(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse a comparison, or a chain of them."""
    signs = [comparison_sign(parser, token)]
    others = [operand_of(parser, signs[0])]
    while parser.peek().kind in COMPARISONS:
        signs.append(comparison_sign(parser, parser.take()))
        others.append(operand_of(parser, signs[-1]))
    if len(others) == 1:
        return tree.Binary(token.at, signs[0], left, others[0])
    return tree.Chain(token.at, left, tuple(signs), tuple(others))


def comparison_sign(parser: PrattParser, token: Token) -> str:
    """Return the sign of a comparison, of two words if it is `not in` or `is not`."""
    if token.kind == "not":
        parser.expect("in")
        return "not in"
    return "is not" if token.kind == "is" and parser.accept("not") else token.kind


def operand_of(parser: PrattParser, comparing: str) -> tree.Term:
    """Parse the right side of a comparison; `is` compares with constants only."""
    operand = parser.expression(COMPARE + 1)
    constants = (None, True, False)
    if comparing in ("is", "is not") and not (
        isinstance(operand, tree.Literal) and any(operand.value is known for known in constants)
    ):
        parser.fail("'is' compares with None, True or False only; write '=='", operand.at)
    return operand


def ternary(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `then if test else otherwise`."""
    test = parser.expression(OR)
    parser.expect("else")
    return tree.Conditional(token.at, test, left, parser.expression(TERNARY))


def member(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `.name`, an entry of a mapping; methods are refused."""
    key = parser.take()
    if key.kind != "name" and key.kind not in scanner.KEYWORDS:
        parser.unexpected(key, "a name")
    check_name(parser, key)
    if parser.peek().kind == "(":
        hint = f"; write {key.text}(...)" if key.text in parser.functions else ""
        parser.fail(
            f"'.{shorten(key.text)}' cannot be called, methods are not allowed{hint}", key.at
        )
    return tree.Access(token.at, left, key.text)


def index(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `[key]` or `[lower:upper:step]`."""
    bounds: list[tree.Term | None] = [bound(parser)]
    while len(bounds) < 3 and parser.accept(":"):
        bounds.append(bound(parser))
    parser.expect("]")
    if len(bounds) > 1:
        return tree.Slice(token.at, left, *bounds, *[None] * (3 - len(bounds)))
    if bounds[0] is None:
        parser.fail("expected a value between '[' and ']'", token.at)
    return tree.Index(token.at, left, bounds[0])


def bound(parser: PrattParser) -> tree.Term | None:
    """Parse one part of a slice, if it is there."""
    return None if parser.peek().kind in (":", "]") else parser.expression()


def called(parser: PrattParser, _: tree.Term, token: Token) -> tree.Term:
    """Refuse the call of anything but a registered function."""
    parser.fail("only registered functions can be called", token.at)


PREFIX: Final[Mapping[str, Prefix]] = {
    "number": literal(scanner.number),
    "string": Prefix(strings),
    "name": Prefix(name),
    "(": Prefix(group),
    "[": Prefix(items),
    "{": Prefix(entries),
    "-": Prefix(sign),
    "+": Prefix(sign),
    "not": Prefix(negation, NOT),
    **constants(CONSTANTS),
}
INFIX: Final[Mapping[str, Infix]] = {
    "if": Infix(ternary, TERNARY),
    "or": logic(OR),
    "and": logic(AND),
    **dict.fromkeys(COMPARISONS, Infix(comparison, COMPARE)),
    **dict.fromkeys(("+", "-"), binary(SUM)),
    **dict.fromkeys(("*", "/", "//", "%"), binary(PRODUCT)),
    ".": Infix(member, TRAIL),
    "[": Infix(index, TRAIL),
    "(": Infix(called, TRAIL),
}
REFUSED: Final[Mapping[str, str]] = {
    **{
        word: f"'{word}' is not allowed in an expression"
        for word in (*sorted(scanner.KEYWORDS - PREFIX.keys() - INFIX.keys() - {"else"}),
                     "**", "<<", ">>", "~", "^", "@", ":=", "...", "->", ";", "*")
    },
    "=": "'=' would assign; write '==' to compare",
    "&": "'&' is not allowed; write 'and'",
    "|": "'|' is not allowed; write 'or'",
    "!": "'!' is not allowed; write 'not'",
    "?": "'?' is not allowed; write 'this if test else that'",
    "'": "this text has no closing quote",
    '"': "this text has no closing quote",
    "$": "'$' is not allowed; write the variable's plain name",
}  # fmt: skip
GRAMMAR: Final = Grammar(scan=scanner.scan, prefix=PREFIX, infix=INFIX, refused=REFUSED)


def parse(text: str, functions: Mapping[str, Function], _: Iterable[str]) -> tree.Term:
    """Return the tree of a text in the safe subset of Python."""
    return PrattParser(text, GRAMMAR, functions).parse()
