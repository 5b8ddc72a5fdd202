from __future__ import annotations

from bpmn_xml import model
from bpmn_xml.layout.block import empty_block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.routing.field import new_field
from bpmn_xml.layout.routing.free import obstacles
from bpmn_xml.layout.routing.pathfinder import new_pathfinder
from bpmn_xml.layout.routing.search import Effort
from bpmn_xml.layout.routing.untangle import untangle
from bpmn_xml.layout.stacking import tangle

AREAS = {name: Area(x, y, 100, 80) for name, x, y in (("a", 0, 0), ("b", 0, 300), ("c", 400, 0))}
STRAIGHT = [(50, 80), (50, 300)]
TANGLED = [(30, 300), (30, 200), (450, 200), (450, 80)]


def router(first, second, effort=10_000):
    """Two messages with routes of the worst kind."""
    pools = tuple(model.Participant(id=name) for name in AREAS)
    messages = (
        model.MessageFlow(id="m", source_ref="a", target_ref="b"),
        model.MessageFlow(id="n", source_ref="b", target_ref="c"),
    )
    root = model.Collaboration(id="x", participants=pools, message_flows=messages)
    (outline,) = outlines(model.Definitions(id="d", root_elements=(root,)))
    drawing = empty_block()
    drawing.areas.update(AREAS)
    drawing.routes.update({"m": first, "n": second})
    field = new_field(obstacles(outline, drawing), {}, drawing.routes.values())
    return new_pathfinder(outline, drawing, field, Effort(effort, effort)), outline.edges


def test_edges_that_cross_are_routed_again():
    found, edges = router(STRAIGHT, TANGLED)
    assert tangle(found.drawing.routes.values())[0] == 1
    untangle(found, edges)
    assert tangle(found.drawing.routes.values())[0] == 0
    assert found.drawing.routes.keys() == {"m", "n"}


def test_what_cannot_be_better_stays():
    found, edges = router(STRAIGHT, TANGLED, effort=0)
    untangle(found, edges)
    assert found.drawing.routes == {"m": STRAIGHT, "n": TANGLED}


def test_an_edge_that_others_end_at_stays():
    found, edges = router(STRAIGHT, TANGLED)
    untangle(found, [*edges, Edge("t", "association", "m", "n")])
    assert found.drawing.routes == {"m": STRAIGHT, "n": TANGLED}
