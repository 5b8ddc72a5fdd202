"""FEEL's expressions as two tables of rules (DMN 10.3.1.2).

From weak to strong: or, and, comparisons with between and in, sums, products, powers, the sign,
instance of, and what trails a value: paths, filters, calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.feel import scanner, temporal
from bpmn_xml.expressions.feel.parser import FeelParser
from bpmn_xml.expressions.feel.typenames import parse_type
from bpmn_xml.expressions.feel.values import MATH, whole
from bpmn_xml.expressions.feel.values import number as plain_number
from bpmn_xml.expressions.limits import MAX_NUMERAL
from bpmn_xml.expressions.pratt import END, Grammar, Infix, Prefix, Token
from bpmn_xml.expressions.shared_rules import binary, constants, logic

OR, AND, COMPARE, SUM, PRODUCT, POWER, SIGN, INSTANCE, TRAIL = range(1, 10)
COMPARISONS: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
QUANTIFIERS: Final = {"and": "all", "or": "any"}
CONSTANTS: Final[Mapping[str, object]] = {"null": None, "true": True, "false": False}


def number(parser: FeelParser, token: Token) -> tree.Term:
    """Parse a number: an integer if it is written as one."""
    if len(token.text) > MAX_NUMERAL:
        parser.fail(f"a number of more than {MAX_NUMERAL} digits", token.at)
    if token.text.isdigit():
        return tree.Literal(token.at, whole(int(token.text)))
    reachable = Decimal(token.text).adjusted() <= MATH.Emax
    return tree.Literal(token.at, MATH.create_decimal(token.text) if reachable else None)


def string(_: FeelParser, token: Token) -> tree.Term:
    """Parse a text."""
    return tree.Literal(token.at, scanner.string(token.text))


def at_literal(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `@"..."`, a date, time or duration."""
    text = scanner.string(parser.expect("string").text)
    return tree.Literal(token.at, temporal.parse(text))


def name(_: FeelParser, token: Token) -> tree.Term:
    """Parse a variable."""
    return tree.Name(token.at, scanner.name_of(token))


