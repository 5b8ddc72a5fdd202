from __future__ import annotations

import re
from math import dist

import pygraphviz
import pytest

from bpmn_xml import model, render
from bpmn_xml.render import Mark, Overlay, Progress
from bpmn_xml.render.output.dotfile import complete
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.theme import DARK, LIGHT
from tests.render.build import SVG, definitions, edge, flow, order, parse, shape
from tests.render.scenes import scene_of


def _graph(content: model.Definitions, **more: object) -> pygraphviz.AGraph:
    source = render.draw(content, format="dot", **more)  # type: ignore[arg-type] (passed on)
    return pygraphviz.AGraph(string=source.decode())


def _labels(graph: pygraphviz.AGraph) -> set[str]:
    return {node.attr["label"].removesuffix(r"\l") for node in graph.nodes()}


def test_nodes_and_edges_are_named_by_their_elements() -> None:
    graph = _graph(order())
    assert {"start", "task", "end"} <= set(graph.nodes())
    assert [edge[:2] for edge in graph.edges()] == [("start", "task"), ("task", "end")]
    assert graph.get_node("task").attr["comment"] == "Approve"
    assert graph.get_edge("start", "task").attr["id"] == "start_task"


def test_every_position_is_fixed() -> None:
    graph = _graph(order())
    for found in (*graph.nodes(), *graph.edges()):
        assert found.attr["pos"], found
    task = graph.get_node("task")
    assert task.attr["pos"] == "250.00,-100.00"
    assert float(task.attr["width"]) * 72 == pytest.approx(100, abs=0.01)


def test_outlines_and_icons_are_painted_in_the_background() -> None:
    graph = _graph(order())
    background = graph.graph_attr["_background"]
    assert LIGHT.canvas in background
    assert "E 18 -100 18 18" in background
    assert background.count("\\") == 0


def test_graphviz_draws_it_as_it_is() -> None:
    source = render.draw(order(), format="dot").decode()
    graph = pygraphviz.AGraph(string=source)
    assert graph.draw(format="plain", prog="dot") == graph.draw(format="plain", prog="nop2")


def test_names_are_nodes() -> None:
    assert {"Approve", "Begin", "Done"} <= _labels(_graph(order()))


def test_content_is_in_the_cluster_of_its_container() -> None:
    sub = model.SubProcess(id="sub", flow_elements=(model.Task(id="inner"),))
    drawn = [shape("sub", 0, 0, 300, 200, is_expanded=True), shape("inner", 50, 50, 100, 80)]
    graph = _graph(definitions([sub], drawn))
    cluster = graph.get_subgraph("cluster_sub")
    assert set(cluster.nodes()) == {"sub", "inner"}
    assert cluster.graph_attr["bb"] == "0.00,-200.00,300.00,0.00"


def test_ids_that_are_no_plain_names_get_a_number() -> None:
    nodes = [model.Task(id="a:b"), model.Task(id='c" d'), flow("a:b", 'c" d')]
    drawn = [shape("a:b", 0, 0, 100, 80), shape('c" d', 200, 0, 100, 80)]
    graph = _graph(definitions(nodes, [*drawn, edge('a:b_c" d', (100, 40), (200, 40))]))
    assert [found[:2] for found in graph.edges()] == [("0", "1")]
    assert graph.get_node("0").attr["id"] == "a:b"


