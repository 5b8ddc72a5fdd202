"""Known ways out of sandboxes, and the next ones: tried in every language, and inside of DMN.

Each text meets an object that must not be touched. It is refused or has a harmless value, within so
many calls and fifty megabytes.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import ClassVar

import pytest

from bpmn_xml import decide, expressions, read_decisions
from bpmn_xml.errors import BpmnXmlError, ReadError
from tests.costs import calls

CALLS, BYTES = 650_000, 50 * 1024 * 1024
"""The dearest decision takes two thirds of the calls."""


class Secret:
    """An object of the host: whoever reads or calls anything of it has broken out."""

    touched: ClassVar[list[str]] = []

    def __getattribute__(self, name: str) -> object:
        if not name.startswith("__"):
            Secret.touched.append(name)
        return super().__getattribute__(name)

    def __call__(self, *_: object) -> None:
        Secret.touched.append("()")

    def __format__(self, _: str) -> str:
        Secret.touched.append("format")
        return ""


VARIABLES = {"x": Secret(), "s": "text", "l": [1, 2], "d": {"a": 1}, "n": 7}

for text in ("1", "${1}", "= 1"):
    expressions.evaluate(text)  # languages are loaded when they are first used

ATTACKS = {
    "climb from a value to all classes": {
        "python": "().__class__.__bases__[0].__subclasses__()",
        "juel": "${''.getClass().forName('java.lang.Runtime').getMethods()[6].invoke(null)}",
        "feel": '"".__class__.__mro__[2].__subclasses__()',
    },
    "read an attribute of an object": {
        "python": "x.secret",
        "juel": "${x.secret}",
        "feel": "x.secret",
    },
    "read it by index": {
        "python": "x['secret']",
        "juel": "${x['secret']}",
        "feel": 'x["secret"]',
    },
    "call an object": {"python": "x()", "juel": "${x()}", "feel": "x()"},
    "call a method": {"python": "x.method()", "juel": "${x.method()}", "feel": "x.method()"},
    "import a module": {
        "python": "__import__('os').system('id')",
        "juel": "${T(java.lang.Runtime).getRuntime().exec('id')}",
        "feel": '{f: function() external {java: {class: "java.lang.Runtime", '
        'method signature: "exec(java.lang.String)"}}, r: f("id")}.r',
    },
    "evaluate text": {
        "python": "eval('x.secret')",
        "juel": "${eval('${x.secret}')}",
        "feel": 'eval("x.secret")',
    },
    "open a file": {
        "python": "open('/etc/passwd').read()",
        "juel": "${open('/etc/passwd')}",
        "feel": 'open("/etc/passwd")',
    },
    "reach the functions through a frame": {
        "python": "(lambda: 0).__globals__",
        "juel": "${size.__globals__}",
        "feel": "(function() 0).__globals__",
    },
    "format an object's attributes into a text": {
        "python": "'{0.secret}'.format(x)",
        "juel": "${s.format(x)}",
        "feel": 'string join(["{x.secret}", string(x)])',
    },
    "change a variable": {
        "python": "l.append(3)",
        "juel": "${l.add(3)}",
        "feel": "append(l, 3)",
    },
    "sort or filter with an object": {
        "python": "sorted(l, key=x)",
        "juel": "${l.sort(x)}",
        "feel": "sort(l, x)",
    },
    "make a huge number": {
        "python": "9 * 9 * n ** 9 ** 9 ** 9",
        "juel": "${" + "9999999999999999999" * 20 + "}",
        "feel": "9 ** 9 ** 9 ** 9 ** 9",
    },
    "make a huge text": {
        "python": "'x' * 999999999999",
        "juel": "${" + "s.concat(s).concat(s)" * 20 + "}",
        "feel": 'string join(for i in 1..99999 return string join(for j in 1..999 return "xxxx"))',
    },
    "loop for ever": {
        "python": "sum([i for i in range(10 ** 12)])",
        "juel": "${" + "l.get(0) + " * 3000 + "1}",
        "feel": "{f: function(n) f(n + 1), r: f(1)}.r",
    },
    "nest deeper than the stack": {
        "python": "(" * 5000 + "1" + ")" * 5000,
        "juel": "${" + "(" * 5000 + "1" + ")" * 5000 + "}",
        "feel": "[" * 5000 + "1" + "]" * 5000,
    },
    "search with a pattern that backtracks": {
        "python": "match('(a+)+$', 'a' * 40 + 'b')",
        "juel": "${'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.matches('(a+)+$')}",
        "feel": 'matches("' + "a" * 40 + 'b", "^(a+)+$")',
    },
    "hide a name behind letters that look alike": {
        "python": "x.__\uff43lass__",
        "juel": "${x.__\uff43lass__}",
        "feel": "x.__\uff43lass__",
    },
}
"""Attack -> how it is spelled in each language."""


def harmless(attack: Callable[[], object]) -> None:
    """Fail if an attack takes much time or space, touches the object, or gives one of Python's."""
    Secret.touched.clear()
    assert calls(lambda: refused_or_value(attack)) < CALLS
    tracemalloc.start()
    value = refused_or_value(attack)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert Secret.touched == []
    assert not isinstance(value, type)
    assert not callable(value)
    assert peak < BYTES


