"""Drawings as people write them for Camunda 7 and 8: what is refused, where a stub run comes to.

`drawings/verdicts.toml` says of each how a stub run stands in the end, and the codes of what is
refused where Python is asked in earnest.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.codes import CALLED
from bpmn_xml.errors import CommandRejected, FindingsError, Severity
from bpmn_xml.formats import read
from bpmn_xml.model import Definitions
from bpmn_xml.model.walk import processes
from bpmn_xml.runtime import Engine, ManualClock
from bpmn_xml.runtime.binding.skeleton import skeleton
from tests.runtime.harness import WAIT

FOLDER = Path(__file__).with_name("drawings")
VERDICTS = tomllib.loads((FOLDER / "verdicts.toml").read_text("utf-8"))
NAMES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.bpmn")
)


@cache
def drawing(name: str) -> Definitions:
    return read(FOLDER / f"{name}.bpmn")


def main_process(name: str) -> str:
    return processes(drawing(name))[0].id


def refused(name: str) -> list[str]:
    """The codes of what is refused: of tasks without Python only calls of no process."""
    options = Options(process=main_process(name), allow_scripts=True)
    program, findings = analyse([drawing(name)], options)
    works = [node.work for node in program.nodes if node.work is not None] if program else []
    lacking = {work.lacks.code for work in works if work.lacks is not None} & {CALLED}
    return sorted(lacking | {one.code for one in findings if one.severity is Severity.ERROR})


def stubbed(name: str) -> str:
    """How a stub run stands when nothing moves any more, or the first code of its refusal."""
    options = Options(process=main_process(name), stub=True, allow_scripts=True)
    given = {"options": options, "clock": ManualClock(0), "timer_starts": 0}
    try:
        with Engine(drawing(name), workers=0, **given) as engine:
            container = engine.program.containers[engine.program.processes[options.process]]
            first = [engine.program.nodes[at].id for at in container.triggered[:1]]
            run = engine.start(options.process, start="" if container.starts else first[0])
            run.wait(WAIT)
            return run.status
    except FindingsError as error:
        return error.findings[0].code
    except CommandRejected:
        return "several begins"


def test_every_drawing_has_a_verdict() -> None:
    assert sorted(VERDICTS) == NAMES
    assert len(NAMES) > 70


@pytest.mark.parametrize("name", NAMES)
def test_what_is_refused_and_where_a_stub_run_comes_to(name: str) -> None:
    verdict = VERDICTS[name]
    assert refused(name) == verdict.get("refused", [])
    assert stubbed(name) == verdict["stub"]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_python_of_a_drawing_is_python(name: str) -> None:
    options = Options(process=main_process(name), stub=True, allow_scripts=True)
    program, _ = analyse([drawing(name)], options)
    if program is not None:
        written = skeleton(program, drawing(name), "drawn")
        compile(written.module, "drawn.py", "exec")
