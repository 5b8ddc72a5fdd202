r"""A drawing in words: what it shows, in the order in which it is read, one line for each element.

Below an element stands what no shape shows: conditions, and when timers are due.

>>> from bpmn_xml import read
>>> order = read(b'''
...   <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
...     <process id="p"><startEvent id="s" name="Asked"/><userTask id="t" name="Answer"/>
...     <sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>''')
>>> print("\n".join(describe(order)))
p
  start event Asked, leads to Answer
  user task Answer
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bpmn_xml.layout import with_drawing
from bpmn_xml.model import CatchEvent, FlowNode, SequenceFlow
from bpmn_xml.model.walk import walk
from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.drawing import opened, scene_of
from bpmn_xml.render.words import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpmn_xml.model import Definitions, Expression
    from bpmn_xml.render.composing.scene import Figure, Scene
    from bpmn_xml.render.drawing import Source


def describe(definitions: Source, plane: str | int | None = None) -> Iterator[str]:
    """Describe the drawings of a file, or one of them; content is indented.

    Args:
        definitions: a path, the bytes of a file, or what `read` gave.
        plane: the one that is wanted, by its number, name or id.

    Raises:
        UsageError: there is no such plane.
        ReadError, StoreError: the file cannot be read.
    """
    drawn, _ = with_drawing(opened(definitions))
    every = [number for number, one in enumerate(drawn.diagrams, 1) if one.plane.elements]
    for wanted in [plane] if plane is not None else every:
        yield from _plane(scene_of(drawn, wanted), _details(drawn))


def _plane(scene: Scene, details: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Describe one drawing: its shapes and their details, then what else is no sequence flow."""
    yield scene.name
    present = {figure.element for figure in scene.figures}
    content: dict[str, list[Figure]] = {}
    for figure in scene.figures:
        content.setdefault(figure.parent if figure.parent in present else "", []).append(figure)
    open_ = [(1, figure) for figure in content.pop("", [])[::-1]]
    while open_:
        depth, figure = open_.pop()
        yield f"{'  ' * depth}{figure.words}"
        yield from (f"{'  ' * depth}- {detail}" for detail in details.get(figure.element, ()))
        open_ += [(depth + 1, inner) for inner in content.pop(figure.element, [])[::-1]]
    circular = (figure for rest in content.values() for figure in rest)
    yield from (f"  {found.words}" for found in circular)
    yield from (f"  {line.words}" for line in scene.lines if line.kind != "sequence-flow")


_TIMES: Final = {"at": "time_date", "after": "time_duration", "every": "time_cycle"}


def _details(definitions: Definitions) -> Mapping[str, Sequence[str]]:
    """Say what no shape shows: when timers are due, and on which conditions flows are taken."""
    found = defaultdict[str, list[str]](list)
    elements = [element for element, _ in walk(definitions)]
    names = {e.id: clean(e.name) or kind_of(e) for e in elements if isinstance(e, FlowNode)}
    for element in elements:
        if isinstance(element, SequenceFlow) and (text := _text(element.condition_expression)):
            target = names.get(element.target_ref, element.target_ref)
            found[element.source_ref].append(f"to {one_line(target, 60)} if {text}")
        if isinstance(element, CatchEvent):
            for timer in element.event_definitions:
                told = [(word, _text(getattr(timer, name, None))) for word, name in _TIMES.items()]
                found[element.id] += [f"{word} {text}" for word, text in told if text]
    return found


def _text(expression: Expression | None) -> str:
    return one_line(clean(expression.body)) if expression is not None else ""