def conditional(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `if test then value else other`."""
    test = parser.expression()
    parser.expect("then")
    then = parser.expression()
    parser.expect("else")
    return tree.Conditional(token.at, test, then, parser.expression())


def loop(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `for`, `some` or `every` with its iterators."""
    names: list[str] = []
    domains: list[tree.Term] = []
    while not names or parser.accept(","):
        names.append(parser.declare("iterator"))
        parser.expect("in")
        domains.append(domain(parser))
    parser.expect("return" if token.kind == "for" else "satisfies")
    return tree.Loop(token.at, token.kind, tuple(names), tuple(domains), parser.expression())


def domain(parser: FeelParser) -> tree.Term:
    """Parse what an iterator goes through: a list, or a range without brackets."""
    start = parser.expression()
    dots = parser.peek()
    if not parser.accept(".."):
        return start
    return tree.Interval(
        dots.at, start, parser.expression(), start_included=True, end_included=True, written="to"
    )


def function(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `function(a, b: number) value`; of what is external to FEEL nothing is read."""
    parser.expect("(")
    parameters: list[str] = []
    types: list[tree.TypeName | None] = []
    while not parser.accept(")"):
        parameters.append(parser.declare("parameter"))
        types.append(parse_type(parser) if parser.accept(":") else None)
        parser.more(")")
    external = parser.accept("external")
    body = parser.expression()
    body = tree.External(body.at) if external else body
    return tree.Lambda(token.at, tuple(parameters), tuple(types), body)


def group(parser: FeelParser, token: Token) -> tree.Term:
    """Parse what stands in round brackets: a value, or a range without its ends."""
    value = parser.expression()
    if parser.accept(".."):
        return interval(parser, token, value)
    parser.expect(")")
    return value


def items(parser: FeelParser, token: Token) -> tree.Term:
    """Parse a list, or a range with its first end."""
    found: list[tree.Term] = []
    while not parser.accept("]"):
        found.append(parser.expression())
        if len(found) == 1 and parser.accept(".."):
            return interval(parser, token, found[0])
        parser.more("]")
    return tree.Items(token.at, tuple(found))


def quantifier(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `and(...)` or `or(...)`, functions of DMN 1.1, which are called all and any since."""
    if parser.peek().kind != "(":
        parser.unexpected(token, "a value")
    return tree.Name(token.at, QUANTIFIERS[token.kind])


def open_interval(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `]1..5]`, a range without its first end."""
    start = parser.expression()
    parser.expect("..")
    return interval(parser, token, start)


def interval(parser: FeelParser, opening: Token, start: tree.Term) -> tree.Term:
    """Parse the second end of a range and its bracket."""
    with parser.within(range_end=True):
        end = parser.expression()
        closing = parser.take()
    if closing.kind not in (")", "]", "range end"):
        parser.unexpected(closing, "')' or ']'")
    return tree.Interval(
        opening.at,
        start,
        end,
        start_included=opening.kind == "[",
        end_included=closing.kind == "]",
    )


def compared(meant: str) -> Infix:
    """Return the rule of a comparison; what it compares with begins with no other sign of one."""
    plain = binary(COMPARE, meant)

    def parse(parser: FeelParser, left: tree.Term, token: Token) -> tree.Term:
        no_second_sign(parser, token)
        return plain.parse(parser, left, token)

    return Infix(parse, COMPARE)


def no_second_sign(parser: FeelParser, token: Token) -> None:
    """Refuse `==`, `=>` and their like, of which the second half would be a test of its own."""
    second = parser.peek()
    if second.kind in COMPARISONS:
        sign = "'='" if second.kind == token.kind == "=" else "one sign"
        what = f"'{token.kind}{second.kind}' is not known; write {sign} to compare"
        parser.fail(what, token.at)


def one_end(parser: FeelParser, token: Token) -> tree.Term:
    """Parse `< 5` and its like where a value begins: the values for which it holds."""
    no_second_sign(parser, token)
    end = parser.expression(COMPARE + 1)
    below, closed = token.kind in ("<", "<="), token.kind in ("<=", ">=", "=")
    both = token.kind in ("=", "!=")
    return tree.Interval(
        token.at,
        end if both or not below else None,
        end if both or below else None,
        start_included=closed and (both or not below),
        end_included=closed and (both or below),
        written=token.kind,
    )


def context(parser: FeelParser, token: Token) -> tree.Term:
    """Parse a context; its entries see the ones before them."""
    names: list[str] = []
    values: list[tree.Term] = []
    while not parser.accept("}"):
        key = parser.accepted("string")
        names.append(scanner.string(key.text) if key else parser.declare("key"))
        parser.expect(":")
        values.append(parser.expression())
        parser.more("}")
    return tree.Context(token.at, tuple(names), tuple(values))


def negative(parser: FeelParser, token: Token) -> tree.Term:
    """Parse a value with a minus sign; that of a number is part of it (rule 37)."""
    numeral = parser.accepted("number")
    operand = number(parser, numeral) if numeral else parser.expression(SIGN)
    if isinstance(operand, tree.Literal) and (value := plain_number(operand.value)) is not None:
        return tree.Literal(token.at, -value)
    return tree.Unary(token.at, "-", operand)


def between(parser: FeelParser, value: tree.Term, token: Token) -> tree.Term:
    """Parse `value between low and high`."""
    low = parser.expression(COMPARE + 1)
    parser.expect("and")
    return tree.Between(token.at, value, low, parser.expression(COMPARE + 1))


def among(parser: FeelParser, value: tree.Term, token: Token) -> tree.Term:
    """Parse `value in test` or `value in (test, test)`."""
    opening = parser.accepted("(")
    if opening is None:
        return tree.Among(token.at, value, (parser.expression(COMPARE + 1),))
    tests = [parser.expression()]
    if parser.accept(".."):
        return tree.Among(token.at, value, (interval(parser, opening, tests[0]),))
    while parser.accept(","):
        tests.append(parser.expression())
    parser.expect(")")
    return tree.Among(token.at, value, tuple(tests))


def instance_of(parser: FeelParser, value: tree.Term, token: Token) -> tree.Term:
    """Parse `value instance of type`."""
    parser.expect("of")
    return tree.InstanceOf(token.at, value, parse_type(parser))


def path(parser: FeelParser, value: tree.Term, token: Token) -> tree.Term:
    """Parse `value.name`; a keyword may be a name here."""
    key = parser.take()
    if key.kind not in ("name", "quoted") and key.text not in scanner.KEYWORDS:
        parser.unexpected(key, "a name")
    return tree.Access(token.at, value, scanner.name_of(key))


def filtered(parser: FeelParser, value: tree.Term, token: Token) -> tree.Term:
    """Parse `value[test]`."""
    with parser.within(range_end=False):
        test = parser.expression()
    parser.expect("]")
    return tree.Filter(token.at, value, test)


def call(parser: FeelParser, called: tree.Term, token: Token) -> tree.Term:
    """Parse the arguments of a call, all with names or all without."""
    arguments: list[tree.Term] = []
    keywords: list[str] = []
    with parser.within(range_end=False):
        while not parser.accept(")"):
            if keyword := argument_name(parser):
                keywords.append(keyword)
            elif keywords:
                parser.fail("a plain argument follows a named one", parser.peek().at)
            arguments.append(parser.expression())
            parser.more(")")
    if keywords and len(keywords) < len(arguments):
        parser.fail("plain and named arguments are mixed", token.at)
    if isinstance(called, tree.Name) and parser.is_function(called.name):
        return tree.Call(called.at, called.name, tuple(arguments), tuple(keywords))
    return tree.Invoke(token.at, called, tuple(arguments), tuple(keywords))


def argument_name(parser: FeelParser) -> str:
    """Return the name before an argument's colon, or nothing."""
    mark = parser.mark()
    token = parser.take()
    if token.kind == "name" and parser.accept(":"):
        return scanner.name_of(token)
    parser.reset(mark)
    return ""


PREFIX: Final[Mapping[str, Prefix]] = {
    "number": Prefix(number),
    "string": Prefix(string),
    "@": Prefix(at_literal),
    "name": Prefix(name),
    "quoted": Prefix(name),
    "if": Prefix(conditional),
    "for": Prefix(loop),
    "some": Prefix(loop),
    "every": Prefix(loop),
    "function": Prefix(function),
    "(": Prefix(group),
    "[": Prefix(items),
    "]": Prefix(open_interval),
    **dict.fromkeys(QUANTIFIERS, Prefix(quantifier)),
    "{": Prefix(context),
    "-": Prefix(negative),
    **constants(CONSTANTS),
    **dict.fromkeys(COMPARISONS, Prefix(one_end)),
}
INFIX: Final[Mapping[str, Infix]] = {
    "or": logic(OR),
    "and": logic(AND),
    **{sign: compared(meant) for sign, meant in COMPARISONS.items()},
    "between": Infix(between, COMPARE),
    "in": Infix(among, COMPARE),
    **dict.fromkeys(("+", "-"), binary(SUM)),
    **dict.fromkeys(("*", "/"), binary(PRODUCT)),
    "**": binary(POWER),
    "instance": Infix(instance_of, INSTANCE),
    ".": Infix(path, TRAIL),
    "[": Infix(filtered, TRAIL),
    "(": Infix(call, TRAIL),
}
GRAMMAR: Final = Grammar(scan=scanner.scan, prefix=PREFIX, infix=INFIX, refused={})


def unary_tests(parser: FeelParser) -> tree.Term:
    """Parse a cell of a decision table: tests with commas between, `not(...)`, or `-` for any."""
    start = parser.mark()
    token = parser.take()
    if token.kind == "-" and parser.peek().kind == END:
        return tree.Literal(token.at, True)  # noqa: FBT003 - the value itself
    if token.kind == "name" and token.text == "not" and parser.accept("("):
        tests = tests_until(parser, ")")
        if parser.peek().kind == END:
            return tree.CellTests(token.at, tests, negated=True)
    parser.reset(start)
    return tree.CellTests(token.at, tests_until(parser, END), negated=False)


def tests_until(parser: FeelParser, closing: str) -> tuple[tree.Term, ...]:
    """Parse tests with commas between, and what closes them."""
    found = [parser.expression()]
    while parser.accept(","):
        found.append(parser.expression())
    parser.expect(closing)
    return tuple(found)
