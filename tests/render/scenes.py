"""From model values to a scene, for tests."""

from __future__ import annotations

from bpmn_xml import model
from bpmn_xml.render.composing.compose import compose
from bpmn_xml.render.composing.model_index import index_model
from bpmn_xml.render.composing.scene import Figure, Line, Scene


def scene_of(definitions: model.Definitions, plane: int = 0) -> Scene:
    return compose(definitions.diagrams[plane], "test", index_model(definitions))


def figure_of(definitions: model.Definitions, element: str) -> Figure:
    return next(f for f in scene_of(definitions).figures if f.element == element)


def line_of(definitions: model.Definitions, element: str) -> Line:
    return next(found for found in scene_of(definitions).lines if found.element == element)
