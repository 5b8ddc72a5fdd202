"""The legacy calculator: 1,000 pairs, no sum of two different pairs, and it ends by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bpmn_xml import convert, formats
from bpmn_xml.runtime import run
from tests.diagrams.shell import DIAGRAMS, bpmn_xml

FOLDER = DIAGRAMS / "calculator"
CONF, CONVERTED = FOLDER / "calculator.conf", FOLDER / "calculator.bpmn"
LINE = re.compile(r"(\d+): (\d+) \+ (\d+) = (\d+), (\d+) - (\d+) = (-?\d+)")

SAME_KEYS = """
from calculator import Calculator


class SameKeys(Calculator):
    def add(self, resultQ, *args, **kwargs):
        resultQ.put({**kwargs, "result": kwargs["value1"] + kwargs["value2"], "by": "add"})

    def subtract(self, resultQ, *args, **kwargs):
        resultQ.put({**kwargs, "result": kwargs["value1"] - kwargs["value2"], "by": "subtract"})

    def print(self, resultQ, *args, **kwargs):
        print("{number} {value1} {value2} {result} {by}\\n".format(**kwargs), end="", flush=True)
"""


def check_sums(lines: list[str]) -> None:
    """Every pair is there once, with its own sum and its own difference."""
    found = [list(map(int, match.groups())) for match in map(LINE.fullmatch, lines) if match]
    assert len(found) == len(lines) == 1000
    assert sorted(number for number, *_ in found) == list(range(1000))
    wrong = [f for f in found if (f[1] + f[2], f[1] - f[2]) != (f[3], f[6]) or f[1:3] != f[4:6]]
    assert wrong == []


@pytest.mark.parametrize("workers", ["1", "50"])
@pytest.mark.parametrize("model", [CONF, CONVERTED], ids=lambda path: path.suffix)
def test_a_thousand_right_sums(model: Path, workers: str) -> None:
    said = bpmn_xml("run", model, "--workers", workers)
    assert said.code == 0, said.err
    check_sums(said.lines)


@pytest.mark.parametrize("workers", [0, 1, 50])
def test_a_thousand_right_sums_by_the_api(workers: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(formats.read(CONF), workers=workers).outcome == "completed"
    check_sums(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("workers", ["1", "50"])
@pytest.mark.parametrize("suffix", [".conf", ".bpmn"])
def test_same_keys_are_no_race(tmp_path: Path, suffix: str, workers: str) -> None:
    for name in ("calculator.py", "calculator.conf"):
        text = (FOLDER / name).read_text("utf-8")
        text = text.replace("module=calculator", "module=same_keys")
        text = text.replace("class=Calculator", "class=SameKeys")
        (tmp_path / name.replace("calculator.conf", "same_keys.conf")).write_text(text, "utf-8")
    (tmp_path / "same_keys.py").write_text(SAME_KEYS, "utf-8")
    model = tmp_path / f"same_keys{suffix}"
    if suffix == ".bpmn":
        assert bpmn_xml("convert", tmp_path / "same_keys.conf", "-o", model).code == 0
    said = bpmn_xml("run", model, "--workers", workers)
    assert said.code == 0, said.err
    found = [line.split() for line in said.lines]
    assert sorted(int(words[0]) for words in found) == list(range(1000))
    assert [w for w in found if int(w[1]) - int(w[2]) != int(w[3]) or w[4] != "subtract"] == []


def test_converted_is_what_convert_writes_today(tmp_path: Path) -> None:
    target = tmp_path / "calculator.bpmn"
    assert bpmn_xml("convert", CONF, "-o", target).code == 0
    assert formats.read(target) == formats.read(CONVERTED)
    assert formats.read(target) == convert(formats.read(CONF))
