"""Variables from words and files: JSON where it is JSON, else the text itself."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.cli.variables import read_variables, variable
from bpmn_xml.errors import ReadError, StoreError

WORDS: list[tuple[str, tuple[str, Any]]] = [
    ("n=5", ("n", 5)),
    ("n=-1.5", ("n", -1.5)),
    ("ok=true", ("ok", True)),
    ("none=null", ("none", None)),
    ("name=Ada Lovelace", ("name", "Ada Lovelace")),
    ('name="5"', ("name", "5")),
    ('list=[1, {"a": "ü"}]', ("list", [1, {"a": "ü"}])),
    ("formula=a=b", ("formula", "a=b")),
    ("empty=", ("empty", "")),
    ("value=NaN", ("value", "NaN")),
    ("value=Infinity", ("value", "Infinity")),
    ("digits=" + "9" * 5000, ("digits", "9" * 5000)),
    ("broken={", ("broken", "{")),
]


@pytest.mark.parametrize(("word", "found"), WORDS, ids=[word[:20] for word, _ in WORDS])
def test_a_word_is_a_variable(word: str, found: tuple[str, Any]) -> None:
    assert variable(word) == found


def test_broken_json_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert variable("order={id:7}") == ("order", "{id:7}")
    assert "the value of 'order' is no JSON, and so the text '{id:7}'" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["n", "=5", "", "deep=" + "[" * 100_000])
def test_another_word_is_none(word: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        variable(word)


def test_a_file_holds_an_object(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_bytes(b'\xef\xbb\xbf{"name": "Zo\xc3\xab", "n": 1}')
    assert read_variables(str(file)) == {"name": "Zoë", "n": 1}


def test_the_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1}')))
    assert read_variables("-") == {"a": 1}


BAD = {
    "no JSON": (b'{\n  "a": oops}', 2, 8),
    "a list": (b"[1]", 0, 0),
    "no UTF-8": (b'{"a": "\xff"}', 0, 0),
    "too deep": (b"[" * 100_000, 0, 0),
    "a constant": (b'{"a": NaN}', 0, 0),
    "nothing": (b"", 1, 1),
}


@pytest.mark.parametrize(("data", "line", "column"), BAD.values(), ids=BAD)
def test_another_file_is_refused_with_its_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    file = tmp_path / "v.json"
    file.write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read_variables(str(file))
    place = refused.value.findings[0].place
    assert (place.file, place.line, place.column) == (str(file), line, column)


def test_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "v.json"
    file.write_text('{"a": 12}')
    monkeypatch.setattr("bpmn_xml.cli.variables.LARGEST", 8)
    with pytest.raises(ReadError, match="more than 8 bytes"):
        read_variables(str(file))


@pytest.mark.parametrize("name", [".", "nowhere.json", "a\0b"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="cannot read"):
        read_variables(str(tmp_path / name))
