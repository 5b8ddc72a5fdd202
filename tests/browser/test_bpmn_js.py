"""What we draw, convert and write opens in bpmn-js without a warning.

All diagrams are opened in one browser, which takes a few seconds; without a browser or without
npm's bpmn-js the tests skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bpmn_xml import convert, formats
from bpmn_xml.model import Definitions, FlowNode, SequenceFlow
from bpmn_xml.model.walk import by_id, participants, processes, walk
from tests.browser.bpmn_js import Opened, open_all, reason_to_skip
from tests.conftest import ROOT
from tests.real import real_files

pytestmark = pytest.mark.skipif(bool(reason_to_skip()), reason=reason_to_skip() or "-")

APART = {"call-process.bpmn", "start-signal.bpmn"}
"""Several processes without a collaboration: a plane shows only one of them."""

OWN = sorted(p for p in (ROOT / "diagrams").rglob("*.bpmn") if p.name not in APART)
LEGACY = sorted((ROOT / "diagrams").rglob("*.conf"))
REAL = real_files("miwg", "camunda7")


def name_of(path: Path) -> str:
    """What a test calls a file."""
    return f"{path.parent.name}/{path.name}"


def text_of(definitions: Definitions) -> str:
    """A model as the text of a file."""
    return formats.write(definitions).decode()


def collected() -> Iterator[tuple[str, str]]:
    """(name, XML) of everything that is opened."""
    for path in OWN:
        yield name_of(path), path.read_text("utf-8")
    for path in LEGACY:
        yield name_of(path), text_of(convert(formats.read(path)))
    for path in REAL:
        definitions = formats.read(path)
        yield f"{name_of(path)} as it is", path.read_bytes().decode("utf-8-sig", "replace")
        yield f"{name_of(path)} written", text_of(definitions)
        yield f"{name_of(path)} laid out", text_of(convert(definitions))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    """What bpmn-js says of each."""
    return open_all(dict(collected()), tmp_path_factory.mktemp("bpmn_js"))


@pytest.mark.parametrize("path", OWN + LEGACY, ids=name_of)
def test_our_diagrams_open_without_a_warning(path: Path, opened: dict[str, Opened]) -> None:
    assert opened[name_of(path)].warnings == []
    assert drawn(formats.read(path)) <= set(opened[name_of(path)].shown)


def drawn(definitions: Definitions) -> set[str]:
    """The ids of all nodes and flows."""
    around = [getattr(element, "flow_elements", ()) for element, _ in walk(definitions)]
    elements = [element for inside in around for element in inside]
    return {element.id for element in elements if isinstance(element, FlowNode | SequenceFlow)}


@pytest.mark.parametrize("path", REAL, ids=name_of)
@pytest.mark.parametrize("way", ["written", "laid out"])
def test_real_diagrams_get_no_new_warning(path: Path, way: str, opened: dict[str, Opened]) -> None:
    before, after = opened[f"{name_of(path)} as it is"], opened[f"{name_of(path)} {way}"]
    assert set(after.warnings) <= set(before.warnings)
    assert way == "laid out" or set(after.shown) == set(before.shown)


@pytest.mark.parametrize("path", REAL, ids=name_of)
def test_the_first_diagram_laid_out_is_shown_whole(path: Path, opened: dict[str, Opened]) -> None:
    definitions = formats.read(path)
    plane = convert(definitions).diagrams[0].plane
    laid_out = {element.bpmn_element for element in plane.elements} - beside_pools(definitions)
    assert laid_out <= set(opened[f"{name_of(path)} laid out"].shown)


def beside_pools(definitions: Definitions) -> set[str]:
    """What is in processes that stand beside pools: bpmn-js shows nothing of them."""
    held = {participant.process_ref for participant in participants(definitions)}
    outside = [process for process in processes(definitions) if held and process.id not in held]
    return {name for process in outside for name in by_id(process)}


def test_a_broken_diagram_is_told(tmp_path: Path) -> None:
    broken = OWN[0].read_text("utf-8").replace("incoming>", "coming>")
    told = open_all({"broken": broken, "no diagram": "<a/>"}, tmp_path)
    assert told["broken"].warnings
    assert told["no diagram"].warnings[0].startswith("cannot be opened")
