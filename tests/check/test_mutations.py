"""Faults as users make them, in other people's files: told at the right line, with the right id."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding
from tests.real import BESIDE, OURS

MUTATIONS = tomllib.loads(Path(__file__).with_name("mutations.toml").read_text("utf-8"))
Told = tuple[str, str, str]
"""Code, id and message of a finding."""


def found(name: str) -> Path:
    """A file, ours or of the collection."""
    for root in (OURS, BESIDE, Path(__file__).parent):
        if (path := root / f"{name}.bpmn").is_file():
            return path
    pytest.skip("the collection of real diagrams is not beside this checkout")


def changed(case: dict[str, Any]) -> str:
    """The text of a file with the changes of a case."""
    data = found(case["file"]).read_bytes()
    text = data.decode("iso-8859-1" if b"ISO-8859-1" in data[:99] else "utf-8")
    text = text.replace("ISO-8859-1", "UTF-8", 1)
    for old, new in case["change"]:
        assert old in text, old
        text = text.replace(old, new, -1 if case.get("everywhere") else 1)
    return text


class Bench:
    """A folder in which files are checked beside those that they call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, set[Told]] = {}

    def told(self, case: dict[str, Any]) -> tuple[str, list[Finding]]:
        """A changed text, and what is said about it that is not said of the file as it was."""
        name = case["file"]
        if name not in self.known:
            plain = self.check(name, changed({**case, "change": ()}))
            self.known[name] = {(one.code, one.id, one.message) for one in plain}
        text = changed(case)
        told = self.check(name, text)
        new = [one for one in told if (one.code, one.id, one.message) not in self.known[name]]
        return text, new

    def check(self, name: str, text: str) -> tuple[Finding, ...]:
        """What is said about a text in the place of a file."""
        for other in found(name).parent.glob("*announcement*.bpmn"):
            self.folder.joinpath(other.name).write_bytes(other.read_bytes())
        path = self.folder / f"{Path(name).name}.bpmn"
        path.write_bytes(text.encode())
        return check(path, options=Options(allow_scripts=True))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A place to check files in, once for all of them."""
    return Bench(tmp_path_factory.mktemp("mutations"))


@pytest.mark.parametrize("case", MUTATIONS["faults"].values(), ids=MUTATIONS["faults"])
def test_a_fault_is_told_where_it_is(bench: Bench, case: dict[str, Any]) -> None:
    text, found = bench.told(case)
    lines = {
        number
        for number, line in enumerate(text.splitlines(), 1)
        if any(mark in line for mark in case["at"])
    }
    right = [one for one in found if not case["at"] or one.place.line in lines]
    ids = {one.id for one in right}
    assert ids & {*case["ids"]} if case["ids"] else right, [str(one) for one in found]


@pytest.mark.parametrize("case", MUTATIONS["harmless"].values(), ids=MUTATIONS["harmless"])
def test_what_is_harmless_is_not_told(bench: Bench, case: dict[str, Any]) -> None:
    _, found = bench.told(case)
    assert [str(one) for one in found] == []
