"""The picture that moves by itself has no script, and moves what the trace says."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from bpmn_xml.render.overlay import Progress
from bpmn_xml.render.replay.animated import animated
from bpmn_xml.render.replay.schedule import Story
from bpmn_xml.render.replay.trips import TRAVEL, Trip, Where
from bpmn_xml.render.theme import LIGHT
from tests.render.build import SVG
from tests.render.replay.told import RUNS, run_of


@pytest.mark.parametrize("name", RUNS)
def test_a_token_travels_along_every_flow_that_was_taken(name: str) -> None:
    definitions, lines, naming = run_of(name)
    root = etree.fromstring(animated(definitions, lines, naming))
    motions = list(root.iter(f"{SVG}animateMotion"))
    taken = {e.flow for line in lines for e in line.records if e.type == "FlowTaken"}
    assert len({m.get("path") for m in motions}) == len(taken)
    assert all(re.fullmatch(r"run\.begin\+[\d.]+s", m.get("begin")) for m in motions)
    assert not list(root.iter(f"{SVG}script"))
    assert not [key for found in root.iter() for key in found.attrib if key.startswith("on")]


@pytest.mark.parametrize(("gap", "count"), [(0, 1), (20, 2), (100, 5), (700, 5)])
def test_tokens_that_cover_each_other_are_one(
    gap: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of five that travel along a flow, so many milliseconds apart; one is done in 600."""
    definitions, _, naming = run_of("order")
    flow = next(iter(naming.flows))
    moves = [Trip(flow, Where("i", ""), n * gap, n * gap + TRAVEL) for n in range(5)]
    told = Story(moves=moves, letters=[], changes=[], written=[], steps=[], length=9_000.0)
    monkeypatch.setattr("bpmn_xml.render.replay.animated.schedule", lambda *_: told)
    root = etree.fromstring(animated(definitions, [], naming))
    assert len(list(root.iter(f"{SVG}animateMotion"))) == count


def test_elements_change_their_classes_and_begin_again() -> None:
    definitions, lines, naming = run_of("order")
    root = etree.fromstring(animated(definitions, lines, naming))
    group = next(found for found in root.iter(f"{SVG}g") if found.get("id") == "charge")
    turns = [(found.get("begin"), found.get("to")) for found in group.iter(f"{SVG}set")]
    assert turns[0] == ("run.begin", "service-task untouched")
    states = [to.split()[1] for _, to in turns[1:]]
    assert states == ["active", "waiting", "active", "done"]
    (clock,) = root.iter(f"{SVG}animate")
    assert (clock.get("id"), clock.get("begin")) == ("run", "0s;run.end")
    (name,) = (found for found in root.iter(f"{SVG}g") if found.get("data-for") == "received")
    assert [found.get("to") for found in name.iter(f"{SVG}set")] == ["untouched", "done"]
    untouched = next(found for found in root.iter(f"{SVG}g") if found.get("id") == "offer")
    assert not list(untouched.iter(f"{SVG}set"))


def test_what_is_not_of_this_drawing_is_not_shown() -> None:
    definitions, _, naming = run_of("order")
    _, others, _ = run_of("parallel")
    root = etree.fromstring(animated(definitions, others, naming))
    assert not list(root.iter(f"{SVG}animateMotion"))


def test_who_wants_no_motion_sees_the_end() -> None:
    definitions, lines, naming = run_of("order")
    root = etree.fromstring(animated(definitions, lines, naming))
    ends = {found.get("id"): found.get("data-end") for found in root.iter(f"{SVG}g")}
    assert (ends["charge"], ends["offer"]) == ("done", None)
    style = root.find(f"{SVG}style").text
    still = style.partition("@media (prefers-reduced-motion:reduce){\n")[2].partition("\n}")[0]
    done = f'.bpmn-xml.auto [data-end="done"]{{color:{LIGHT.states[Progress.DONE].line}}}'
    assert done in still
    assert style.index("[data-end") > style.rindex(".auto .done")
