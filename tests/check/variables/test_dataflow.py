"""Variables that nobody can have written, and races; nothing where somebody may have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bpmn_xml.check.checking import check, check_files
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.variables.dataflow import NEVER_WRITTEN, SHARED, dataflow
from bpmn_xml.check.variables.races import RACE
from bpmn_xml.compiler import analyse
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding
from bpmn_xml.formats import read
from bpmn_xml.model.walk import walk
from tests.costs import calls
from tests.semantics.drawing import drawn

BX = b' xmlns:bx="urn:bpmn-xml:1.0"'
CHOICE = "s > g\ng > a ? amount > limit\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n"
SPLIT = "s > p > a > j > e\np > b > j\nparallelGateway p\nparallelGateway j\n"


def findings(shorthand: str) -> tuple[Finding, ...]:
    """What is said about running a process."""
    text = xml(f"executable\n{shorthand}").replace(b"<definitions", b"<definitions" + BX)
    return check(text, aim="run", options=Options(stub=True, allow_scripts=True))


def told(shorthand: str, code: str) -> list[tuple[str, str]]:
    """Ids and messages of the findings with a code."""
    return [(one.id, one.message) for one in findings(shorthand) if one.code == code]


NEVER = {
    "a choice at the start": (CHOICE, [("g_a", "'amount', 'limit'")]),
    "what may be an entry of an item": (
        CHOICE.replace("amount > limit", "=count(lines[price > 10]) > 1"),
        [("g_a", "'lines'")],
    ),
    "after a task that passes": (CHOICE.replace("s > g", "s > t > g"), [("g_a", "'amount'")]),
    "after Python": (CHOICE.replace("s > g", "serviceTask t\ns > t > g"), []),
    "after a person": (CHOICE.replace("s > g", "userTask t\ns > t > g"), []),
    "after Python in a sub-process": (
        CHOICE.replace("s > g", "subProcess t\n  serviceTask u\n  s2 > u > e2\ns > t > g"),
        [],
    ),
    "after the border of Python": (
        CHOICE.replace(
            "s > g",
            "serviceTask t\nboundaryEvent c attachedToRef=t\n  errorEventDefinition\n"
            "s > t > x > e\nc > g",
        ),
        [],
    ),
    "in a sub-process after Python": (
        (
            "serviceTask t\ns > t > u > e\nsubProcess u\n  s2 > g\n  g > a ? n > 1\n  g > b\n"
            "  a > e2\n  b > e2\n  exclusiveGateway g default=g_b\n"
        ),
        [],
    ),
    "a message that brings data": (
        "message M name=m\nstartEvent s\n  messageEventDefinition messageRef=M\n" + CHOICE,
        [],
    ),
    "a property": ("property amount name=amount\nproperty limit name=limit\n" + CHOICE, []),
    "what a repeated task is given": (
        (
            "task t\n  multiInstanceLoopCharacteristics bx:collection=${orders} bx:element=order\n"
            "s > t > e\n"
        ),
        [("t", "'orders'")],
    ),
    "the engine's own counter": (
        (
            "task t\n  standardLoopCharacteristics\n    loopCondition formal : loopCounter < 3\n"
            "s > t > e\n"
        ),
        [],
    ),
    "a loop": (
        "task t\n  standardLoopCharacteristics\n    loopCondition formal : light < 3\ns > t > e\n",
        [("t", "'light'")],
    ),
    "a script": (
        "scriptTask t scriptFormat=feel bx:result=x\n  script : a + b\ns > t > e\n",
        [("t", "'a', 'b'")],
    ),
    "after a script": (
        CHOICE.replace(
            "s > g", "scriptTask t scriptFormat=feel bx:result=amount\n  script : 5\ns > t > g"
        ),
        [("g_a", "'limit'")],
    ),
    "after a script of several lines": (
        CHOICE.replace(
            "s > g", "scriptTask t scriptFormat=python\n  script : amount = 5\ns > t > g"
        ),
        [("g_a", "'limit'")],
    ),
    "a time": (
        (
            "s > w > e\nintermediateCatchEvent w\n  timerEventDefinition\n"
            "    timeDuration formal : =patience\n"
        ),
        [("w", "'patience'")],
    ),
    "what is asked for because it may be missing": (
        CHOICE.replace("amount > limit", "=is defined(amount)"),
        [],
    ),
    "an event sub-process beside Python": (
        (
            "serviceTask t\ns > t > e\nsubProcess h triggeredByEvent=true\n  startEvent s2\n"
            "    conditionalEventDefinition\n      condition formal : level > 3\n  s2 > e2\n"
        ),
        [],
    ),
}


@pytest.mark.parametrize(("shorthand", "wanted"), NEVER.values(), ids=NEVER)
def test_what_nobody_can_have_written_is_told(
    shorthand: str, wanted: list[tuple[str, str]]
) -> None:
    found = told(shorthand, NEVER_WRITTEN)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in wanted]
    assert all(names in message for (_, message), (_, names) in zip(found, wanted, strict=True))


KEYED = "key k A=id\nstart s\ncatch c message=A\ns -> c\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (KEYED, []),
        (f"{KEYED}bind k=mine\n", ["'mine'"]),
        (KEYED.replace("catch", "throw"), ["'id'"]),
    ],
    ids=["a key that the first message fills", "a subscription", "a key that is sent"],
)
def test_a_key_needs_no_data_where_a_message_brings_it(text: str, wanted: list[str]) -> None:
    found = [one for one in check(drawn(text), aim="run") if one.code == NEVER_WRITTEN]
    assert [one.message.split()[3].rstrip(":") for one in found] == wanted


def writer(name: str, variable: str) -> str:
    """A task that writes a variable by name."""
    return f"serviceTask {name} bx:result={variable}\n"


RACES = {
    "two branches": (writer("a", "sum") + writer("b", "sum") + SPLIT, ["b"]),
    "two variables": (writer("a", "sum") + writer("b", "total") + SPLIT, []),
    "one branch": (writer("a", "sum") + SPLIT, []),
    "one after the other": (writer("a", "sum") + writer("b", "sum") + "s > a > b > e\n", []),
    "before and after the join": (
        writer("a", "sum") + writer("c", "sum") + SPLIT.replace("j > e", "j > c > e"),
        [],
    ),
    "a choice": (
        writer("a", "sum")
        + writer("b", "sum")
        + "s > g\ng > a ? 1 > 0\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n",
        [],
    ),
    "deep in the branches": (
        writer("x", "sum") + writer("y", "sum") + SPLIT.replace("> j", "> x > j", 1)
        .replace("b > j", "b > y > j"),
        ["y"],
    ),
    "an inclusive split": (
        writer("a", "sum")
        + writer("b", "sum")
        + "s > p\np > a ? 1 > 0\np > b ? 1 > 0\na > j > e\nb > j\n"
        "inclusiveGateway p\ninclusiveGateway j\n",
        ["b"],
    ),
    "three branches": (
        writer("a", "sum") + writer("b", "sum") + writer("c", "sum") + SPLIT + "p > c > j\n",
        ["b", "c"],
    ),
    "a branch around a task of the other": (
        writer("a", "sum") + writer("b", "sum") + SPLIT.replace("b > j", "b > a"),
        [],
    ),
    "a way back in a branch": (
        writer("a", "sum") + writer("b", "sum")
        + "s > p > x > a > y\ny > x ? 1 > 2\ny > j > e\np > b > j\n"
        + "exclusiveGateway x\nexclusiveGateway y default=y_j\n"
        + "parallelGateway p\nparallelGateway j\n",
        ["b"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("shorthand", "wanted"), RACES.values(), ids=RACES)
def test_branches_that_write_one_variable_are_told(shorthand: str, wanted: list[str]) -> None:
    assert [id_ for id_, _ in told(shorthand, RACE)] == wanted


def row_of_splits(count: int) -> str:
    """Splits one behind the other, in each of which two branches write the same."""
    parts = [
        f"{writer(f'a{n}', f'v{n}')}{writer(f'b{n}', f'v{n}')}"
        f"x{n} > p{n} > a{n} > j{n} > x{n + 1}\np{n} > b{n} > j{n}\n"
        f"parallelGateway p{n}\nparallelGateway j{n}\ntask x{n}\n"
        for n in range(count)
    ]
    return f"s > x0\n{''.join(parts)}task x{count}\n"


def handlers_that_ask(count: int) -> str:
    """Event sub-processes side by side, each of which asks for what a script has set."""
    parts = [
        f"subProcess h{n} triggeredByEvent=true\n  s{n} > e{n}\n  startEvent s{n}\n"
        f"    conditionalEventDefinition\n      condition formal : level > {n}\n"
        for n in range(count)
    ]
    script = "scriptTask t scriptFormat=feel bx:result=level\n  script : 1\n"
    return f"{script}s > t > u > e\nuserTask u\n{''.join(parts)}"


def choices_behind_each_other(count: int) -> str:
    """Gateways in a row, each of which asks for what the one task before all of them has set."""
    parts = [
        f"g{n} > e ? level > {n}\ng{n} > g{n + 1}\nexclusiveGateway g{n} default=g{n}_g{n + 1}\n"
        for n in range(count)
    ]
    script = "scriptTask t scriptFormat=feel bx:result=level\n  script : 1\n"
    return f"{script}s > t > g0\n{''.join(parts)}task g{count}\n"


@pytest.mark.parametrize("shape", [row_of_splits, handlers_that_ask, choices_behind_each_other])
def test_each_of_many_is_looked_at_once(shape: Callable[[int], str]) -> None:
    """What is known before a node is found for all at once, not from each back to the start."""

    def cost(count: int) -> int:
        text = xml(f"executable\n{shape(count)}").replace(b"<definitions", b"<definitions" + BX)
        drawing = read(text)
        options = Options(stub=True, allow_scripts=True)
        program, _ = analyse([drawing], options)
        elements = {getattr(one, "id", ""): one for one, _ in walk(drawing)}
        assert program is not None
        found = [*dataflow(program, elements)]  # what texts mean is remembered
        assert len(found) == (count if shape is row_of_splits else 0)
        return calls(lambda: [*dataflow(program, elements)])

    assert cost(160) < 2.3 * cost(80)


def test_forms_and_mappings_write_and_read() -> None:
    camunda = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    shorthand = "executable\nuserTask a\n  extensionElements\nuserTask b\n  extensionElements\n"
    form = '<camunda:formData><camunda:formField id="total" type="long"/></camunda:formData>'
    text = xml(shorthand + SPLIT).replace(b"<definitions", b"<definitions " + camunda.encode())
    text = text.replace(
        b"<extensionElements/>", f"<extensionElements>{form}</extensionElements>".encode()
    )
    found = check(text, aim="run", options=Options(stub=True))
    assert [(one.id, one.message) for one in found if one.code == RACE] == [
        ("b", "'a', which runs side by side with it, writes 'total', too")
    ]


LOOP = """s > u > e
subProcess u
  {property}
  multiInstanceLoopCharacteristics isSequential={sequential} bx:collection=orders bx:element=order
  s2 > t > g
  g > a ? price > order
  g > b
  a > e2
  b > e2
  exclusiveGateway g default=g_b
  scriptTask t scriptFormat=feel bx:result={result}
    script : order * 2
