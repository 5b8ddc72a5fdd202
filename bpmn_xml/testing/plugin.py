"""The pytest plugin: a fixture, and nothing that is imported before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from bpmn_xml.testing import Rehearsal


class MakeRehearsal(Protocol):
    """What the fixture `bpmn` is."""

    def __call__(self, *models: Any, **options: Any) -> Rehearsal:
        """Make a rehearsal of diagrams; see `Rehearsal`."""


@pytest.fixture
def bpmn() -> Iterator[MakeRehearsal]:
    """Make rehearsals of processes, which end with the test."""
    from bpmn_xml.testing.rehearsal import Rehearsal

    with ExitStack() as stack:

        def make(*models: Any, **options: Any) -> Rehearsal:
            return stack.enter_context(Rehearsal(*models, **options))

        yield make
