"""A program's hash: equal for equal models, different for all that could run differently."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.elements.adhoc import planned
from bpmn_xml.compiler.fingerprint import program_hash
from bpmn_xml.compiler.program import (
    AdHoc,
    Condition,
    Container,
    Correlation,
    EventSpec,
    Flow,
    Join,
    Kind,
    Node,
    Origin,
    Program,
    Repetition,
    Schedule,
    Steering,
    Trigger,
    Work,
)
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import CAMUNDA8, Assign, CallData, Computed, LocalFrame
from bpmn_xml.errors import Place
from tests.compiler.drawing import file, flow, read_text, said


def nothing(*_arguments: object) -> Any:
    return None


SAMPLES: dict[str, Any] = {
    "index": 7,
    "id": "other",
    "kind": Kind.USER_TASK,
    "container": 5,
    "incoming": (1,),
    "outgoing": (1,),
    "default": 3,
    "body": 3,
    "host": 3,
    "boundary": (4,),
    "ad_hoc": AdHoc(),
    "steering": Steering("asked:z", "asked:z.enough", planned),
    "evaluates_ad_hoc": True,
    "takes": 2,
    "gives": 2,
    "activation": Condition("n", "python", nothing),
    "undo": 4,
    "undoes": True,
    "interrupting": False,
    "events": (EventSpec(trigger=Trigger.TERMINATE),),
    "needs_all": True,
    "is_end": True,
    "correlations": {"paid": Correlation(Computed("n", nothing))},
    "waiters": (1,),
    "loop": Repetition(element="item"),
    "frame": LocalFrame(local=("a",)),
    "call": CallData(),
    "sends": (Assign(("b",), Computed("1", nothing)),),
    "outputs": ("v",),
    "receives": (Assign(("a",), Computed("1", nothing)),),
    "carries": (Assign(("a",), Computed("1", nothing)),),
    "starter": "who",
    "join": Join.ALL,
    "once": True,
    "work": Work(names=("pay",)),
    "lane": "Clerk",
    "source": 5,
    "target": 5,
    "condition": Condition("n", "python", nothing),
    "parks": True,
    "decided": True,
    "node": 2,
    "nodes": (3,),
    "flows": (3,),
    "starts": (3,),
    "handlers": (3,),
    "triggered": (3,),
    "flow_payload": True,
    "joins": True,
    "closing": 3,
    "local": ("a",),
    "named": {"a": 3},
    "reaching": True,
    "rules": CAMUNDA8,
    "watches": True,
    "compensates": True,
    "processes": {"Q": 0},
}
SHOWN = {
    "answers": True,
    "clock": "now",
    "name": "Other",
    "place": Place("x", 1),
    "about": "t",
    "properties": (("region", "north"),),
    "prefilled": (FormField(name="n", default=1),),
    "hash": "0",
    "renamed": {"P:a": Origin("P", "a")},
}

DERIVED = {"counted": frozenset({3}), "watched": frozenset({"x"})}
"""What the nodes say too."""

NODE = Node(index=0, id="a", kind=Kind.TASK, container=0)
FLOW = Flow(index=0, id="f", source=0, target=0, container=0)
CONTAINER = Container(index=0, id="P")


def whole(**changed: Any) -> Program:
    parts = {"nodes": (NODE,), "flows": (FLOW,), "containers": (CONTAINER,), **changed}
    return Program(**{"processes": {"P": 0}, **parts})


PARTS = [(NODE, "nodes"), (FLOW, "flows"), (CONTAINER, "containers")]


@pytest.mark.parametrize(("part", "where"), PARTS)
def test_every_field_that_decides_something_decides_the_hash(
    part: msgspec.Struct, where: str
) -> None:
    before = program_hash(whole())
    for field in part.__struct_fields__:
        shown = field in SHOWN
        value = SHOWN[field] if shown else SAMPLES[field]
        after = program_hash(whole(**{where: (msgspec.structs.replace(part, **{field: value}),)}))
        assert (after == before) is shown, field


def test_every_field_of_the_program_itself_does_too() -> None:
    before = program_hash(whole())
    for field in set(Program.__struct_fields__) - {"nodes", "flows", "containers"}:
        shown = field in SHOWN or field in DERIVED
        value = {**SHOWN, **DERIVED}[field] if shown else SAMPLES[field]
        assert (program_hash(whole(**{field: value})) == before) is shown, field


def hash_with(**changed: Any) -> str:
    return program_hash(whole(nodes=(msgspec.structs.replace(NODE, **changed),)))


DIFFERENT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"events": (EventSpec(trigger=Trigger.TIMER, due=Schedule("x", nothing, kind, lang)),)},
        {"events": (EventSpec(trigger=Trigger.TIMER, due=Schedule("x", nothing, "c", "feel")),)},
    )
    for kind, lang in (("d", "feel"), ("c", "python"))
]
DIFFERENT += [
    (
        {"loop": Repetition(total=Computed("n", nothing, "feel"))},
        {"loop": Repetition(total=Computed("n", nothing, "python"))},
    ),
    ({"work": Work(fields=(("a", "b"),))}, {"work": Work(fields=(("a", "c"),))}),
    ({"work": Work(retries=(1,))}, {"work": Work(retries=(1, 1))}),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_is_computed_is_told_by_its_text_and_language(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert hash_with(**one) != hash_with(**other)
    assert hash_with(**one) == hash_with(**one)


def drawn(condition: str = "n > 1", script: str = "a = 1", **task: Any) -> m.Definitions:
    return file(
        m.StartEvent(id="s"),
        m.ScriptTask(id="t", script=m.Script(text=script), script_format="python", **task),
        m.EndEvent(id="e"),
        flow("s t"),
        flow("t e", condition),
    )


def hash_of(model: m.Definitions) -> str:
    return compile_models([model], Options(allow_scripts=True)).hash


def test_equal_models_have_equal_hashes() -> None:
    assert hash_of(drawn()) == hash_of(drawn())
    assert hash_of(drawn(name="Count")) == hash_of(drawn())


@pytest.mark.parametrize(
    "changed",
    [
        {"condition": "n > 2"},
        {"script": "a = 2"},
        {"default": "t-e"},
        said(bx_threads="3"),
        said(bx_result="sum"),
    ],
)
def test_what_runs_differently_has_another_hash(changed: dict[str, Any]) -> None:
    assert hash_of(drawn(**changed)) != hash_of(drawn())


XML = """<process id="P" isExecutable="true"><startEvent id="s"/>
<exclusiveGateway id="g" default="f3"/><serviceTask id="t" bx:retries="2"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
<sequenceFlow id="f2" sourceRef="g" targetRef="t"><conditionExpression>n &gt; 1
</conditionExpression></sequenceFlow>
<sequenceFlow id="f3" sourceRef="g" targetRef="e"/>
<sequenceFlow id="f4" sourceRef="t" targetRef="e"/></process>"""


def test_a_file_that_is_only_laid_out_anew_keeps_its_hash() -> None:
    moved = XML.replace("<endEvent", "\n\n    <endEvent").replace('id="t"', 'id="t" name="Pay"')
    assert hash_of(read_text(XML)) == hash_of(read_text(moved, name="b.bpmn"))


def test_the_hash_is_the_same_in_every_process() -> None:
    """No identity by position in memory, no order of a set, no Python of today."""
    code = (
        "from tests.compiler.test_fingerprint import XML, hash_of\n"
        "from tests.compiler.drawing import read_text\n"
        "print(hash_of(read_text(XML)))"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert hashes == {hash_of(read_text(XML))}
