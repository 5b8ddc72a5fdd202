"""What threads have counted is kept when they have ended, and they are not."""

from __future__ import annotations

import threading

from bpmn_xml.compiler.program import Kind, Node
from bpmn_xml.runtime.execution.calls.meter import CallMeter

NODE = Node(index=0, id="t", kind=Kind.TASK, container=0)


def test_of_threads_that_have_ended_the_sum_is_kept() -> None:
    meter = CallMeter(1, on=True)

    def count() -> None:
        meter.own().started[0] += 1
        meter.own().end(0, 5_000_000_000, done=True)

    for _ in range(3):
        thread = threading.Thread(target=count)
        thread.start()
        thread.join()
    count()
    (told,) = meter.counts([NODE])
    assert (told.started, told.done, told.failed, told.seconds) == (4, 4, 0, 20.0)
    assert list(meter._own) == [threading.current_thread()]