"""
INSTANCES = {
    "one for all": ({}, ["'price'"]),
    "one after the other": ({"sequential": "true"}, []),
    "a property": ({"property": "property p name=price"}, []),
    "their element": ({"result": "order"}, []),
    "written, not read": ({"result": "cost"}, []),
}


@pytest.mark.parametrize(("parts", "names"), INSTANCES.values(), ids=INSTANCES)
def test_what_instances_write_side_by_side_is_told(parts: dict[str, str], names: list[str]) -> None:
    drawn = LOOP.format(**{"property": "", "sequential": "false", "result": "price", **parts})
    found = told(drawn, SHARED)
    assert [(id_, message.rpartition(" ")[2]) for id_, message in found] == [
        ("u", name) for name in names
    ]


def test_an_input_sees_those_before_it_but_not_itself() -> None:
    zeebe = "http://camunda.org/schema/zeebe/1.0"
    pairs = [("=1", "n"), ("=n + rate", "rate"), ("=rate", "x")]
    inputs = "".join(f'<z:input source="{read}" target="{name}"/>' for read, name in pairs)
    words = f'<z:taskDefinition type="t"/><z:ioMapping>{inputs}</z:ioMapping>'
    inside = f'<extensionElements xmlns:z="{zeebe}">{words}</extensionElements><incoming>'
    text = xml("executable\nserviceTask t\ns > t > e")
    drawn = text.replace(b"<incoming>", inside.encode(), 1)
    found = [one for one in check(drawn, aim="run") if one.code == NEVER_WRITTEN]
    assert [one.message.split(":")[0] for one in found] == ["nothing before writes 'rate'"]


SEVEN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="P" isExecutable="true"><startEvent id="s" camunda:initiator="who"/>
<userTask id="u" camunda:assignee="${{{asked}}}"/>
<callActivity id="c" calledElement="Q"><extensionElements>
<camunda:in {passed}/><camunda:out source="sum" target="sum"/></extensionElements></callActivity>
<endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="u"/>
<sequenceFlow id="b" sourceRef="u" targetRef="c"/>
<sequenceFlow id="d" sourceRef="c" targetRef="e"/></process>
<process id="Q" isExecutable="true"><startEvent id="t"/>
<scriptTask id="v" scriptFormat="juel" camunda:resultVariable="sum"><script>${{n + 1}}</script>
</scriptTask><endEvent id="f"/><sequenceFlow id="x" sourceRef="t" targetRef="v"/>
<sequenceFlow id="y" sourceRef="v" targetRef="f"/></process></definitions>"""
PASSED = {
    "all is there": ({}, []),
    "nobody begins it by that name": ({"asked": "clerk"}, ["note u"]),
    "passed by another name": ({"passed": 'source="n" target="m"'}, ["warning v"]),
    "all is passed": ({"passed": 'variables="all"'}, []),
}


