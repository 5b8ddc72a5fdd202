"""Quality of whole drawings, measured from their interchange alone: `score` knows no layout."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn_xml import model
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read, write
from bpmn_xml.layout import attempts, lay_out, lay_out_with_findings
from bpmn_xml.layout.arrange import FOLDED, FORCED, TANGLED
from bpmn_xml.layout.routing import free
from tests.costs import calls
from tests.layout.processes import alone, at_random, complete, drawn, flows
from tests.layout.score import by_hand, score

CROSSINGS_AND_BENDS = {
    "camunda7/TwitterDemoProcess": (0, 2),
    "camunda7/asynchronousServiceInvocation": (0, 0),
    "camunda7/camunda-testing-job-announcement-publication": (0, 5),
    "camunda7/camunda-testing-job-announcement": (0, 6),
    "camunda7/instantiating_process": (0, 0),
    "camunda7/invoiceApproval": (0, 0),
    "camunda7/invoicePayment": (0, 1),
    "camunda7/loan-granting": (0, 1),
    "camunda7/message_start_process": (0, 0),
    "camunda7/order-handling": (0, 0),
    "camunda7/retry-example": (0, 0),
    "camunda7/testProcess": (0, 0),
    "camunda8/campaign-process": (0, 0),
    "camunda8/get-up": (0, 11),
    "camunda8/payment_process": (0, 6),
    "camunda8/responseProcess": (0, 0),
    "camunda8/rollback-process": (0, 0),
    "camunda8/twitter": (0, 3),
    "camunda8/weatherinfo-process": (0, 0),
    "miwg/A.1.0": (0, 0),
    "miwg/A.2.0": (0, 4),
    "miwg/A.2.1": (0, 4),
    "miwg/A.3.0": (0, 2),
    "miwg/A.4.0": (0, 1),
    "miwg/A.4.1": (0, 1),
    "miwg/ADONIS-17.0-A.4.0-export": (0, 1),
    "miwg/ARIS-10.2025.07-A.4.0-export": (0, 1),
    "miwg/B.1.0": (0, 7),
    "miwg/B.2.0": (0, 26),
    "miwg/Bizagi-Modeler-2.8.0.8-A.4.0-roundtrip": (0, 1),
    "miwg/C.1.0": (1, 13),
    "miwg/C.1.1": (0, 3),
    "miwg/C.2.0": (0, 11),
    "miwg/C.3.0": (0, 4),
    "miwg/C.4.0": (1, 18),
    "miwg/C.5.0": (6, 28),
    "miwg/SAP-Signavio-Process-Manager-19.9.0-A.4.0-export": (0, 1),
    "miwg/Trisotech-Workflow-Modeler-12.6.3-A.4.0-export": (0, 1),
    "miwg/bpmn.io-Camunda-Modeler-18.6.1-A.4.0-export": (0, 1),
}
"""Of every real diagram, when it was measured last: a ratchet."""


def chain(count, **fields):
    nodes = [model.Task(id=f"n{n}", name=f"Step {n}") for n in range(count)]
    links = [(f"n{n}", f"n{n + 1}") for n in range(count - 1)]
    return alone(*nodes, *flows(*links), **fields)


def tangle(count):
    """Tasks and gateways in many branches, with loops."""
    random = Random(1)
    kinds = (model.Task, model.UserTask, model.ExclusiveGateway, model.ParallelGateway)
    nodes = [random.choice(kinds)(id=f"n{n}", name=f"Step {n}") for n in range(count)]
    pairs = [(max(0, n - random.randrange(1, 12)), n) for n in range(1, count)]
    for _ in range(count // 4):
        start = random.randrange(count)
        end = min(count - 1, max(0, start + random.randrange(-12, 24)))
        pairs.append((start, end))
    return alone(*nodes, *flows(*((f"n{a}", f"n{b}") for a, b in pairs)))


@pytest.mark.parametrize("name", CROSSINGS_AND_BENDS)
def test_real_diagrams(shared_data, name):
    found = score(lay_out(read(shared_data / f"{name}.bpmn")))
    assert not found.faults()
    assert not found.shared
    assert not found.names
    crossings, bends = CROSSINGS_AND_BENDS[name]
    assert found.crossings <= crossings
    assert found.bends <= bends


def test_no_drawing_is_worse_than_its_author_s(shared_data):
    more = {}
    for name, ours in CROSSINGS_AND_BENDS.items():
        definitions = read(shared_data / f"{name}.bpmn")
        theirs = by_hand(definitions)
        if definitions.diagrams and any(
            mine > best for mine, best in zip(ours, theirs, strict=True)
        ):
            more[name] = ours, theirs
    assert not more


def test_no_real_diagram_is_left_out(shared_data):
    folders = ("miwg", "camunda7", "camunda8")
    paths = [path for folder in folders for path in (shared_data / folder).glob("*.bpmn")]
    assert {f"{path.parent.name}/{path.stem}" for path in paths} == CROSSINGS_AND_BENDS.keys()


@settings(max_examples=25, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_random_models(random):
    definitions = at_random(random, 5)
    found = lay_out(definitions)
    assert not score(found).faults()
    assert found.root_elements == definitions.root_elements
    assert lay_out(found) == found


@pytest.mark.parametrize(
    ("measure", "most"), [("crossings", 25), ("bends", 294), ("shared", 0), ("names", 10)]
)
def test_random_models_keep_their_quality(drawn_at_random, measure, most):
    """The limits are a ratchet: sums of some models when they were set."""
    values = [getattr(found, measure) for found in drawn_at_random]
    assert sum(value if isinstance(value, int) else len(value) for value in values) <= most


@pytest.fixture(scope="module")
def drawn_at_random():
    """The scores of some models of middle size with a bit of everything."""
    found = [score(lay_out(at_random(Random(seed), 6))) for seed in range(1000, 1012)]
    assert not any(one.faults() for one in found)
    return found


def test_the_drawing_can_be_written_and_read():
    found = lay_out(at_random(Random(5)))
    assert read(write(found), name="random.bpmn") == found


def test_an_old_drawing_is_dropped():
    first = lay_out(chain(3))
    assert lay_out(first) == first


def test_a_model_without_anything():
    empty = model.Definitions(id="d")
    assert lay_out(empty).diagrams == ()
    assert lay_out(alone()).diagrams[0].plane.elements == ()


@pytest.mark.parametrize(
    ("definitions", "most"),
    [(chain(1000), 870_000), (tangle(500), 5_000_000)],
    ids=["chain", "tangle"],
)
def test_large_models_cost_no_more(definitions, most):
    """It is 0.6 and 3.3 million calls; the limits are half as much again."""
    assert calls(lambda: lay_out(definitions)) < most


def passed_on(count: int) -> model.Definitions:
    """Pools below each other, from each of which a message goes to the next."""
    pools = range(count)
    root = model.Collaboration(
        id="c",
        participants=tuple(model.Participant(id=f"p{n}", process_ref=f"q{n}") for n in pools),
        message_flows=tuple(
            model.MessageFlow(id=f"m{n}", source_ref=f"t{n}", target_ref=f"t{n + 1}")
            for n in pools[1:-1]
        ),
    )
    tasks = ((model.Task(id=f"t{n}"),) for n in pools)
    processes = (model.Process(id=f"q{n}", flow_elements=one) for n, one in enumerate(tasks))
    return model.Definitions(id="d", root_elements=(root, *processes))


def test_each_of_many_pools_costs_the_same():
    """What is drawn between two pools looks at what is near, not at all the others."""
    few, many = passed_on(250), passed_on(500)
    assert calls(lambda: lay_out(many)) < 2.2 * calls(lambda: lay_out(few))


COSTS = {
    "camunda7/order-handling": 23_000,
    "camunda8/get-up": 720_000,
    "miwg/A.4.0": 160_000,
    "miwg/B.2.0": 2_500_000,
    "miwg/C.3.0": 210_000,
}
"""How many calls a layout may take: half as many again as when it was measured last."""


@pytest.mark.parametrize("name", COSTS)
def test_usual_models_cost_no_more(shared_data, name):
    definitions = read(shared_data / f"{name}.bpmn")
    assert calls(lambda: lay_out(definitions)) < COSTS[name]


def test_very_large_models_are_laid_out():
    """What takes too many attempts is drawn in a simpler way, so it ends in seconds."""
    for definitions in (chain(10_000), tangle(1000), complete(100)):
        assert drawn(lay_out(definitions))


def test_what_nobody_could_look_at_is_refused_at_once():
    with pytest.raises(UsageError, match=r"has 79,999 shapes .*part it into several files"):
        lay_out(chain(40_000))


def test_flows_of_a_tangle_are_drawn_straight_and_said_to_be():
    found, findings = lay_out_with_findings(complete(40))
    assert [finding.code for finding in findings] == [TANGLED]
    edges = [edge for edge in drawn(found).values() if isinstance(edge, model.BPMNEdge)]
    assert len(edges) == 40 * 39
    assert all(edge.waypoints for edge in edges)


def test_a_long_process_is_folded_and_said_to_be():
    found, findings = lay_out_with_findings(chain(600))
    assert [finding.code for finding in findings] == [FOLDED]
    bounds = [shape.bounds for key, shape in drawn(found).items() if key.count("_") == 0]
    assert max(b.x for b in bounds) < 10_000
    assert not score(found).faults()


def test_lines_across_shapes_are_told(monkeypatch):
    monkeypatch.setattr(free, "_STEPS_ALL", 0)
    pools = (model.Participant(id="a"), model.Participant(id="b"))
    message = model.MessageFlow(id="m", source_ref="a", target_ref="b")
    root = model.Collaboration(id="c", participants=pools, message_flows=(message,))
    _, findings = lay_out_with_findings(model.Definitions(id="d", root_elements=(root,)))
    assert [(finding.code, finding.id) for finding in findings] == [(FORCED, "m")]


def test_a_usual_drawing_needs_no_findings():
    assert lay_out_with_findings(chain(5))[1] == ()


def test_the_least_tangled_of_several_drawings_is_kept(shared_data, monkeypatch):
    definitions = read(shared_data / "miwg/C.5.0.bpmn")
    best = score(lay_out(definitions)).crossings
    monkeypatch.setattr(attempts, "_TRIED", 0)
    assert best < score(lay_out(definitions)).crossings
