"""Diagrams that mean harm are refused or do none: every row goes through many verbs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PWNED = "pwned"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CODE = f"__import__('pathlib').Path('{PWNED}').touch()"


def process(content: str, before: str = "", id_: str = "p") -> str:
    return (
        f'{before}<definitions xmlns="{MODEL}" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:x">'
        f'<process id="{id_}" isExecutable="true">{content}</process></definitions>'
    )


def around(task: str, before: str = "") -> str:
    flows = (
        '<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>'
        '<sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'
    )
    return process(f'<startEvent id="s"/>{task}<endEvent id="e"/>{flows}', before)


def named(name: str) -> str:
    return around(
        f'<serviceTask id="t" name="{name}" implementation="{name}" camunda:topic="{name}">'
        f"<documentation>{name}</documentation></serviceTask>"
        f'<textAnnotation id="n"><text>{name}</text></textAnnotation>'
    )


def called(id_: str) -> str:
    return process(f'<startEvent id="{id_}s"/><task id="{id_}"/>', id_=id_)


def times(cardinality: str, sequential: str = "false") -> str:
    return around(
        f'<task id="t"><multiInstanceLoopCharacteristics isSequential="{sequential}">'
        f'<loopCardinality xsi:type="tFormalExpression">{cardinality}</loopCardinality>'
        "</multiInstanceLoopCharacteristics></task>"
    )


def when(condition: str, language: str = "python") -> str:
    return process(
        '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="e"><conditionExpression '
        f'xsi:type="tFormalExpression" language="{language}"><![CDATA[{condition}]]>'
        "</conditionExpression></sequenceFlow>"
    )


TASK = '<task id="t"/>'
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
MANY = " ".join(f"a{n}=''" for n in range(1000))
FEEL = "http://www.omg.org/spec/DMN/20191111/FEEL/"

HOSTILE = {
    "dtd": around(TASK, '<!DOCTYPE d [<!ENTITY a "x">]>'),
    "file": around('<task id="t" name="&a;"/>', '<!DOCTYPE d [<!ENTITY a SYSTEM "secret">]>'),
    "laughs": around('<task id="t" name="&e9;"/>', f"<!DOCTYPE d [{LAUGHS}]>"),
    "parameter": around(TASK, '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'),
    "include": around(
        '<task id="t"><documentation><i:include xmlns:i="http://www.w3.org/2001/XInclude" '
        'href="secret" parse="text"/></documentation></task>'
    ),
    "deep": process('<subProcess id="x">' * 10_000),
    "wide": around(f"<task id='t' {MANY}/>"),
    "nul": around('<task id="t" name="a\0b"/>'),
    "markup": named("&lt;/text>&lt;script>alert(1)&lt;/script>"),
    "quotes": named("'&quot; onload=&quot;alert(1)"),
    "templates": named("{{7*7}} ${7*7} %s %n {0.__class__} [bold]x[/] [/nope]"),
    "terminal": named("a&#x85;b&#x9b;31mc&#x202e;d&#x2028;e"),
    "lines": named("a&#10;::error::x&#13;b"),
    "path-id": called("../../../pwned"),
    "markup-id": called("&lt;script>alert(1)&lt;/script>"),
    "turned-id": called("&#x202e;a&#x85;"),
    "script": around(
        f'<scriptTask id="t" scriptFormat="python"><script>{CODE}</script></scriptTask>'
    ),
    "system": around('<serviceTask id="t" implementation="python:os:system"/>'),
    "folder": around('<serviceTask id="t" implementation="python:../evil:f"/>'),
    "eval": when(CODE),
    "classes": when("().__class__.__mro__[1].__subclasses__()"),
    "power": when("9**9**9**9"),
    "text": when('"a" * 10**10'),
    "brackets": when("(" * 5000 + "1" + ")" * 5000),
    "endless-for": when("sum(for i in 1..1000000000 return i) > 0", FEEL),
    "itself": when("{f: function(n) f(n + 1), r: f(1)}.r", FEEL),
    "backtracking": when(f'matches("{"a" * 40}!", "^(a+)+$")', FEEL),
    "java": when(f'${{"".getClass().forName("{PWNED}")}}', "juel"),
    "instances": times("1000000000"),
    "infinite": times("1e400"),
    "recursion": around('<callActivity id="t" calledElement="p"/>'),
    "tokens": around('<task id="t" completionQuantity="1000000000"/>'),
    "circle": process(
        '<startEvent id="s"/><exclusiveGateway id="g"/><task id="t"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="t"/>'
        '<sequenceFlow id="f3" sourceRef="t" targetRef="g"/>'
    ),
    "crowd": process(
        '<startEvent id="s"/><exclusiveGateway id="g"/><parallelGateway id="t"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="t"/>'
        '<sequenceFlow id="f3" sourceRef="t" targetRef="g"/>'
        '<sequenceFlow id="f4" sourceRef="t" targetRef="g"/>'
    ),
    "turns": times("1000000000", "true"),
    "ids": process('<task id="t"/>' * 300),
    "dangling": process('<sequenceFlow id="f" sourceRef="a" targetRef="b"/>' * 300),
}

VERBS = (
    ("check", "x.bpmn"),
    ("run", "x.bpmn", "--stub", "--allow-scripts", "--max-steps", "50000"),
    ("draw", "x.bpmn", "-o", "x.svg"),
    ("describe", "x.bpmn"),
    ("diff", "x.bpmn", "x.bpmn"),
    ("convert", "--canonical", "x.bpmn", "-o", "y.bpmn"),
)


@pytest.mark.parametrize("name", HOSTILE)
def test_harm_is_not_done(
    name: str, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "s3cr3t")
    (folder / "secret").write_text("s3cr3t", "utf-8")
    (folder / "x.bpmn").write_text(HOSTILE[name], "utf-8")
    before = {path.name for path in folder.iterdir()}
    for verb in VERBS:
        done = cli(*verb)
        said = done.out + done.err
        assert done.code in {0, 1, 2, 4}, said
        assert not CONTROL.search(said)
        assert "s3cr3t" not in said
        assert len(said) < 200_000
    left = {path.name for path in folder.iterdir()} - before
    assert left <= {"x.svg", "y.bpmn"}
    assert not any("s3cr3t" in (folder / one).read_text("utf-8") for one in left)
    assert b"<script>alert" not in b"".join((folder / one).read_bytes() for one in left)


LONG = "n" * 5000
"""A name that no file can have."""

IMPORTING = f'''<definitions xmlns="{MODEL}" targetNamespace="t"><import namespace="u"
importType="{MODEL}" location="{LONG}.bpmn"/><process id="P" isExecutable="true">
<startEvent id="s"/></process></definitions>'''

LONG_NAMES: dict[str, tuple[str, ...]] = {
    "an imported file": ("check", "importing.bpmn"),
    "a drawing to mend": ("check", "--fix", LONG),
    "a configuration of logs": ("run", "x.bpmn", "--log-config", LONG),
    "a folder of bindings": ("bindings", "x.bpmn", "-o", LONG),
    "the drawing of a trace, for why": ("why", "long.jsonl"),
    "the drawing of a trace, for a picture": ("timeline", "long.jsonl", "-o", "y.svg"),
    "the drawing of a trace, for numbers": ("trace", "stats", "long.jsonl"),
}


@pytest.mark.parametrize("words", LONG_NAMES.values(), ids=LONG_NAMES)
def test_a_name_too_long_is_no_fault_of_ours(
    words: tuple[str, ...], cli: Cli, folder: Path
) -> None:
    (folder / "importing.bpmn").write_text(IMPORTING, "utf-8")
    (folder / "x.bpmn").write_text(IMPORTING.replace(LONG, "x"), "utf-8")
    cli("run", "x.bpmn", "--trace", "long.jsonl")
    traced = (folder / "long.jsonl").read_text("utf-8")
    assert '"x.bpmn"' in traced
    (folder / "long.jsonl").write_text(traced.replace('"x.bpmn"', f'"{LONG}"'), "utf-8")
    done = cli(*words)
    assert done.code in {0, 1, 2}
    assert "internal error" not in done.err


DECIDED = around(
    '<businessRuleTask id="t" camunda:decisionRef="d" camunda:resultVariable="r"/>'
    '<userTask id="u" camunda:formRef="f"/>'
)


@pytest.mark.parametrize("name", ["rules.dmn", "a.form", "y.bpmn", "bindings.toml"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_what_stands_beside_and_is_no_file_is_not_read(
    name: str, make: Callable[[Path], None], cli: Cli, folder: Path
) -> None:
    (folder / "x.bpmn").write_text(DECIDED, "utf-8")
    alone = cli("check", "x.bpmn"), cli("run", "x.bpmn", "--stub").code
    make(folder / name)
    assert (cli("check", "x.bpmn"), cli("run", "x.bpmn", "--stub").code) == alone


@pytest.mark.parametrize("verb", [("check", "x.bpmn"), ("run", "x.bpmn")], ids=["check", "run"])
def test_a_decision_that_a_pipe_might_hold_is_missing(
    verb: tuple[str, ...], cli: Cli, folder: Path
) -> None:
    (folder / "x.bpmn").write_text(DECIDED, "utf-8")
    os.mkfifo(folder / "rules.dmn")
    done = cli(*verb)
    assert done.code in {1, 2}
    assert "no decision 'd'" in done.out + done.err


AGAIN = around('<userTask id="t"/>').replace(
    "</process>",
    '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R/PT1S</timeCycle></timerEventDefinition></boundaryEvent></process>",
)


@pytest.mark.timeout(60)
def test_time_is_not_skipped_without_end(cli: Cli, folder: Path) -> None:
    (folder / "x.bpmn").write_text(AGAIN, "utf-8")
    done = cli("run", "x.bpmn", "--clock", "manual")
    assert done.code == 130
    assert "stopped: timers came again when time had been skipped 10,000 times" in done.err
    done = cli("run", "x.bpmn", "--clock", "manual", "--max-time", "PT3H")
    assert done.code == 130
    assert "stopped after 10800 s" in done.err
