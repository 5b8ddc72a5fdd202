"""Everything that JUEL can write has a tree, whatever it calls; what it cannot is refused."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.juel import parse

SAME = [
    ("${a eq b}", "${a == b}"),
    ("${a ne b}", "${a != b}"),
    ("${a lt b or c le d}", "${a < b || c <= d}"),
    ("${a gt b and c ge d}", "${a > b && c >= d}"),
    ("${a div b mod c}", "${(a / b) % c}"),
    ("${not a}", "${!a}"),
    ("#{a}", "${a}"),
    (" \n${a}\t", "${a}"),
    ("${a + b * c - d}", "${(a + (b * c)) - d}"),
    ("${a or b and c}", "${a or (b and c)}"),
    ("${!a == b}", "${(!a) == b}"),
    ("${not empty a.b}", "${not (empty (a.b))}"),
    ("${-a.b * c}", "${(-(a.b)) * c}"),
    ("${a < b == c < d}", "${(a < b) == (c < d)}"),
    ("${a < b < c}", "${(a < b) < c}"),
    ("${a == b && c || d}", "${((a == b) && c) || d}"),
    ("${a ? b : c ? d : e}", "${a ? b : (c ? d : e)}"),
    ("${a ? b ? c : d : e}", "${a ? (b ? c : d) : e}"),
    ("${a or b ? c : d}", "${(a or b) ? c : d}"),
    ("${a ? b : c(d)}", "${a ? (b) : c(d)}"),
    ("${-1}", "${- 1}"),
    ("${-'1'}", "${- ('1')}"),
    ("${-true}", "${- (true)}"),
    ("${'a'}", '${"a"}'),
]


@pytest.mark.parametrize(("text", "other"), SAME)
def test_means_the_same(text, other):
    assert shape(parse(text)) == shape(parse(other))


def shape(term):
    """Return a tree without its offsets."""
    parts = [getattr(term, field) for field in term.__struct_fields__ if field != "at"]
    return type(term).__name__, *(
        tuple(shape(item) if isinstance(item, tree.Term) else item for item in part)
        if isinstance(part, tuple)
        else (shape(part) if isinstance(part, tree.Term) else part)
        for part in parts
    )


def test_a_row_of_one_operator_is_one_term():
    assert len(parse("${a && b and c && d}").operands) == 4


OUTSIDE_TOO = r"""
${bean.method(a, b)}
${execution.setVariable('x', 1)}
#{foo[bar].baz}
${1 + 1}
${list.size() > 0}
${var == 'x' && (a || !b)}
${empty list ? 'a' : 'b'}
${dateTime().plusDays(1).toDate()}
${now()}
${task.getName()}
${currentUser()}
${fn:length(list)}
${S(x).prop("a").elements().get(0).value()}
${a['b']('c')}
${'abc'.length()}
${a.b.c.d(e.f(g[1]), -1, "x")[0].h}
${authenticatedUserId}
Hello ${a}, your #{b} is ${c ? 'ready' : "not ready"}.
${a}${b}
${true}
${null}
${1.5E3}
${execution.getVariable("it's") == "say \"hi\""}
${bean.call('}')}
${bean.call("${x}")}
${$a}
\${not an expression}
text
${  spaced  .  out  (  1  ,  2  )  }
${a.empty}
${a.div}
${true eq false}
${(a)}
${((a.b()))}
${a.b[c.d()][1]}
$ # {}
50%
a}b
{"json": "${value}"}
${cmmnBean.isEnabled(caseExecution)}
${execution.processEngineServices.runtimeService}
${doc.element("customer").attr('id').numberValue() == 7}
${myVar != null and myVar.length() gt 3}
"""


@pytest.mark.parametrize(
    "text", [*OUTSIDE_TOO.strip().split("\n"), "${a\n&&\nb}", "two\n${lines}\n"]
)
def test_has_a_tree(text):
    assert isinstance(parse(text), tree.Term)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ""),
        ("plain", "plain"),
        ("50% $5 #1 {} $", "50% $5 #1 {} $"),
        (r"\${x}", "${x}"),
        (r"\#{x}\${y}", "#{x}${y}"),
        (r"\\${x} \n", r"\${x} \n"),
        ("a ${b} c", ["a ", tree.Name(4, "b"), " c"]),
        ("${a}#{b}", [tree.Name(2, "a"), tree.Name(6, "b")]),
        (r"\${a} ${b}", ["${", "a} ", tree.Name(8, "b")]),
        ("${'a'} ", tree.Literal(2, "a")),
        ("${a}}", [tree.Name(2, "a"), "}"]),
    ],
)
def test_texts_and_expressions(text, parts):
    found = parse(text)
    if isinstance(parts, list):
        assert isinstance(found, tree.Template)
        shown = [part.value if isinstance(part, tree.Literal) else part for part in found.parts]
        assert shown == parts
    else:
        assert found == (tree.Literal(0, parts) if isinstance(parts, str) else parts)


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("${", 2, "expected a value but the text ends"),
        ("${}", 2, "expected a value but there is '}'"),
        ("${a", 3, "expected '}' but the text ends"),
        ("${a b}", 4, "expected '}' but there is 'b'"),
        ("x ${a} ${b", 10, "expected '}' but the text ends"),
        ("${a = 1}", 4, "write '==' to compare"),
        ("${a += 1}", 4, "join texts as in"),
        ("${a & b}", 4, "write '&&'"),
        ("${a | b}", 4, "write '||'"),
        ("${a instanceof b}", 4, "'instanceof' is reserved"),
        ("${'a}", 2, "no closing quote"),
        ('${"a}', 2, "no closing quote"),
        ("${a ${b}}", 4, "'${' cannot stand inside"),
        ("${#{b}}", 2, "'#{' cannot stand inside"),
        (r"${'\d'}", 2, "the escape '\\d' is not known"),
        ("${99999999999999999999}", 2, "more than 64 bits"),
        ("${a ? b}", 7, "expected ':' but there is '}'"),
        ("${a.}", 4, "expected a name but there is '}'"),
        ("${a.'b'}", 4, "expected a name but there is ''b''"),
        ("${a[1}", 5, "expected ']' but there is '}'"),
        ("${a[]}", 4, "expected a value but there is ']'"),
        ("${(a}", 4, "expected ')' but there is '}'"),
        ("${f(a b)}", 6, "expected ',' or ')' but there is 'b'"),
        ("${f(a,)}", 6, "expected a value but there is ')'"),
        ("${f(a)(b)}", 6, "only functions and methods can be called"),
        ("${(a)(b)}", 5, "only functions and methods can be called"),
        ("${[1]}", 2, "expected a value but there is '['"),
        ("${a == }", 7, "expected a value but there is '}'"),
        ("${2 2x}", 4, "expected '}' but there is '2'"),
        ("${__class__}", 2, "are Python's own"),
        ("${a.__class__}", 4, "are Python's own"),
        ("${" + "(" * 200, 102, "nested deeper than 100 levels"),
    ],
)
def test_refused_with_place_and_reason(text, offset, reason):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.text, caught.value.offset) == (text, offset)
    assert reason in str(caught.value)
