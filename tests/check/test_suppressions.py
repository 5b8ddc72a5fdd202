"""What somebody wants to live with is not told; what is ignored in vain is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check import checking
from bpmn_xml.check.shorthand import xml

BROKEN = "s > t > e\nt > s\n"
NOTED = """
s > t > e
startEvent s
  documentation : {}
t > s
"""


def codes(source: bytes | str) -> list[tuple[str, str]]:
    """Codes and ids of what is found."""
    found = checking.check(source, aim="standard")
    return [(one.code, one.id) for one in found]


NOTES = {
    "nothing": ("Begin here.", [("EXT096", "s")]),
    "its code": ("Begin here. bpmn-xml: ignore EXT096 we loop", []),
    "in small letters": ("bpmn-xml: ignore ext096", []),
    "some codes": ("bpmn-xml: ignore EXT096, EXT023", [("BX407", "")]),
    "another code": ("bpmn-xml: ignore EXT128", [("EXT096", "s"), ("BX407", "")]),
    "no code": ("bpmn-xml: ignore EXT999", [("EXT096", "s"), ("BX406", "")]),
}


@pytest.mark.parametrize(("note", "told"), NOTES.values(), ids=NOTES)
def test_a_documentation_silences_its_element(note: str, told: list[tuple[str, str]]) -> None:
    assert sorted(codes(xml(NOTED.format(note)))) == sorted(told)


def test_a_documentation_silences_what_is_inside() -> None:
    inside = "s > t > e\nsubProcess t\n  documentation : bpmn-xml: ignore EXT101 later\n"
    outside = "startEvent s3\n"
    found = codes(xml(f"{inside}  startEvent s2\n  a > e2\n{outside}"))
    assert [one for one in found if one[0] == "EXT101"] == [("EXT101", "s3")]


SECTIONS = {
    "all files": ('ignore = ["EXT096"]', []),
    "in small letters": ('ignore = ["ext096"]', []),
    "files of a name": ('per-file-ignores = { "loop*.bpmn" = ["EXT096"] }', []),
    "files of a folder": ('per-file-ignores = { "drawings/*" = ["EXT096"] }', []),
    "other files": ('per-file-ignores = { "x.bpmn" = ["EXT096"] }', ["EXT096"]),
    "no code": ('ignore = ["EXT9"]', ["BX406", "EXT096"]),
    "an unknown key": ("silence = []", ["BX408", "EXT096"]),
    "no list": ('ignore = "EXT096"', ["BX408", "EXT096"]),
    "no table": ('per-file-ignores = ["EXT096"]', ["BX408", "EXT096"]),
    "no TOML": ("ignore = [", ["BX408", "EXT096"]),
}


STRANGE = {
    "no table of tools": b"tool = 3",
    "no table of ours": b"[tool]\nbpmn-xml = 3",
    "deep": b"a = " + b"[" * 20_000,
    "binary": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_what_is_no_configuration_silences_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pyproject.toml").write_bytes(content)
    (tmp_path / "loop.bpmn").write_bytes(xml(BROKEN))
    found = {one.code for one in checking.check(tmp_path / "loop.bpmn", aim="standard")}
    assert found - {"BX408"} == {"EXT096"}


@pytest.mark.parametrize(("section", "told"), SECTIONS.values(), ids=SECTIONS)
def test_a_section_silences_files(tmp_path: Path, section: str, told: list[str]) -> None:
    folder = tmp_path / "drawings"
    folder.mkdir()
    (tmp_path / "pyproject.toml").write_text(f"[tool.bpmn-xml]\n{section}\n", "utf-8")
    (folder / "loop.bpmn").write_bytes(xml(BROKEN))
    found = [one.code for one in checking.check(folder / "loop.bpmn", aim="standard")]
    assert sorted(found) == told


def test_the_nearest_section_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.bpmn-xml]\nignore = ["EXT096"]\n', "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pyproject.toml").write_text("[project]\n", "utf-8")
    (tmp_path / "in" / "a.bpmn").write_bytes(xml(BROKEN))
    assert codes(str(tmp_path / "in" / "a.bpmn")) == []


def test_no_suppression_lets_a_run_pass(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.bpmn-xml]\nignore = ["BX201"]\n', "utf-8")
    file = tmp_path / "a.bpmn"
    file.write_bytes(xml("executable\ns > t > e\nserviceTask t\n"))
    from bpmn_xml import BindingError, read, run

    assert checking.check(file, aim="run") == ()
    with pytest.raises(BindingError, match="BX201"):
        run(read(file))
