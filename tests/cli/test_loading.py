"""What verbs read before they begin: files, all faults at once, and options."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bpmn_xml.cli.loading import (
    add_compiling,
    bindings_of,
    load,
    load_all,
    load_decisions,
    options_of,
)
from bpmn_xml.errors import BpmnXmlError, ReadError, UsageError

REFUSED = [
    ("a.json", b"{}", "a.json is JSON, not a diagram: did you mean `run --answers`"),
    ("a.txt", b"hello", "a.txt: unknown format '.txt': expected one of .bpmn"),
    ("a.bpmn", b"<x/>", "a.bpmn:1:1: error BX004"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_what_is_no_diagram_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    with pytest.raises(BpmnXmlError) as caught:
        load(name)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("read", [load_all, load_decisions])
def test_the_faults_of_all_files_are_told_at_once_and_of_each_file_once(
    tmp_path: Path, read: object
) -> None:
    paths = [str(tmp_path / f"{name}.xml") for name in "ab"]
    for path in paths:
        Path(path).write_bytes(b"<x/>")
    with pytest.raises(ReadError) as caught:
        read([*paths, paths[0]])  # type: ignore[operator] # one of two functions
    assert [found.place.file for found in caught.value.findings] == paths


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    add_compiling(parser)
    return parser.parse_args(words)


def test_options_become_those_of_the_compiler_and_of_the_engine(tmp_path: Path) -> None:
    given = arguments("--stub", "--choose", "G=F=1", "--allow-unknown", "a:b", "--module", "m")
    options = options_of(given)
    assert (options.stub, options.choices, options.allow_unknown) == (True, {"G": "F=1"}, {"a:b"})
    found = bindings_of(arguments("--path", str(tmp_path), "--bindings", "b.toml"))
    assert (found["folders"], found["bindings"]) == ([tmp_path], Path("b.toml"))
    assert "bindings" not in bindings_of(given)
    assert bindings_of(given)["modules"] == ["m"]


def test_a_folder_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="--path nowhere: there is no such folder"):
        bindings_of(arguments("--path", "nowhere"))
