"""The pytest plugin: a fixture, and nothing that is imported before it is used.

A test that fails tells how far the runs came that it began by the fixture.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

if TYPE_CHECKING:
    from bpmn_xml.runtime.options import Models
    from bpmn_xml.testing import Rehearsal


STAGES: Final = pytest.StashKey[list["Rehearsal"]]()
"""The rehearsals that a test has made by the fixture."""


class MakeRehearsal(Protocol):
    """What the fixture `bpmn` is."""

    def __call__(self, models: Models, handlers: object = None, **options: Any) -> Rehearsal:
        """Make a rehearsal of diagrams; see `Rehearsal`."""


@pytest.fixture
def bpmn(request: pytest.FixtureRequest) -> Iterator[MakeRehearsal]:
    """Make rehearsals of processes, which end with the test."""
    from bpmn_xml.testing.rehearsal import Rehearsal

    stages = request.node.stash[STAGES] = []
    with ExitStack() as stack:

        def make(models: Models, handlers: object = None, **options: Any) -> Rehearsal:
            __tracebackhide__ = True
            stages.append(stack.enter_context(Rehearsal(models, handlers, **options)))
            return stages[-1]

        yield make


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failure where the runs of its rehearsals stand."""
    report = yield
    runs = [run for stage in item.stash.get(STAGES, []) for run in stage.runs]
    if report.when == "call" and report.failed and runs:
        from bpmn_xml.testing.assertions import standing

        report.sections.append(("processes", "\n".join(map(standing, runs))))
    return report