def test_a_long_drawing_has_no_string_that_graphviz_cannot_read() -> None:
    nodes = [model.ScriptTask(id=f"t{i}", name=f"Task {i}") for i in range(300)]
    drawn = [shape(node.id, i % 20 * 150, i // 20 * 120, 100, 80) for i, node in enumerate(nodes)]
    graph = _graph(definitions(nodes, drawn))
    assert len(graph.graph_attr["_background"]) > 50_000


def test_turned_names_are_strokes() -> None:
    pool = model.Participant(id="pool", name="Customer", process_ref="process")
    roots = [model.Collaboration(id="c", participants=(pool,))]
    content = definitions([], [shape("pool", 0, 0, 600, 250)], roots=roots)
    assert "Customer" not in _labels(_graph(content))
    nameless = definitions([], [shape("pool", 0, 0, 600, 250)], roots=[
        model.Collaboration(id="c", participants=(model.Participant(id="pool", process_ref="p"),))
    ])  # fmt: skip
    sizes = [len(complete(scene_of(found), Painter(LIGHT), ())) for found in (content, nameless)]
    assert sizes[0] > sizes[1] + 500


def test_without_fonts_all_names_are_strokes() -> None:
    source = complete(scene_of(order()), Painter(LIGHT), (), strokes=True)
    graph = pygraphviz.AGraph(string=source)
    assert _labels(graph) == {""}
    assert len(source) > len(complete(scene_of(order()), Painter(LIGHT), ())) + 500


@pytest.mark.parametrize(("theme", "canvas"), [("light", LIGHT.canvas), ("dark", DARK.canvas)])
def test_a_run_in_both_themes(theme: str, canvas: str) -> None:
    overlay = Overlay(marks={"task": Mark(state=Progress.WAITING, count=7, duration="2 s")})
    graph = _graph(order(), overlay=overlay, theme=theme)
    assert {"7", "2 s", "waiting", "not reached"} <= _labels(graph)
    assert canvas in graph.graph_attr["_background"]


def test_a_count_stands_on_its_flow() -> None:
    """Graphviz draws nodes above lines, and these above the background."""
    marks = {"start_task": Mark(state=Progress.DONE, count=7), "task": Mark(state=Progress.DONE)}
    graph = _graph(order(), overlay=Overlay(marks=marks))
    (pill,) = (node for node in graph.nodes() if node.attr["label"] == "7")
    assert (pill.attr["shape"], pill.attr["fillcolor"]) == ("ellipse", LIGHT.badge)
    assert float(pill.attr["height"]) * 72 == pytest.approx(17.5, abs=0.1)
    assert [n for n in graph.nodes() if n.attr["style"] == "filled,rounded"] == [pill]


def test_nesting_is_cut_at_twenty_clusters() -> None:
    inner: model.SubProcess = model.SubProcess(id="s0")
    for number in range(1, 60):
        inner = model.SubProcess(id=f"s{number}", flow_elements=(inner,))
    drawn = [shape(f"s{number}", 0, 0, 100 + number, 100 + number) for number in range(60)]
    source = render.draw(definitions([inner], drawn), format="dot").decode()
    assert source.count("subgraph") == 20
    assert source.count("{") == source.count("}")


def test_arrow_heads_are_as_wide_as_in_an_svg() -> None:
    """Graphviz' own are slimmer by a third; where lines are joined round they reach 1 px less."""
    message = model.MessageFlow(id="m", source_ref="task", target_ref="end")
    roots = (model.Collaboration(id="c", message_flows=(message,)),)
    nodes = [model.Task(id="task"), model.Task(id="end"), flow("task", "end")]
    drawn = [shape("task", 0, 0, 100, 80), shape("end", 200, 0, 100, 80)]
    lines = [
        edge("task_end", (100, 40), (200, 40)),
        edge("m", (50, 80), (50, 150), (250, 150), (250, 80)),
    ]
    content = definitions(nodes, [*drawn, *lines], roots=roots)
    heads = [
        [[float(number) for number in corner.split(",")] for corner in found.get("points").split()]
        for found in parse(render.draw(content)).iter(f"{SVG}polygon")
        if found.get("class") in {"tip", "open"}
    ]
    graph = _graph(content)
    background = graph.graph_attr["_background"]
    painted = [
        [[float(x), -float(y)] for x, y in zip(row[::2], row[1::2], strict=True)]
        for row in (found.split() for found in re.findall(r"P 3 ([-\d. ]+)", background))
    ]
    assert len(painted) == len(heads) == 2
    for mine, theirs in zip(painted, heads, strict=True):
        for corner in theirs:
            assert min(dist(corner, other) for other in mine) < 2
    assert [found.attr["dir"] for found in graph.edges()] == ["none", "back"]
