"""The pytest plugin: a fixture, and nothing that is imported before it is used.

A test that fails tells how far the runs came that it began by the fixture.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import pytest

if TYPE_CHECKING:
    from bpmn_xml.runtime.options import Model, Models
    from bpmn_xml.testing import Rehearsal


OWN: Final = {Path(__file__).parents[1], Path(os.__file__).parent}
"""The folders of the package and of Python itself."""

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
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failure where the runs of its rehearsals stand, and their doubts."""
    if STAGES in item.stash and call.excinfo is not None:
        _show_callers(call.excinfo.value)
    report = yield
    stages = item.stash.get(STAGES, [])
    if report.when == "call" and report.failed and stages:
        from bpmn_xml.testing.assertions import standing

        lines = []
        for run in [run for stage in stages for run in stage.runs]:
            lines += [standing(run), *([f"  {run.error}"] if run.error else [])]
        lines += [f"note: {doubt}" for stage in stages for doubt in stage.doubts]
        report.sections += [("processes", "\n".join(lines))] if lines else []
    return report


def _show_callers(raised: BaseException) -> None:
    """Show of what is refused who asked for it, and not where in the engine it was refused."""
    from bpmn_xml.errors import BpmnXmlError, InternalError

    if not isinstance(raised, BpmnXmlError) or isinstance(raised, InternalError):
        return
    frames = _others(raised)
    if frames:
        frames[-1].tb_next = None
    if raised.__cause__ is not None and not _others(raised.__cause__):
        raised.__cause__, raised.__suppress_context__ = None, True


def _others(raised: BaseException) -> list[TracebackType]:
    """The places of a traceback that are neither in the package nor in Python."""
    found, at = [], raised.__traceback__
    while at is not None:
        if OWN.isdisjoint(Path(at.tb_frame.f_code.co_filename).parents):
            found.append(at)
        at = at.tb_next
    return found
