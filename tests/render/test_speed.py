"""What pictures cost, counted in calls, which grows with what is drawn and no faster.

What is promised in seconds is measured by tools/bench.py.
"""

from __future__ import annotations

import pytest

from bpmn_xml import model, render
from bpmn_xml.layout import lay_out
from bpmn_xml.render.overlay import Mark, Overlay, Progress
from tests.costs import calls
from tests.render.build import definitions, flow, shape
from tests.render.scenes import scene_of


def ladder(rungs: int) -> model.Definitions:
    """Choices between two tasks, one after the other; four nodes each."""
    nodes: list = [model.StartEvent(id="s", name="Begin")]
    before = "s"
    for n in range(rungs):
        fork, join = f"g{n}", f"j{n}"
        nodes += [
            model.ExclusiveGateway(id=fork, name=f"Which way {n}?"),
            model.UserTask(id=f"a{n}", name=f"Approve request {n}"),
            model.ServiceTask(id=f"b{n}", name=f"Compute the rest {n}"),
            model.ExclusiveGateway(id=join),
            *(flow(*ends) for ends in ((before, fork), (fork, f"a{n}"), (fork, f"b{n}"))),
            *(flow(*ends) for ends in ((f"a{n}", join), (f"b{n}", join))),
        ]
        before = join
    process = model.Process(id="p", flow_elements=tuple(nodes))
    return lay_out(model.Definitions(id="d", root_elements=(process,)))


@pytest.fixture(autouse=True)
def drawn_before() -> None:
    """What is made for the first picture is not counted."""
    render.draw(ladder(1))


@pytest.mark.parametrize(("rungs", "most"), [(5, 56_000), (50, 540_000)])
def test_a_picture_costs_no_more(rungs: int, most: int) -> None:
    """It is 38,000 and 362,000 calls; the limit is half as much again."""
    content = ladder(rungs)
    assert calls(lambda: render.draw(content)) < most


def test_the_cost_of_a_picture_grows_with_its_size_alone() -> None:
    small, large = ladder(20), ladder(40)
    assert calls(lambda: render.draw(large)) < 2.1 * calls(lambda: render.draw(small))


def test_a_picture_of_a_run_costs_no_more() -> None:
    """It is 562,000 calls with two badges at each node; the limit is half as much again."""
    content = ladder(50)
    mark = Mark(state=Progress.DONE, count=3, duration="12 ms")
    drawn = (shape.bpmn_element for shape in content.diagrams[0].plane.elements)
    overlay = Overlay(marks=dict.fromkeys(filter(None, drawn), mark))
    assert calls(lambda: render.draw(content, overlay=overlay)) < 840_000


def processes(count: int) -> list[model.SubProcess]:
    """Sub-processes with a task in each."""
    return [
        model.SubProcess(id=f"s{n}", flow_elements=(model.Task(id=f"t{n}"),)) for n in range(count)
    ]


def test_many_sub_processes_cost_in_proportion() -> None:
    """Twice as many cost 2.1 times as much; by the square it would be four times."""
    costs = []
    for count in (200, 400):
        flows = [flow(f"s{n}", f"s{n + 1}") for n in range(count - 1)]
        process = model.Process(id="p", flow_elements=(*processes(count), *flows))
        content = lay_out(model.Definitions(id="d", root_elements=(process,)))
        costs.append(calls(lambda content=content: render.draw(content)))
    assert costs[1] < 2.3 * costs[0]


def test_shapes_upon_each_other_are_not_compared_with_all_others() -> None:
    costs = []
    for count in (400, 800):
        nodes = [model.Task(id=f"t{n}") for n in range(count)]
        content = definitions(nodes, [shape(node.id, 10, 10, 100, 80) for node in nodes])
        costs.append(calls(lambda content=content: scene_of(content)))
    assert costs[1] < 2.1 * costs[0]


def test_many_sub_processes_on_one_spot_cost_in_proportion() -> None:
    costs = []
    for count in (200, 400):
        drawn = [shape(f"s{n}", 0, 0, 200, 120, is_expanded=True) for n in range(count)]
        drawn += [shape(f"t{n}", 50, 20, 100, 80) for n in range(count)]
        content = definitions(processes(count), drawn)
        costs.append(calls(lambda content=content: render.draw(content)))
    assert costs[1] < 2.6 * costs[0]
