"""Names, ids and sizes that want to be more than that, in every place and every format."""

from __future__ import annotations

from collections import Counter
from math import inf, nan
from typing import Any

import lxml.html
import pygraphviz
import pytest

from bpmn_xml import model, render
from bpmn_xml.render import Mark, Overlay, Progress
from tests.render.build import SVG, definitions, edge, flow, parse, shape, texts

NAMES = [
    "<b>bold</b>",
    "<TABLE><TR><TD HREF='http://x'>a</TD></TR></TABLE>",
    r"\N \G \E \l \r \n",
    '"; evil [URL="http://x", image="/etc/passwd"]; "',
    'URL=http://x image=x shapefile=y tooltip="z"',
    "]]> --> <!-- <![CDATA[",
    "<script>alert(1)</script>",
    "&lt;&amp;&#x41;&xxe;",
    "nul\x00and\x1bescape",
    "\u202eright to left\u2066",
    "half \ud83d pair \ufffe",
    "x" * 10_000,
    "word " * 3_000,
    "line\n" * 2_000,
    "名前" * 500,
    "\u0301" * 500,
    'charset="utf-16',
    "charset=",
    "\\",
    "}",
    "{<f0> a|b}",
    "%s%n ${x} `id`",
    "   ",
    "",
]
FORMATS = ["svg", "png", "dot", "pdf", "html"]
TAGS = {"svg", "g", "title", "style", "rect", "ellipse", "path", "polygon", "text", "tspan"}
ATTRIBUTES = {
    "id", "class", "role", "aria-label", "aria-roledescription", "aria-hidden", "data-from",
    "data-to", "data-for", "data-element", "viewBox", "width", "height", "x", "y", "cx",
    "cy", "rx", "ry", "d", "points", "stroke-width", "stroke-dasharray", "font-size",
    "text-anchor", "transform",
}  # fmt: skip
DANGEROUS = ("URL", "href", "image", "shapefile", "tooltip", "target", "edgeURL", "headURL")


def everywhere(name: str, key: str) -> model.Definitions:
    """A drawing with the name on everything that has one."""
    nodes = [
        model.StartEvent(id=f"s{key}", name=name),
        model.UserTask(id=f"t{key}", name=name),
        model.SubProcess(id=f"p{key}", name=name, flow_elements=(model.Task(id="in", name=name),)),
        model.ExclusiveGateway(id=f"g{key}", name=name),
        model.DataObjectReference(
            id=f"d{key}", name=name, data_state=model.DataState(id="x", name=name)
        ),
        flow(f"s{key}", f"t{key}", name=name),
    ]
    category = model.Category(id="c", category_values=(model.CategoryValue(id="v", value=name),))
    pools = (
        model.Participant(id=f"w{key}", name=name, process_ref="process"),
        model.Participant(id=f"b{key}", name=name),
    )
    lane = model.Lane(id=f"l{key}", name=name, flow_node_refs=(f"s{key}",))
    drawn = [
        shape(f"w{key}", 0, 0, 900, 400),
        shape(f"l{key}", 30, 0, 870, 400),
        shape(f"b{key}", 0, 500, 900, 60),
        shape(f"s{key}", 60, 60, 36, 36),
        shape(f"t{key}", 200, 40, 100, 80),
        shape(f"p{key}", 400, 40, 250, 200, is_expanded=True),
        shape("in", 450, 90, 100, 80),
        shape(f"g{key}", 700, 100, 50, 50),
        shape(f"d{key}", 100, 200, 36, 50),
        shape(f"a{key}", 200, 200, 100, 50),
        shape(f"r{key}", 40, 20, 300, 300),
        edge(f"s{key}_t{key}", (96, 78), (200, 78)),
    ]
    return definitions(
        nodes,
        drawn,
        roots=[model.Collaboration(id="co", participants=pools), category],
        name=name,
        lane_sets=(model.LaneSet(id="ls", lanes=(lane,)),),
        artifacts=(
            model.TextAnnotation(id=f"a{key}", text=model.Text(text=name)),
            model.Group(id=f"r{key}", category_value_ref="v"),
        ),
    )


def _draw(name: str, key: str, format_: Any) -> bytes:
    mark = Mark(state=Progress.FAILED, count=3, duration=name, remark=name)
    return render.draw(
        everywhere(name, key), format=format_, overlay=Overlay(marks={f"t{key}": mark})
    )


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_a_name_is_only_text_in_svg(name: str) -> None:
    svg = parse(_draw(name, name[:50], "svg"))
    assert {found.tag.removeprefix(SVG) for found in svg.iter()} <= TAGS
    assert {key for found in svg.iter() for key in found.attrib} <= ATTRIBUTES
    assert sum(found.get("id") is not None for found in svg.iter(f"{SVG}g")) == 12
    plain = parse(_draw("plain", "plain", "svg"))
    rules, usual = (found.find(f"{SVG}style").text.splitlines() for found in (svg, plain))
    assert set(rules) <= set(usual)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_a_name_is_only_text_on_a_page(name: str) -> None:
    found, usual = (lxml.html.fromstring(_draw(each, "k", "html")) for each in (name, "plain"))
    tags, expected = (Counter(one.tag for one in page.iter()) for page in (found, usual))
    assert (tags - expected).keys() <= {"tspan"}
    (script,), (same) = ([one.text for one in page.iter("script")] for page in (found, usual))
    assert [script] == same
    attributes = {key for one in found.iter() for key in one.attrib}
    assert attributes <= {key for one in usual.iter() for key in one.attrib}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_a_name_is_only_text_in_dot(name: str) -> None:
    source = _draw(name, name[:50], "dot").decode()
    graph = pygraphviz.AGraph(string=source)
    assert "=<" not in source.replace(f"={name}", "")
    for found in (*graph.nodes(), *graph.edges()):
        for key in DANGEROUS:
            assert not found.attr[key]
    assert len(graph.edges()) == 1


@pytest.mark.parametrize("format_", ["png", "pdf"])
@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_a_name_is_drawn_in_other_formats(name: str, format_: str) -> None:
    assert len(_draw(name, name[:50], format_)) > 1000


@pytest.mark.parametrize("name", ["<b>bold</b>", r"\N \G", "]]> -->", "&lt;", "URL=http://x"])
def test_a_name_is_shown_as_it_is(name: str) -> None:
    assert name in " ".join(texts(parse(_draw(name, "", "svg"))))


SIZES = [0, -1, 1e-9, 1e5, 1e7, 1e300, nan, inf, -inf]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("value", SIZES)
def test_no_number_breaks_a_drawing(value: float, format_: Any) -> None:
    nodes = [
        model.StartEvent(id="s", name="Begin"),
        model.UserTask(id="t", name="Do it"),
        model.EndEvent(id="e"),
        model.SubProcess(id="p", flow_elements=(model.Task(id="in"),)),
        model.DataStoreReference(id="d", name="Data"),
        flow("s", "t", name="yes"),
    ]
    bounds = [[value if i == j else 50.0 for j in range(4)] for i in range(4)]
    label = model.BPMNLabel(bounds=model.Bounds(x=value, y=5, width=value, height=5))
    for box in (*bounds, [value] * 4):
        drawn = [shape(key, *box, label=label) for key in ("s", "t", "p", "in", "d")]
        drawn += [
            shape("e", 0, 0, 36, 36),
            edge("s_t", (value, 0), (0, value), (9, 9), label=label),
        ]
        data = render.draw(definitions(nodes, drawn), format=format_)
        assert b"nan" not in data.lower() or format_ in {"png", "pdf"}