def refused_or_value(attack: Callable[[], object]) -> object:
    """Return what an attack comes to, None if it is refused."""
    try:
        return attack()
    except BpmnXmlError:
        return None


SPELLED = [(name, language) for name, texts in ATTACKS.items() for language in texts]


@pytest.mark.parametrize(("name", "language"), SPELLED)
def test_no_text_breaks_out(name, language):
    variables = {**VARIABLES, "l": [1, 2]}
    text = ATTACKS[name][language]
    harmless(lambda: expressions.evaluate(text, variables, language=language))
    assert variables["l"] == [1, 2]


def document(inner: str) -> bytes:
    """Return a decision model with something in it."""
    start = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:a">'
    return f"{start}{inner}</definitions>".encode()


def literal(text: str, language: str = "") -> str:
    """Return a decision that is a text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    named = f' expressionLanguage="{language}"' if language else ""
    return (
        f'<decision id="d"><literalExpression{named}><text>{escaped}</text></literalExpression>'
        "</decision>"
    )


@pytest.mark.parametrize(("name", "language"), SPELLED)
def test_no_decision_breaks_out(name, language):
    model = read_decisions(document(literal(ATTACKS[name][language], language)))
    harmless(lambda: decide(model, "d", VARIABLES).value)


def knowledge(body: str) -> str:
    """Return a function of a model and a decision that calls it."""
    return (
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"/>'
        f"<literalExpression><text>{body}</text></literalExpression></encapsulatedLogic>"
        '</businessKnowledgeModel><decision id="d"><knowledgeRequirement><requiredKnowledge '
        'href="#f"/></knowledgeRequirement><literalExpression><text>for i in 1..99999 return f(i)'
        "</text></literalExpression></decision>"
    )


def doubled(depth: int) -> str:
    """Return decisions each of which is a list of the one before, twice."""
    first = '<decision id="d0"><literalExpression><text>[1]</text></literalExpression></decision>'
    return first + "".join(
        f'<decision id="d{n}"><informationRequirement><requiredDecision href="#d{n - 1}"/>'
        f"</informationRequirement><literalExpression><text>concatenate(d{n - 1}, d{n - 1})</text>"
        "</literalExpression></decision>"
        for n in range(1, depth)
    )


EMPTY = '<decisionTable hitPolicy="COLLECT"><output/>{}</decisionTable>'
RULE = "<rule><outputEntry><text>for i in 1..9999 return i</text></outputEntry></rule>"
MODELS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a function in a loop, with a loop": (
        lambda: document(knowledge("sum(for j in 1..99999 return j)")),
        "d",
    ),
    "lists that double": (lambda: document(doubled(60)), "d59"),
    "rules that loop": (
        lambda: document(f'<decision id="d">{EMPTY.format(RULE * 200)}</decision>'),
        "d",
    ),
    "a file of another kind": (lambda: b"PK\x03\x04" + b"\x00" * 9999, "d"),
    "entities": (lambda: b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>', "d"),
    "an inclusion": (
        lambda: document(
            '<decision id="d"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
            'href="/etc/passwd" parse="text"/></decision>'
        ),
        "d",
    ),
    "a tower": (lambda: document("<context><contextEntry>" * 400), "d"),
    "types of types": (
        lambda: document(
            "".join(
                f'<itemDefinition name="t{n}"><itemComponent name="a"><typeRef>t{n + 1}</typeRef>'
                f'</itemComponent><itemComponent name="b"><typeRef>t{n + 1}</typeRef>'
                "</itemComponent></itemDefinition>"
                for n in range(60)
            )
            + literal("1")
        ),
        "d",
    ),
    "a type in itself, many times": (
        lambda: document(
            '<itemDefinition name="t">'
            + "".join(
                f'<itemComponent name="a{n}"><typeRef>t</typeRef></itemComponent>'
                for n in range(50)
            )
            + "</itemDefinition>"
            + literal("1")
        ),
        "d",
    ),
}


@pytest.mark.parametrize("name", MODELS)
def test_no_decision_model_hangs(name):
    make, decision = MODELS[name]
    data = make()
    harmless(lambda: decide(read_decisions(data), decision).value)


def test_an_import_reads_no_file(tmp_path):
    (tmp_path / "b.dmn").write_bytes(document(literal("1")))
    imported = f'<import name="b" namespace="urn:b" locationURI="{tmp_path / "b.dmn"}"/>'
    model = read_decisions(document(imported + literal("b.d")))
    assert decide(model, "d").value is None


def test_a_bomb_of_entities_declares_none():
    with pytest.raises(ReadError, match="BX003"):
        read_decisions(MODELS["entities"][0]())
