"""The page of a run is one small file under a strict policy."""

from __future__ import annotations

import json

import lxml.html
import msgspec
import pytest

from bpmn_xml import model
from bpmn_xml.render.replay.pages import replay_page
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.reader import EntryWithValues, TraceLine
from tests.render.replay.told import RUNS, run_of


@pytest.mark.parametrize("name", RUNS)
def test_it_is_one_file(name: str) -> None:
    data = replay_page(*run_of(name)).decode()
    page = lxml.html.fromstring(data)
    assert not page.xpath("//@src | //@href | //@style | //@onclick")
    (policy,) = page.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    (film,) = page.xpath("//script[@id='data']")
    assert json.loads(film.text)["moves"]
    drawn = {group.get("id") for group in page.xpath("//*[@class='figures']/*")}
    assert drawn


def test_every_control_has_a_name() -> None:
    page = lxml.html.fromstring(replay_page(*run_of("order")).decode())
    for control in page.xpath("//button | //input | //select"):
        inside = "".join(control.itertext()) if control.tag == "button" else ""
        around = control.getparent().text if control.getparent().tag == "label" else ""
        assert control.get("aria-label") or inside.strip() or (around or "").strip()


def test_a_thousand_records_are_less_than_two_megabytes() -> None:
    definitions, lines, naming = run_of("streaming")
    many: list[TraceLine] = []
    while sum(len(line.records) for line in many) < 1_000:
        copy = len(many)
        many += [msgspec.structs.replace(line, instance=f"i{copy}") for line in lines]
    assert len(replay_page(definitions, many, naming)) < 500_000


EVIL = "</script><img src=x onerror=alert(1)><!--"


def test_names_and_values_are_only_text() -> None:
    task = model.Task(id="t", name=EVIL)
    process = model.Process(id="p", flow_elements=(task,))
    definitions = model.Definitions(id="d", root_elements=(process,))
    told = [
        EntryWithValues("Activated", node="t", n=1),
        EntryWithValues("Completed", node="t", n=1, values={EVIL: EVIL}),
    ]
    lines = [TraceLine(EVIL, 1, 0, told)]
    page = lxml.html.fromstring(replay_page(definitions, lines, Naming(definitions)).decode())
    assert not page.xpath("//img")
    assert len(page.xpath("//script")) == 2
    (film,) = page.xpath("//script[@id='data']")
    assert EVIL in json.loads(film.text)["written"][0][2]
