"""Test processes: rehearse them by a manual clock, and say which way they must have gone.

>>> from bpmn_xml.testing import Rehearsal, assert_path
>>> drawing = b'''
...   <definitions targetNamespace="urn:example"
...                xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
...     <process id="Greeting" isExecutable="true">
...       <startEvent id="start"/><userTask id="greet"/><endEvent id="end"/>
...       <sequenceFlow id="f1" sourceRef="start" targetRef="greet"/>
...       <sequenceFlow id="f2" sourceRef="greet" targetRef="end"/>
...     </process>
...   </definitions>'''
>>> with Rehearsal(drawing) as stage:
...     run = stage.start()
...     run.complete("greet", {"greeting": "Hello"})
...     assert_path(run, "start", "greet", "end")
>>> run.outcome, run.passed("greet"), run.trail
('completed', 1, ['start', 'f1', 'greet', 'f2', 'end'])

With pytest there is a fixture `bpmn`, which makes rehearsals and ends them after the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml.testing.assertions import assert_not_reached, assert_path, assert_waiting
    from bpmn_xml.testing.rehearsal import Rehearsal, TestedRun

_NAMES: Final = {
    "assertions": "assert_not_reached assert_path assert_waiting",
    "rehearsal": "Rehearsal TestedRun",
}

__all__ = [
    "Rehearsal",
    "TestedRun",
    "assert_not_reached",
    "assert_path",
    "assert_waiting",
]

__getattr__, __dir__ = importer(__name__, _NAMES)
