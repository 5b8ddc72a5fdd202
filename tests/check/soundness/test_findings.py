"""Findings of soundness: places, severities, ways; and that good files have none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bpmn_xml import read
from bpmn_xml.check.examples import Example, examples
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.soundness.findings import SHOWN, WORDS, soundness
from bpmn_xml.check.soundness.skeleton import GATEWAYS
from bpmn_xml.check.soundness.verdict import Trouble
from bpmn_xml.compiler.program import Kind
from bpmn_xml.errors import Finding, Severity
from tests.conftest import ROOT
from tests.semantics.drawing import drawn

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'


def found(*lines: str) -> list[Finding]:
    text = "\n".join([HEAD, '<process id="P">', *lines, "</process>", "</definitions>"])
    return list(soundness(read(text.encode())))


def flow(name: str, source: str, target: str) -> str:
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'


def test_every_trouble_has_words() -> None:
    assert set(WORDS) == set(Trouble)
    assert len({words.code for words in WORDS.values()}) == len(WORDS)


def test_a_deadlock_names_place_element_flow_and_way() -> None:
    (finding,) = found(
        '<startEvent id="s" name="Begin"/>',
        '<exclusiveGateway id="x"/>',
        '<task id="t" name="Work"/>',
        '<parallelGateway id="j" name="Meet"/>',
        flow("f1", "s", "x"),
        flow("f2", "x", "t"),
        flow("f3", "t", "j"),
        flow("f4", "x", "j"),
    )
    assert (finding.code, finding.severity, finding.id) == ("BX601", Severity.ERROR, "j")
    assert (finding.name, finding.place.line) == ("Meet", 6)
    assert finding.message == (
        "it waits for ever: nothing can come on f4, for example after 'Begin' > 'x' > 'Work' >"
        " 'Meet'"
    )


SPLIT = [
    ("", "; a run takes all flows of 'Which?' until one has a condition"),
    ("<conditionExpression>n > 1</conditionExpression>", ""),
]


@pytest.mark.parametrize(("condition", "more"), SPLIT, ids=["none is written", "one is written"])
def test_what_conditions_will_bring_is_told_from_what_a_run_does(condition: str, more: str) -> None:
    (finding,) = found(
        '<startEvent id="s"/><inclusiveGateway id="x" name="Which?"/><task id="t"/>',
        '<inclusiveGateway id="merge"/><parallelGateway id="j"/>',
        flow("f1", "s", "merge") + flow("f2", "merge", "x"),
        flow("f3", "x", "t").replace("/>", f">{condition}</sequenceFlow>"),
        flow("f4", "t", "j") + flow("f5", "x", "j"),
    )
    assert (finding.code, finding.severity, finding.id) == ("BX601", Severity.WARNING, "j")
    assert finding.message.startswith("it waits for ever: nothing can come on f")
    assert finding.message.endswith(f"'j'{more}")


def test_too_few_tokens_are_told_as_that() -> None:
    (finding,) = found('<startEvent id="s"/><task id="t" startQuantity="3"/>', flow("f1", "s", "t"))
    assert (finding.code, finding.id) == ("BX601", "t")
    assert finding.message.startswith(
        "it waits for ever: it takes 3 tokens at once, and fewer can come, for example after"
    )


def test_what_data_avoids_is_a_warning() -> None:
    (finding,) = found(
        '<startEvent id="s"/><inclusiveGateway id="o"/><exclusiveGateway id="y"/>',
        '<endEvent id="e"/>',
        *[flow(f"f{i}", *ends.split()) for i, ends in enumerate(["s o", "o y", "o y", "y e"])],
    )
    assert (finding.code, finding.severity) == ("BX602", Severity.WARNING)


def test_a_condition_with_a_fault_is_a_condition() -> None:
    """What it was meant to ask is not known, but that it was meant to ask is."""
    head = HEAD + '<process id="P" isExecutable="true">'
    nodes = '<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="j"/>'
    ends = ["s x", "x j", "x j", "j e"]
    flows = [flow(f"f{i}", *pair.split()) for i, pair in enumerate(ends)]
    plain = "".join([head, nodes, '<endEvent id="e"/>', *flows, "</process></definitions>"])
    asked = '><conditionExpression language="python">n &gt;</conditionExpression></sequenceFlow>'
    f2 = flow("f2", "x", "j")
    faulty = plain.replace(f2, f2.replace("/>", asked))
    for text, lacking in ((plain, "f1"), (faulty, "f2")):
        (finding,) = soundness(read(text.encode()))
        assert finding.message.startswith(f"it waits for ever: nothing can come on {lacking},")


EVENTS = '<eventBasedGateway id="g" instantiate="true"{}/>' + "".join(
    f'<intermediateCatchEvent id="{name}"><messageEventDefinition/></intermediateCatchEvent>'
    for name in ("c", "d")
)
RECEIVE = '<receiveTask id="{}" instantiate="true"/>'
ALL = ' eventGatewayType="Parallel"'
BEGINS = {
    "one receive task": (RECEIVE.format("c"), "c x, x j, x j", ["BX601"]),
    "one of two receive tasks": (
        RECEIVE.format("c") + RECEIVE.format("d"), "c j, d j", ["BX601"]),
    "one event of a gateway": (EVENTS.format(""), "g c, g d, c j, d j", ["BX601"]),
    "all events of a gateway": (EVENTS.format(ALL), "g c, g d, c j, d j", []),
    "all, but one may go elsewhere": (
        EVENTS.format(ALL), "g c, g d, c j, d x, x j, x t", ["BX601"]),
}  # fmt: skip


@pytest.mark.parametrize(("nodes", "ends", "codes"), BEGINS.values(), ids=BEGINS)
def test_what_begins_a_process_are_alternatives(nodes: str, ends: str, codes: list[str]) -> None:
    flows = [flow(f"f{i}", *pair.split()) for i, pair in enumerate(ends.split(", "))]
    rest = "".join(
        f'<{tag} id="{name}"/>'
        for tag, name in (("parallelGateway", "j"), ("exclusiveGateway", "x"), ("task", "t"))
        if name in ends
    )
    assert [one.code for one in found(nodes, rest, *flows)] == codes


KEYS = """
root <correlationProperty id="cp"><correlationPropertyRetrievalExpression id="r1" messageRef="message_A"><messagePath>id</messagePath></correlationPropertyRetrievalExpression><correlationPropertyRetrievalExpression id="r2" messageRef="message_B"><messagePath>id</messagePath></correlationPropertyRetrievalExpression></correlationProperty><collaboration id="C"><participant id="p1" processRef="P"/><correlationKey id="ck"><correlationPropertyRef>cp</correlationPropertyRef></correlationKey></collaboration>
"""  # noqa: E501 - it is a line of its own
STARTS = "start s message=A\nstart r message=B\ntask t\n"
KEYS4 = KEYS.replace('<correlationPropertyRetrievalExpression id="r1"', "".join(
    f'<correlationPropertyRetrievalExpression id="r{name}" messageRef="message_{name}">'
    "<messagePath>id</messagePath></correlationPropertyRetrievalExpression>" for name in "CD")
    + '<correlationPropertyRetrievalExpression id="r1"')  # fmt: skip
GROUPS = (
    "evg g instantiate\nevg h instantiate\nreceive a msg=A\nreceive b msg=B\n"
    "receive c msg=C\nreceive d msg=D\n"
)
TALKS = {
    "joined": (KEYS + STARTS + "par j\ns -> j -> t\nr -> j", []),
    "joined without a key": (STARTS + "par j\ns -> j -> t\nr -> j", ["BX601"]),
    "merged": (KEYS + STARTS + "xor j\ns -> j -> t\nr -> j", []),
    "merged, then split and joined": (
        KEYS + STARTS + "xor m\npar p\npar j\ns -> m -> p -> t -> j\nr -> m\np -> j", []),
    "two gateways joined": (
        KEYS4 + GROUPS + "xor x\nxor y\npar j\ng -> a -> x -> j\ng -> b -> x\n"
        "h -> c -> y -> j\nh -> d -> y", []),
    "two gateways without a key joined": (
        GROUPS + "xor x\nxor y\npar j\ng -> a -> x -> j\ng -> b -> x\n"
        "h -> c -> y -> j\nh -> d -> y", ["BX601"]),
    "two gateways merged": (
        KEYS4 + GROUPS + "xor x\ng -> a -> x\ng -> b -> x\nh -> c -> x\nh -> d -> x", ["BX602"]),
    "a gateway for all among two": (
        KEYS4 + GROUPS.replace("evg h", "evg h eventGatewayType=Parallel") +
        "xor x\npar j\ng -> a -> x -> j\ng -> b -> x\nh -> c -> j\nh -> d -> j", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), TALKS.values(), ids=TALKS)
def test_starts_of_one_conversation_may_be_joined(text: str, codes: list[str]) -> None:
    assert [one.code for one in soundness(read(drawn(text)))] == codes


LINK = '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent>'
UNBEGUN = {
    "nothing is the first": ('<task id="t"/><task id="u"/>', "t u, u t", "t"),
    "no link leads to it": (f'<startEvent id="s"/>{LINK}<task id="t"/>', "s t, c t", "c"),
}


@pytest.mark.parametrize(("nodes", "ends", "where"), UNBEGUN.values(), ids=UNBEGUN)
def test_what_never_begins_is_dead(nodes: str, ends: str, where: str) -> None:
    flows = [flow(f"f{i}", *pair.split()) for i, pair in enumerate(ends.split(", "))]
    assert [(one.code, one.id) for one in found(nodes, *flows)] == [("BX606", where)]


def test_a_long_way_is_cut() -> None:
    names = ["s", *[f"t{i}" for i in range(SHOWN + 3)], "x"]
    pairs = [*pairwise(names), ("x", "j"), ("x", "j")]
    (finding,) = found(
        '<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="j"/>',
        *[f'<task id="{name}"/>' for name in names if name[0] == "t"],
        *[flow(f"f{i}", *pair) for i, pair in enumerate(pairs)],
    )
    assert "after … 't" in finding.message
    assert finding.message.count(" > ") == SHOWN - 1


def test_what_is_not_known_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(GATEWAYS, Kind.EXCLUSIVE_GATEWAY)
    (finding,) = found('<startEvent id="s"/><exclusiveGateway id="x"/>', flow("f", "s", "x"))
    assert (finding.code, finding.severity, finding.id) == ("BX607", Severity.NOTE, "x")


def test_what_no_way_leads_to_is_dead() -> None:
    nodes = '<startEvent id="s"/><endEvent id="e"/><task id="t"/><task id="u"/>'
    flows = [flow("f1", "s", "e"), flow("f2", "t", "u"), flow("f3", "u", "t")]
    assert [(one.code, one.id) for one in found(nodes, *flows)] == [("BX606", "t")]


MERGING = {"without-gateways.bpmn", "wcp-08-multi-merge.bpmn"}
"""They show that what follows is done several times."""


@pytest.mark.parametrize("path", sorted((ROOT / "diagrams").rglob("*.bpmn")), ids=lambda p: p.name)
def test_our_own_diagrams_are_sound(path: Path) -> None:
    errors = {f.code for f in soundness(read(path)) if f.severity is Severity.ERROR}
    assert errors == ({"BX602"} if path.name in MERGING else set())


def test_nothing_is_known_of_a_level_that_begins_at_what_cannot_be_run() -> None:
    (finding,) = found(
        '<startEvent id="s"/><subProcess id="t">',
        '<choreographyTask id="talk" initiatingParticipantRef="p"/>',
        '</subProcess><endEvent id="e"/>',
        flow("f1", "s", "t"),
        flow("f2", "t", "e"),
    )
    assert finding.code == "BX607"


def test_a_border_event_beside_what_has_no_border_is_not_followed() -> None:
    text = "\n".join(
        [
            '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/><endEvent id="f"/>',
            '<boundaryEvent id="b" attachedToRef="g" cancelActivity="false">',
            "<signalEventDefinition/></boundaryEvent>",
            flow("1", "s", "g") + flow("2", "g", "e") + flow("3", "b", "f"),
        ]
    )
    (finding,) = found(text)
    assert (finding.id, finding.code) == ("g", WORDS[Trouble.UNKNOWN].code)


@pytest.mark.parametrize("host", ["nobody", "s"])
def test_a_border_event_at_nothing_beside_it_does_not_lead_around_an_error(host: str) -> None:
    text = (
        f'<boundaryEvent id="b" attachedToRef="{host}"><errorEventDefinition/></boundaryEvent>'
        '<startEvent id="i"/><endEvent id="x"><errorEventDefinition/></endEvent>'
    )
    findings = found(
        '<startEvent id="s"/><subProcess id="t">',
        text,
        flow("f", "i", "x"),
        '</subProcess><endEvent id="e"/>',
        flow("f1", "s", "t"),
        flow("f2", "t", "e"),
    )
    assert ("f2", "BX606") in [(one.id, one.code) for one in findings]


def test_a_token_that_leaves_by_a_boundary_event_is_to_come_to_the_join_too() -> None:
    (finding,) = found(
        '<startEvent id="s"/><parallelGateway id="a"/><task id="t"/><parallelGateway id="j"/>',
        '<boundaryEvent id="b" name="failed" attachedToRef="t"><errorEventDefinition/>',
        '</boundaryEvent><endEvent id="e"/><endEvent id="x"/>',
        *[flow("f1", "s", "a"), flow("f2", "a", "t"), flow("f3", "a", "j"), flow("f4", "t", "j")],
        *[flow("f5", "j", "e"), flow("f6", "b", "x")],
    )
    assert (finding.id, finding.code) == ("j", "BX601")
    assert finding.remedy.startswith("lead the way from 'failed' to it too, or end all")


FLAWS = {code: group for code, group in examples().items() if code.startswith("BX")}


TURNS = "start s; task a; catch c timer=PT1H; s -> a -> c -> a"
AROUND = "start p; {host}; end q; p -> z -> q; {border}"
SUB = f"sub z; {TURNS.replace('; ', ';   ').replace('start', '  start')}"
CALL = "call z calledElement=Q"
STOPPED = {
    "by nothing": (TURNS, ["P"]),
    "by an event sub-process": (f"{TURNS}; esp v;   start vs message=M;   end ve;   vs -> ve", []),
    "by one beside it": (f"{TURNS}; esp v;   start vs message=M soft;   end ve;   vs -> ve", ["P"]),
    "in the one that stops": (
        f"start p; end q; p -> q; esp v;   {TURNS.replace('; ', ';   ')}".replace(
            "start s", "start s message=M"
        ),
        ["v"],
    ),
    "at its border": (AROUND.format(host=SUB, border="boundary b on=z message=M"), []),
    "beside its border": (AROUND.format(host=SUB, border="boundary b on=z message=M soft"), ["z"]),
    "by undoing it": (
        AROUND.format(host=SUB, border="boundary b on=z comp; task u forcomp; b ~> u"),
        ["z"],
    ),
    "around it": (
        AROUND.format(host=SUB, border="esp v;   start vs error=E;   end ve;   vs -> ve"),
        [],
    ),
    "at the border of its call": (
        AROUND.format(host=CALL, border=f"boundary b on=z message=M; process Q; {TURNS}"),
        [],
    ),
    "by nothing around its call": (AROUND.format(host=CALL, border=f"process Q; {TURNS}"), ["Q"]),
}


@pytest.mark.parametrize(("text", "where"), STOPPED.values(), ids=STOPPED)
def test_an_event_may_stop_what_turns_for_ever(text: str, where: list[str]) -> None:
    found = soundness(read(drawn(text.replace(";", "\n").replace("\n ", "\n"))))
    assert [finding.id for finding in found if finding.code == "BX605"] == where


@pytest.mark.parametrize(
    ("code", "example"), [(code, one) for code, group in FLAWS.items() for one in group]
)
def test_what_explains_a_flaw_has_it_or_not(code: str, example: Example) -> None:
    told = {one.code for one in soundness(read(xml(example.shorthand)))}
    assert told == (set() if example.valid else {code})


def test_every_flaw_has_examples_of_both_kinds() -> None:
    known = {wording.code for trouble, wording in WORDS.items() if trouble is not Trouble.UNKNOWN}
    assert FLAWS.keys() == known
    assert all({one.valid for one in group} == {True, False} for group in FLAWS.values())
