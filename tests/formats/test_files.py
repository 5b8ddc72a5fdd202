"""A file is the old one or the whole new one, and nothing is left beside it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bpmn_xml.errors import ReadError, StoreError
from bpmn_xml.formats.files import read_bytes, whole, write_bytes
from bpmn_xml.formats.limits import Limits


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "a"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"one")
    link.symlink_to(target)
    write_bytes(link, b"two")
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


def test_a_device_is_written_to_as_it_is():
    write_bytes(Path(os.devnull), b"gone")
    assert read_bytes(Path(os.devnull), Limits()) == b""


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(StoreError, match=r"cannot write .*: No space left on device"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
def test_who_may_read_a_file_stays_and_a_new_one_is_made_as_usual(tmp_path: Path) -> None:
    usual, new, old = tmp_path / "usual", tmp_path / "new", tmp_path / "old"
    usual.touch()
    old.touch(mode=0o600)
    for path in (new, old):
        write_bytes(path, b"one")
    assert [path.stat().st_mode & 0o777 for path in (new, old)] == [
        usual.stat().st_mode & 0o777,
        0o600,
    ]


def test_several_threads_write_one_file(tmp_path: Path) -> None:
    path, texts = tmp_path / "a", [bytes([n]) * 10_000 for n in range(100)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(partial(write_bytes, path), texts))
    assert path.read_bytes() in texts
    assert list(tmp_path.iterdir()) == [path]


IMPOSSIBLE = ["none/a", "a\x00b"]


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_written_is_told(tmp_path, name):
    with pytest.raises(StoreError, match="cannot write"):
        write_bytes(tmp_path / name, b"")


def test_a_loop_of_links_is_told(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    for call in (lambda: write_bytes(link, b""), lambda: read_bytes(link, Limits())):
        with pytest.raises(StoreError, match="cannot"):
            call()


def test_no_more_than_the_limit_is_read_of_an_endless_file():
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("there is no /dev/zero here")
    with pytest.raises(ReadError, match="exceeds 10 bytes"):
        read_bytes(endless, Limits(size=10))


def test_a_link_is_followed_unless_it_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "loop").symlink_to("loop")
    assert whole(tmp_path / "link") == tmp_path.resolve() / "file"
    assert whole(tmp_path / "loop") == tmp_path / "loop"
