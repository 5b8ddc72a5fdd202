"""Regular expressions: as Python's find them, where both know them; in time that grows linearly."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.expressions.limits import TEXT_STEPS, LimitError
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.regular import matcher
from bpmn_xml.expressions.regular.programs import program
from bpmn_xml.expressions.spending import SPENDING

FITS = {
    ("a{2}", "caab"): "aa",
    ("a{2,}", "aaaa"): "aaaa",
    ("a{1,2}", "aaa"): "aa",
    ("a{0}b", "ab"): "b",
    ("a{1,2}?", "aaa"): "a",
    ("a??b", "ab"): "ab",
    ("(a|ab)(c|bcd)", "abcd"): "abcd",
    ("[^a-c]+", "abxyc"): "xy",
    ("[a-z-[aeiou]]+", "aeibcdo"): "bcd",
    ("[^a-z-[A-Z]]", "aB1"): "1",
    ("[\\d\\s]+", "a1 2b"): "1 2",
    ("[-a]+", "b-a"): "-a",
    ("[a\\-z]+", "b-"): "-",
    ("[\\n]", "\n"): "\n",
    ("[a-]", "-"): "-",
    ("\\D", "1a"): "a",
    ("\\W", "a "): " ",
    ("\\S+", " ab "): "ab",
    ("\\i\\c*", "1_a-b "): "_a-b",
    ("\\I", "a1"): "1",
    ("\\C", "a "): " ",
    ("\\p{Lu}", "aBc"): "B",
    ("\\P{L}", "a1"): "1",
    ("\\p{IsGreek}", "a\u03b1"): "\u03b1",
    ("\\p{L}+", "1\u00e4b"): "\u00e4b",
    ("[\\p{N}]", "a1"): "1",
    ("\\.", "a."): ".",
    ("\\\\", "\\"): "\\",
    ("a||b", "b"): "",
    ("(?:ab)+", "ababa"): "abab",
    ("x*", "y"): "",
    ("^$", ""): "",
    ("(a*)*", "aa"): "aa",
    ("(a*)+", "b"): "",
}
WRONG = [
    "(",
    ")",
    "a)",
    "(a",
    "[",
    "[]",
    "[a",
    "[^]",
    "[b-a]",
    "[a-z-[x]y]",
    "[a[b]",
    "*",
    "a**",
    "+a",
    "a{",
    "a{,2}",
    "a{2,1}",
    "{1}",
    "}",
    "]",
    "\\",
    "\\q",
    "\\1",
    "(a\\1)",
    "(a)\\2",
    "[(a)\\1]",
    "\\p",
    "\\p{}",
    "\\p{Xx}",
    "\\p{IsNothing}",
    "(?=a)",
    "(?<a>b)",
    "[a-\\d]",
    "a{99999}",
    "(a{1000}){9}",
    "(" * 99 + ")" * 99,
    "()" * 100,
    "x" * 2001,
    "[\\",
]


@pytest.mark.parametrize(("pattern", "text"), FITS)
def test_fits(pattern, text):
    assert next(matcher.matches(program(pattern, ""), text))[0] == FITS[pattern, text]


@pytest.mark.parametrize("pattern", WRONG)
def test_wrong(pattern):
    with pytest.raises(ValueError, match=r".+"):
        program(pattern, "")


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "fits"),
    [
        ("[A-Z-[OI]]", "i", "x", True),
        ("[A-Z-[OI]]", "i", "o", False),
        ("\\p{Lu}", "i", "a", False),
        ("A", "i", "a", True),
        ("a b", "x", "ab", True),
        ("[ ]", "x", " ", True),
        ("a.c", "qi", "A.C", True),
        ("^b$", "m", "a\nb\nc", True),
        ("^b$", "", "a\nb", False),
        ("a$", "", "a\n", False),
    ],
)
def test_flags(pattern, flags, text, fits):
    assert (matcher.find(program(pattern, flags), text) is not None) is fits


ATOMS = st.sampled_from(
    ["a", "b", "c", ".", "[ab]", "[^b]", "(?:ab|c)", "(a)", "(b|ab)", "(?:a|b|)"]
)
PIECES = st.tuples(
    ATOMS, st.sampled_from(["", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?"])
).map("".join)
PATTERNS = st.lists(st.lists(PIECES, max_size=4).map("".join), min_size=1, max_size=3).map("|".join)


@given(PATTERNS, st.text("abc", max_size=8))
def test_python_finds_the_same(pattern, text):
    ours, pythons = matcher.find(program(pattern, ""), text), re.search(pattern, text)
    assert (ours and ours[:2]) == (pythons and pythons.span())


@given(st.text("ab|()[]{}*+?.^$\\-12,pLd", max_size=20), st.text("ab12\n", max_size=10))
def test_no_pattern_breaks_anything(pattern, text):
    try:
        compiled = program(pattern, "")
    except ValueError:
        return
    assert all(0 <= slots[0] <= slots[1] <= len(text) for slots in matcher.places(compiled, text))


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a+)+\\1$",
        "(a|a)*$",
        "(a|aa)+$",
        "(.*)*b",
        "a*a*a*a*a*a*a*b",
        "(a?){30}a{30}",
        "(x+x+)+y",
    ],
)
def test_no_catastrophes(pattern):
    compiled = program(pattern, "")
    before = SPENDING.steps
    with suppress(LimitError):
        metered(lambda text: matcher.find(compiled, text), lambda _: 0)("a" * 5_000 + "!")
    assert SPENDING.steps - before <= TEXT_STEPS
