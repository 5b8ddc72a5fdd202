"""Explaining: every code, in whatever case, with examples to read and to draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check.catalogue import catalogue
from bpmn_xml.codes import meanings
from tests.cli.conftest import Cli


def test_a_rule_is_explained_with_examples(cli: Cli) -> None:
    done = cli("explain", "ext096")
    assert done.code == 0
    assert done.out.startswith("EXT096: A start event must not have an incoming flow.\n")
    for part in ("clause 10.5", "mend: ", "violates it:\n    s > t > e\n    t > s", "valid:"):
        assert part in done.out


@pytest.mark.parametrize("code", ["BX201", "XSD03", "BX024", "BX403"])
def test_other_codes_are_explained_without(cli: Cli, code: str) -> None:
    done = cli("explain", code)
    assert done.code == 0
    assert done.out.startswith(f"{code}: {catalogue()[code].title}.")
    assert "valid:" not in done.out
    assert ("  mend: " in done.out) is bool(catalogue()[code].remedy)


def test_what_goes_wrong_in_a_run_follows_from_how_tokens_move(cli: Cli) -> None:
    assert "  why:  BPMN 2.0.2 (OMG formal/2013-12-09), clause 13\n" in cli("explain", "BX601").out


@pytest.mark.parametrize("code", [code for code in meanings() if code.startswith("BX2")])
def test_what_binding_refuses_can_be_mended(cli: Cli, code: str) -> None:
    assert "  mend: " in cli("explain", code).out


def test_without_a_code_all_are_listed(cli: Cli) -> None:
    lines = cli("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(catalogue())


def test_an_unknown_code_is_refused_with_the_nearest(cli: Cli) -> None:
    done = cli("explain", "EX096")
    assert done.code == 2
    assert "did you mean 'EXT096'?" in done.err
    for nothing_like_it in ("#", "EXT999"):
        assert "lists all" in cli("explain", nothing_like_it).err


@pytest.mark.parametrize("words", [(), ("--valid",)], ids=["violation", "valid"])
def test_an_example_is_drawn(cli: Cli, folder: Path, words: tuple[str, ...]) -> None:
    done = cli("explain", "EXT096", "-o", "rule.svg", *words)
    assert done.code == 0
    assert done.err.startswith("bpmn-xml: note: drew rule.svg")
    assert ("what no picture shows of it is in" in done.err) is (words == ())
    assert "<svg" in (folder / "rule.svg").read_text("utf-8")


def test_what_has_no_example_is_not_drawn(cli: Cli, folder: Path) -> None:
    done = cli("explain", "BX201", "-o", "rule.svg")
    assert done.code == 2
    assert "BX201 has no example" in done.err
    assert not (folder / "rule.svg").exists()


def test_several_codes_are_explained_one_by_one(cli: Cli, tmp_path: Path) -> None:
    done = cli("explain", "BX601", "bx201")
    assert done.out == f"{cli('explain', 'BX601').out}\n{cli('explain', 'BX201').out}"
    refused = cli("explain", "EXT096", "EXT097", "-o", str(tmp_path / "a.svg"))
    assert refused.code == 2
    assert "give one code with -o" in refused.err