@pytest.mark.parametrize(("parts", "wanted"), PASSED.values(), ids=PASSED)
def test_what_is_passed_to_a_called_process_is_known(
    parts: dict[str, str], wanted: list[str]
) -> None:
    drawn = SEVEN.format(**{"asked": "who", "passed": 'source="n" target="n"', **parts})
    found = check(drawn.encode(), aim="run", options=Options(stub=True, allow_scripts=True))
    never = [one for one in found if one.code == NEVER_WRITTEN]
    assert [f"{one.severity} {one.id}" for one in never] == wanted


@pytest.mark.parametrize("caller_first", [True, False])
@pytest.mark.parametrize(("parts", "wanted"), PASSED.values(), ids=PASSED)
def test_what_another_file_passes_is_known(
    tmp_path: Path, parts: dict[str, str], wanted: list[str], caller_first: bool
) -> None:
    drawn = SEVEN.format(**{"asked": "who", "passed": 'source="n" target="n"', **parts})
    head, rest = drawn.split('<process id="P"')
    own, called = rest.split('<process id="Q"')
    files = [tmp_path / "p.bpmn", tmp_path / "q.bpmn"]
    files[0].write_text(f'{head}<process id="P"{own}</definitions>')
    files[1].write_text(f'{head}<process id="Q"{called}')
    paths = [str(file) for file in (files if caller_first else reversed(files))]
    options = Options(stub=True, allow_scripts=True)
    never = [
        one for one in check_files(paths, aim="run", options=options) if one.code == NEVER_WRITTEN
    ]
    assert [f"{one.severity} {one.id}" for one in never] == wanted


@pytest.mark.parametrize("collection", ["flats", "${flats}"])
def test_a_collection_that_nobody_gives_is_told(collection: str) -> None:
    drawn = xml(
        "executable\nuserTask t\n  multiInstanceLoopCharacteristics isSequential=true\ns > t > e\n"
    )
    word = f'xmlns:c="http://camunda.org/schema/1.0/bpmn" c:collection="{collection}" isS'
    found = check(drawn.replace(b"isS", word.encode()), aim="run")
    assert [one.id for one in found if one.code == NEVER_WRITTEN] == ["t"]
