"""Two files that use most of BPMN 2.0 are valid, and each rule tells the change that breaks it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.check.checking import check

FOLDER = Path(__file__).parent
CASES = tomllib.loads((FOLDER / "violations.toml").read_text("utf-8"))
PREFIXES = ("", "bpmn2", "semantic", "model")
FILES = ("every-rule", "every-pool")


def spelled(file: str, prefix: str, change: Sequence[Sequence[str]] = ()) -> bytes:
    """A file with some changes, written with a prefix for the namespace of BPMN, or with none."""
    text = FOLDER.joinpath(f"{file}.bpmn").read_text("utf-8")
    for old, new in change:
        assert old in text, old
        text = text.replace(old, new, 1)
    colon = f"{prefix}:" if prefix else ""
    text = text.replace("xmlns:bpmn2=", f"xmlns:{prefix}=" if prefix else "xmlns=")
    return text.replace("bpmn2:", colon).encode()


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("file", FILES)
def test_a_valid_file_is_valid_by_any_prefix(file: str, prefix: str) -> None:
    assert [str(one) for one in check(spelled(file, prefix), aim="standard")] == []


@pytest.mark.parametrize(("rules", "case"), CASES.items(), ids=CASES)
def test_a_violation_is_told_by_its_rule(rules: str, case: dict[str, Any]) -> None:
    prefix = PREFIXES[int(rules[:3]) % len(PREFIXES)]
    wanted = {f"EXT{number}" for number in rules.split("-") if len(number) == 3}
    found = check(spelled(case["file"], prefix, case["change"]), aim="standard")
    assert wanted & {one.code for one in found}, [str(one) for one in found]
