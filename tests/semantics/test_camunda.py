"""Drawings as Camunda's users make them, and what Camunda 7 and Camunda 8 do with each.

A case of `camunda7.toml` or `camunda8.toml` has what stands inside process P (`xml`), and before
it (`roots`); `does` says of each Python what its calls give, one after the other: `gives`
variables, `error` a BPMN error, `fails` with a text. The last one is given again and again.
"""

from __future__ import annotations

import re
import tomllib
from collections import ChainMap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.errors import BpmnError, FindingsError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.testing import Rehearsal, TestedRun
from tests.documents import CAMUNDA_DEFINITIONS, flows
from tests.semantics.test_semantics import happen

ENGINES: Final = ("camunda7", "camunda8")
CASES: Final = {
    f"{engine}-{name}": case
    for engine in ENGINES
    for name, case in tomllib.loads(
        Path(__file__).with_name(f"{engine}.toml").read_text("utf-8")
    ).items()
}
RUN: Final = [
    pytest.param(case, case | when, id=f"{name}-{n}")
    for name, case in CASES.items()
    for n, when in enumerate(case.get("when", [{}]))
    if "refused" not in case
]
REFUSED: Final = {name: case for name, case in CASES.items() if "refused" in case}


def written(case: Mapping[str, Any]) -> bytes:
    """A file in which `{a b c}` are sequence flows."""
    process = f'<process id="P" isExecutable="true">{case["xml"]}</process>'
    text = f"{CAMUNDA_DEFINITIONS}{case.get('roots', '')}{process}</definitions>"
    return re.sub(r"\{(\w+(?: \w+)+)\}", lambda chain: flows(chain[1]), text).encode()


class Workers:
    """The Python of a case, which notes by whom it is called with which variables."""

    def __init__(self, does: Mapping[str, list[dict[str, Any]]]) -> None:
        self.calls: list[tuple[str, Mapping[str, Any]]] = []
        self.handlers = {name: self._doing(name, answers) for name, answers in does.items()}

    def _doing(self, name: str, answers: list[dict[str, Any]]) -> Callable[..., Any]:
        def work(context: TaskContext, **fields: Any) -> Any:
            earlier = sum(one == name for one, _ in self.calls)
            self.calls.append((name, ChainMap(fields, dict(context.variables), context.variables)))
            answer = answers[min(earlier, len(answers) - 1)] if answers else {}
            if "fails" in answer:
                raise RuntimeError(answer["fails"])
            if "error" in answer:
                raise BpmnError(answer["error"], answer.get("message", ""), answer.get("gives"))
            return answer.get("gives", {})

        return work


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def stand(stage: Rehearsal, case: Mapping[str, Any]) -> TestedRun:
    """Let all happen that a case tells; its first run."""
    if case.get("begins", True):
        stage.start("P", case.get("with"), business_key=case.get("key", ""))
    for step in case.get("steps", ()):
        happen(stage, step)
    return stage.runs[0]


@pytest.mark.parametrize(("drawn", "case"), RUN)
def test_a_drawing_does_what_camunda_does(drawn: dict[str, Any], case: dict[str, Any]) -> None:
    workers = Workers(case.get("does", {}))
    options = Options(allow_scripts=True)
    with Rehearsal(written(drawn), workers.handlers, options=options) as stage:
        run = stand(stage, case)
        told = [incident.message for incident in run.incidents]
        assert (run.outcome or run.status, told) == (
            case.get("outcome", "completed"),
            told if "incident" in case else [],
        )
        assert all(case.get("incident", "") in message for message in told)
        assert " ".join(sorted(task.node for task in run.tasks)) == case.get("open", "")
        assert case.get("ends", " ".join(run.ends)) == " ".join(run.ends)
        assert case.get("runs", len(stage.runs)) == len(stage.runs)
        given = case.get("gives", {})
        assert {name: run.variables.get(name, "absent") for name in given} == given
        shown = case.get("task", {})
        assert {name: _listed(getattr(run.tasks[0], name)) for name in shown} == shown
    names = " ".join(name for name, _ in workers.calls)
    assert case.get("calls", names) == names
    for name, seen in case.get("seen", {}).items():
        variables = next(variables for one, variables in workers.calls if one == name)
        assert {what: variables.get(what, "absent") for what in seen} == seen


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_camunda_does_otherwise_is_refused(case: dict[str, Any]) -> None:
    workers = Workers(case.get("does", {}))
    with pytest.raises(FindingsError) as refusal:
        Rehearsal(written(case), workers.handlers)
    assert [finding.code for finding in refusal.value.findings] == [case["refused"]]
