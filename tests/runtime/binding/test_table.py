"""Files of bindings that are none are refused, whatever they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.errors import BindingError
from bpmn_xml.runtime.binding import table
from bpmn_xml.runtime.binding.table import read_table

STRANGE = {
    "deep lists": (b"t = " + b"[" * 20_000, "nested too deep"),
    "deep names": (b"[a" + b".a" * 200 + b']\nb = "c"', "nested too deep"),
    "very deep names": (b"[a" + b".a" * 20_000 + b']\nb = "c"', "nested too deep"),
    "deep quoted names": (b't = {"a"' + b" . 'a'" * 20_000 + b' = "c"}', "nested too deep"),
    "binary": (b"\xff\xff", "can't decode"),
    "twice": (b't = "a"\nt = "b"', "Cannot overwrite a value"),
    "numbers": (b"t = 1", "is no text of the form"),
    "large": (b"#" * (table.LARGEST + 1), "more than"),
}


@pytest.mark.parametrize(("content", "why"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "bindings.toml"
    file.write_bytes(content)
    with pytest.raises(BindingError, match=why):
        read_table(file)


def test_so_many_names_before_a_value_are_read(tmp_path: Path) -> None:
    file, name = tmp_path / "bindings.toml", ".".join("a" * table.DEEPEST)
    file.write_text(f'{name} = "python:a:{"b." * 200}"')
    assert read_table(file) == {name: f"python:a:{'b.' * 200}"}


def test_an_endless_file_is_not_read_whole() -> None:
    with pytest.raises(BindingError, match="more than"):
        read_table(Path("/dev/zero"))


def test_a_mark_of_byte_order_and_other_ends_of_lines_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "bindings.toml"
    file.write_bytes(b'\xef\xbb\xbft = "python:a:b"\r\n[u]\r\nv = "python:a:c"\r\n')
    assert read_table(file) == {"t": "python:a:b", "u.v": "python:a:c"}
