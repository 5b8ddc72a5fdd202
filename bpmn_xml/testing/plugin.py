"""The pytest plugin: a fixture, and nothing that is imported before it is used.

A test that fails tells how far the runs came that it began by the fixture.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import pytest

if TYPE_CHECKING:
    from bpmn_xml.runtime.options import Model, Models
    from bpmn_xml.testing import Rehearsal


STAGES: Final = pytest.StashKey[list["Rehearsal"]]()
"""The rehearsals that a test has made by the fixture."""


class MakeRehearsal(Protocol):
    """What the fixture `bpmn` is."""

    def __call__(self, models: Models, handlers: object = None, **options: Any) -> Rehearsal:
        """Make a rehearsal of diagrams; see `Rehearsal`."""


@pytest.fixture
def bpmn(request: pytest.FixtureRequest) -> Iterator[MakeRehearsal]:
    """Make rehearsals of processes, which end with the test.

    A path is looked for beside the file of the test, then in the working directory.
    """
    from bpmn_xml.testing.rehearsal import Rehearsal

    stages = request.node.stash[STAGES] = []
    with ExitStack() as stack:

        def make(models: Models, handlers: object = None, **options: Any) -> Rehearsal:
            __tracebackhide__ = True
            near = _beside(request.path.parent, models)
            stages.append(stack.enter_context(Rehearsal(near, handlers, **options)))
            return stages[-1]

        yield make


def _beside(folder: Path, models: Models) -> Models:
    """The same models, with the paths of those that are in a folder."""
    if isinstance(models, list | tuple):
        return [cast("Model", _beside(folder, one)) for one in models]
    if isinstance(models, str | PathLike) and (folder / models).exists():
        return folder / models
    return models


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failure where the runs of its rehearsals stand, and their doubts."""
    report = yield
    stages = item.stash.get(STAGES, [])
    if report.when == "call" and report.failed and stages:
        from bpmn_xml.testing.assertions import standing

        lines = [standing(run) for stage in stages for run in stage.runs]
        lines += [f"note: {doubt}" for stage in stages for doubt in stage.doubts]
        report.sections += [("processes", "\n".join(lines))] if lines else []
    return report
