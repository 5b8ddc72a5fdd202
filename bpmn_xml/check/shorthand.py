r"""Shorthand: diagrams in a few lines. Each line is an element, indented in what holds it.

    executable
    receiveTask wait instantiate=true
    s > wait > e ? amount > 3

A line is a tag, an id, attributes, and behind a colon text. `a > b` are sequence flows; what they
name and nobody declares is a start event (s…), an end event (e…), an exclusive gateway (g…) or a
task. What is no root element stands in a process `P`, which `executable` makes executable. Flows
are listed as incoming and outgoing, unless a line says `unlisted`. The word `formal` makes an
expression formal.

>>> print(xml("s > e").decode().partition("\n")[2], end="")
  <process id="P">
    <startEvent id="s"><outgoing>s_e</outgoing></startEvent>
    <endEvent id="e"><incoming>s_e</incoming></endEvent>
    <sequenceFlow id="s_e" sourceRef="s" targetRef="e"/>
  </process>
</definitions>
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from bpmn_xml.formats.bpmn.vocabulary import substitutes
from bpmn_xml.formats.xml.namespaces import MODEL, XSI

ROOTS: Final = {row.tag for row in substitutes("rootElement")} | {"import", "relationship"}
MADE: Final = {"s": "startEvent", "e": "endEvent", "g": "exclusiveGateway"}
NODES: Final = {row.tag for row in substitutes("flowElement")} - {"sequenceFlow"}
FIRST: Final = ("documentation", "extensionElements", "incoming")
STEP: Final = 2


class Twig(msgspec.Struct):
    """An element of a diagram in shorthand."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Twig] = msgspec.field(default_factory=list)


def xml(shorthand: str, *, named: bool = False) -> bytes:
    """Write shorthand as a BPMN file; if `named`, what has no name is called by its id."""
    root = _tree(shorthand)
    words = {one.tag for one in root.children}
    root.children = [one for one in root.children if one.tag not in ("executable", "unlisted")]
    inner = [one for one in root.children if one.tag not in ROOTS]
    if inner:
        process = Twig("process", {"id": "P"}, children=inner)
        if "executable" in words:
            process.attributes["isExecutable"] = "true"
        root.children = [one for one in root.children if one.tag in ROOTS] + [process]
    for level in list(_all(root)):
        _connect(level)
    if "unlisted" not in words:
        _list_flows(root)
    for twig in _all(root) if named else ():
        if twig.tag in NODES and "id" in twig.attributes:
            twig.attributes.setdefault("name", twig.attributes["id"])
    return "".join(_written(root, "")).encode()


def _tree(shorthand: str) -> Twig:
    head = {"xmlns": MODEL, "xmlns:xsi": XSI, "targetNamespace": "urn:example"}
    root = Twig("definitions", head)
    open_: list[tuple[int, Twig]] = [(-1, root)]
    for line in filter(str.strip, shorthand.splitlines()):
        depth = (len(line) - len(line.lstrip())) // STEP
        while open_[-1][0] >= depth:
            open_.pop()
        twig = _twig(line.strip())
        open_[-1][1].children.append(twig)
        open_.append((depth, twig))
    return root


def _twig(line: str) -> Twig:
    if " > " in line and " : " not in line.split(" > ", maxsplit=1)[0]:
        return Twig(">", {}, line)
    head, _, text = line.partition(" : ")
    tag, *words = shlex.split(head)
    attributes: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if word == "formal":
            attributes["xsi:type"] = "tFormalExpression"
        else:
            attributes[key if equals else "id"] = value if equals else word
    return Twig(tag, attributes, text)


def _all(twig: Twig) -> Iterator[Twig]:
    """Every element, outer ones first."""
    yield twig
    for child in twig.children:
        yield from _all(child)


def _connect(level: Twig) -> None:
    """Turn the lines of flows into sequence flows, and make the nodes that only they name."""
    known = {child.attributes.get("id") for child in level.children}
    made: dict[str, Twig] = {}
    found: list[Twig] = []
    first = next((at for at, child in enumerate(level.children) if child.tag == ">"), 0)
    for child in level.children:
        if child.tag != ">":
            found.append(child)
            continue
        path, _, condition = child.text.partition(" ? ")
        nodes = [name.strip() for name in path.split(" > ")]
        for name in nodes:
            if name not in known and "." not in name:
                made.setdefault(name, Twig(MADE.get(name[0], "task"), {"id": name}))
        found += [_flow(*pair, condition) for pair in pairwise(nodes)]
    level.children = [*found[:first], *made.values(), *found[first:]]


def _flow(source: str, target: str, condition: str) -> Twig:
    ends = {"sourceRef": source.strip("."), "targetRef": target.strip(".")}
    flow = Twig("sequenceFlow", {"id": "_".join(ends.values()), **ends})
    if condition:
        kind = {"xsi:type": "tFormalExpression"}
        flow.children = [Twig("conditionExpression", kind, condition)]
    return flow


def _list_flows(root: Twig) -> None:
    nodes = {twig.attributes.get("id"): twig for twig in _all(root)}
    flows = [twig for twig in _all(root) if twig.tag == "sequenceFlow" and "id" in twig.attributes]
    for word, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        for flow in flows:
            node = nodes.get(flow.attributes.get(end))
            if node is not None:
                place = sum(child.tag in (*FIRST, word) for child in node.children)
                node.children.insert(place, Twig(word, {}, flow.attributes["id"]))


def _written(twig: Twig, indent: str) -> Iterator[str]:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in twig.attributes.items())
    start, text = f"{indent}<{twig.tag}{attributes}", escape(twig.text)
    if not twig.children:
        yield f"{start}>{text}</{twig.tag}>\n" if text else f"{start}/>\n"
    elif all(child.text and not child.children for child in twig.children):
        inner = "".join(line.strip() for child in twig.children for line in _written(child, ""))
        yield f"{start}>{text}{inner}</{twig.tag}>\n"
    else:
        yield f"{start}>{text}\n"
        for child in twig.children:
            yield from _written(child, f"{indent}  ")
        yield f"{indent}</{twig.tag}>\n"
