r"""A drawing in words: what it shows, in the order in which it is read, one line for each element.

Below an element stands what no shape shows: conditions, times, who does the work, listeners.

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

from collections.abc import Iterator, Mapping, Sequence

from bpmn_xml.layout import with_drawing
from bpmn_xml.render.composing.scene import Scene
from bpmn_xml.render.details import details_of
from bpmn_xml.render.drawing import Source, opened, scene_of


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
        yield from _plane(scene_of(drawn, wanted), details_of(drawn))


def _plane(scene: Scene, details: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Describe one drawing: its shapes and their details, then what else is no sequence flow."""
    yield scene.name
    content = scene.content()
    open_ = [(1, figure) for figure in content.pop("", [])[::-1]]
    while open_:
        depth, figure = open_.pop()
        yield f"{'  ' * depth}{figure.words}"
        yield from (f"{'  ' * depth}- {detail}" for detail in details.get(figure.element, ()))
        open_ += [(depth + 1, inner) for inner in content.pop(figure.element, [])[::-1]]
    circular = (figure for rest in content.values() for figure in rest)
    yield from (f"  {found.words}" for found in circular)
    yield from (f"  {line.words}" for line in scene.lines if line.kind != "sequence-flow")
