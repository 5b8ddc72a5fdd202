"""No text gets at an object, hangs, or raises anything but an explained error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.juel import parse
from bpmn_xml.expressions.limits import TEXT_STEPS, VALUE_STEPS
from bpmn_xml.expressions.spending import SPENDING
from bpmn_xml.expressions.weight import count_values

ESCAPES = """
${''.getClass().forName('java.lang.Runtime')}
${x.getClass()}
${x.class}
${x['class']}
${x.secret}
${x['secret']}
${x.method()}
${x['method']()}
${x.__class__}
${x['__class__']}
${x['__class__'].__mro__}
${s.__class__}
${s['__class__']}
${l.__len__}
${l['__len__']()}
${l.append(1)}
${l.add(1)}
${l.remove(0)}
${l.clear()}
${l.sort()}
${d.put('a', 2)}
${d.pop('a')}
${d.clear()}
${d.items()}
${s.format(x)}
${s.getBytes()}
${x}!
${x.size()}
${x.toString()}
${x.equals(1)}
${l.contains(x.secret)}
${x + 1}
${-x}
${x > 1}
${x == 1}
${!x}
${empty x.secret}
${x[0]}
${l[x]}
${d.keySet().append(1)}
${size(l)}
${.size(l)}
${open('/etc/passwd')}
${__import__('os').system('id')}
${eval('1')}
${pageContext.request.getSession().setAttribute('a', 1)}
${execution.getClass()}
${execution.engineServices.runtimeService.deleteProcessInstance('1', '2')}
${execution.getProcessEngineServices()}
${[1].stream()}
${{1: 2}}
${x -> x}
${a = 1}
${a; b}
${T(java.lang.Runtime).getRuntime().exec('id')}
"""


class Bean:
    """An object that a trusted caller has put among the variables."""

    secret = "s3cr3t"

    def method(self):
        raise AssertionError("was called")

    __len__ = __getitem__ = __contains__ = __iter__ = __add__ = __neg__ = __lt__ = __gt__ = (
        __bool__
    ) = __str__ = __repr__ = method


@pytest.mark.parametrize("text", ESCAPES.strip().splitlines())
def test_no_way_out(text):
    variables = {"x": Bean(), "s": "text", "d": {"a": 1}, "l": [1, 2]}
    with pytest.raises(ExpressionError) as caught:
        compiled(text, "juel").evaluate(variables)
    assert "s3cr3t" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert variables["d"] == {"a": 1}
    assert variables["l"] == [1, 2]


BOMBS = {
    "brackets": "${" + "(" * 9_000,
    "indexes": "${a" + "[a" * 4_900,
    "members": "${a" + ".a" * 4_900,
    "signs": "${" + "-" * 9_000 + "1}",
    "nots": "${" + "not " * 2_400 + "1}",
    "empties": "${" + "empty " * 1_600 + "1}",
    "ternaries": "${" + "a?" * 4_900,
    "calls": "${" + "a(" * 4_900,
    "methods": "${a" + ".a(" * 3_300,
    "quotes": "${" + "'" * 9_001,
    "open quotes": "${" + "'\"" * 4_500,
    "escapes": "${'" + "\\" * 9_001,
    "openings": "${" * 4_999,
    "backslashes": "\\" * 9_990 + " ${",
    "digits": "${" + "9" * 9_990 + "}",
    "exponent": "${'1e9999999' + 1}",
    "huge integer": "${" + "*".join(["n"] * 50) + "}",
    "unknown name": "${" + "q" * 9_990 + "}",
    "unknown function": "${" + "q" * 9_990 + "()}",
    "many functions": "${" + "+".join(["f()"] * 90) + "}",
    "blanks": "${" + " " * 9_990,
    "grown text": "${s" + ".concat(s)" * 90 + "}",
    "replaced text": "${s" + ".replace('a', s)" * 90 + "}",
    "deep replacing": "${s.replace('', s)}",
    "too long": "x" * 10_001,
    **{
        name: "${" + "||".join([call] * (9_000 // len(f"||{call}"))) + "}"
        for name, call in {
            "much looked for": "many.contains(-1)",
            "much found out": "many.indexOf(-1) >= 0",
            "many keys": "map.keySet().contains(0)",
            "many values": "map.containsValue('x')",
            "much replaced": "s.replace('b', '').length() == 1",
            "much split": "s.substring(0, 5000).split('').size() == 0",
            "much matched": "s.matches('(a|b)*c')",
            "much rewritten": "s.substring(9).replaceAll('(a|b)*c', '') == 'c'",
            "much written": "many.toString().isEmpty()",
            "much read": "S(json).elements().size() == 0",
            "much compared": "lists == same",
            "much found equal": "!lists.equals(same)",
            "many patterns": "s.matches('b|c|d|[a-z]{40}')",
        }.items()
    },
}
MANY = list(range(900))
VARIABLES = {
    "a": {},
    "n": 1 << 4_000,
    "s": "a" * 9_000,
    "many": MANY,
    "map": dict(zip(map(str, MANY), MANY, strict=True)),
    "json": str(MANY),
    "lists": [[n, n] for n in range(900)],
    "same": [[n, n] for n in range(900)],
}
LARGE = {"s": "a" * 999_500}


@pytest.mark.parametrize("name", BOMBS)
def test_no_text_makes_a_bomb_of_little_data(name):
    values, before = count_values(VARIABLES.values()), SPENDING.steps
    found = outcome(BOMBS[name], VARIABLES)
    assert isinstance(found, bool) or len(str(found)) < 500
    assert SPENDING.steps - before <= TEXT_STEPS + VALUE_STEPS * values


@pytest.mark.parametrize(
    "text",
    [
        "${s.concat(s)}",
        "${s.replace('', s)}",
        "${s" + ".concat('bcbcbcbcbcbcbcb')" * 40 + "}",
        "${s.substring(0, 500000)}" * 90,
    ],
)
def test_large_texts_do_not_grow(text):
    with pytest.raises(ExpressionError, match=r"more than 1000000 char|too many steps|40 MB"):
        compiled(text, "juel").evaluate(LARGE)


WORDS = [
    *"${}#()[].,:?+-*/%<>=!&|'\"\\ ax1;\0\n\u202e\ufb01", "${", "#{", "}", "empty ", "not ", "&&",
    "||", " eq ", " mod ", "null", "true", "a.size()", "execution.", "getVariable(", "'a'", "1.5",
    ".get(", ".concat(", "f(", "list",
]  # fmt: skip
TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


@given(TEXTS, st.booleans())
def test_no_text_does_anything_but_have_a_value_or_an_error(text, wrapped):
    text = f"${{{text}}}" if wrapped else text
    found = outcome(text)
    if isinstance(found, ExpressionError):
        assert found.text == text
        assert 0 <= found.offset <= len(text)
        assert str(found)


SOME = {"a": 1, "x": "text", "list": [1, {"a": None}]}


def outcome(text: str, variables: dict[str, object] = SOME) -> object:
    """Return the value of a text, or the error if it has none."""
    try:
        return compiled(text, "juel").evaluate(variables)
    except ExpressionError as error:
        return error


@given(st.text())
def test_texts_without_expressions_stand_for_themselves(text):
    plain = text.replace("{", "(")
    assert compiled(plain, "juel").evaluate({}) == plain
    assert parse(plain.replace("$", "S").replace("#", "H") + r"\${").value.endswith("${")
