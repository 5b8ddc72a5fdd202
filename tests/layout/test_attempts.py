from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace

from bpmn_xml import model
from bpmn_xml.layout import attempts
from bpmn_xml.layout.attempts import draw_best
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.routing.search import Effort
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire
from tests.layout.processes import alone, at_random, flows


def sketch_of(definitions):
    outline = outlines(definitions)[0]
    return Sketch(outline, wire(outline), {})


def with_shared_store():
    """Five tasks in a row, below which others branch off; all but one write into one store."""
    tasks = [model.Task(id=f"t{n}") for n in range(5)]
    below = [model.Task(id=f"b{n}") for n in range(5)]
    lines = tuple(
        model.Association(id=f"a{n}", source_ref=f"t{n}", target_ref="store") for n in (0, 2, 3, 4)
    )
    links = [(f"t{n}", f"t{n + 1}") for n in range(4)] + [(f"t{n}", f"b{n}") for n in range(5)]
    store = model.DataStoreReference(id="store", name="All that is known")
    return alone(*tasks, *below, store, *flows(*links), artifacts=lines)


def test_what_several_share_stands_where_it_tangles_less():
    sketch = sketch_of(with_shared_store())
    assert sketch.wiring.shared == {"store"}
    areas = draw_best(sketch).block.areas
    assert areas["store"].bottom < areas["t0"].y


@pytest.mark.parametrize(
    ("definitions", "ways"), [(with_shared_store(), 4), (alone(*flows(("a", "b"))), 1)]
)
def test_ways_that_come_to_the_same_are_tried_once(definitions, ways):
    found = [attempt.scopes for attempt in attempts._attempts(sketch_of(definitions))]
    assert len(found) == ways
    assert all(one not in found[:place] for place, one in enumerate(found))


def test_a_large_drawing_is_drawn_once(monkeypatch):
    count = []
    usual = attempts.place_shapes
    monkeypatch.setattr(attempts, "place_shapes", lambda *what: count.append(what) or usual(*what))
    tasks = [model.Task(id=f"t{n}") for n in range(250)]
    draw_best(sketch_of(alone(*tasks, *flows(*((f"t{n}", f"t{n + 1}") for n in range(249))))))
    assert len(count) == 1


def test_what_cannot_be_drawn_better_is_drawn_once(monkeypatch):
    """Of two orders of pools the first already has straight messages, so no flow could be saved."""
    count = []
    usual = attempts.place_shapes
    monkeypatch.setattr(attempts, "place_shapes", lambda *what: count.append(what) or usual(*what))
    pools = [model.Participant(id=key, process_ref=f"p{key}") for key in "ab"]
    processes = [
        model.Process(id=f"p{key}", flow_elements=(model.Task(id=key * 2),)) for key in "ab"
    ]
    message = model.MessageFlow(id="m", source_ref="aa", target_ref="bb")
    root = model.Collaboration(id="c", participants=tuple(pools), message_flows=(message,))
    found = draw_best(sketch_of(model.Definitions(id="d", root_elements=(root, *processes))))
    assert found.tangle() == (0, 0, 0)
    assert len(count) == 1


def test_all_attempts_share_an_effort():
    """Long ways past many pools: what one attempt spends is left to none of the others."""
    pools = [model.Participant(id="own", process_ref="p")]
    pools += [model.Participant(id=f"other{n}") for n in range(6)]
    tasks = tuple(model.Task(id=f"t{n}") for n in range(6))
    messages = tuple(
        model.MessageFlow(id=f"m{n}", source_ref=f"t{n}", target_ref=f"other{n}") for n in range(6)
    )
    root = model.Collaboration(id="c", participants=tuple(pools), message_flows=messages)
    process = model.Process(id="p", flow_elements=tasks)
    sketch = sketch_of(model.Definitions(id="d", root_elements=(root, process)))
    assert not draw_best(sketch).forced
    steps = Effort(500, 500)
    tired = replace(sketch, effort=steps)
    assert draw_best(tired).forced
    assert steps.left == 0


def test_care_pays(monkeypatch):
    """What is found in haste alone is no better than what is found with care."""
    sketches = [sketch_of(at_random(Random(seed), 5)) for seed in (1000, 1001, 1002)]
    best = [draw_best(sketch).tangle() for sketch in sketches]
    monkeypatch.setattr(attempts, "PLAIN", attempts.PLAIN._replace(haste=2.0))
    assert all(
        one <= draw_best(sketch).tangle() for one, sketch in zip(best, sketches, strict=True)
    )
