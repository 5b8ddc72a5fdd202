"""Diagram interchange (12)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.formats.bpmn.vocabulary.rows import attribute, extensions, many, one, row
from bpmn_xml.formats.bpmn.vocabulary.types import (
    BOOLEAN,
    DOUBLE,
    ID,
    MESSAGE_VISIBLE_KIND,
    PARTICIPANT_BAND_KIND,
    QNAME,
    STRING,
)

DIAGRAMS: Final = (
    row(
        m.Point,
        "dc:Point",
        attribute("x", DOUBLE, required=True),
        attribute("y", DOUBLE, required=True),
    ),
    row(
        m.Bounds,
        "dc:Bounds",
        attribute("x", DOUBLE, required=True),
        attribute("y", DOUBLE, required=True),
        attribute("width", DOUBLE, required=True),
        attribute("height", DOUBLE, required=True),
    ),
    row(
        m.Font,
        "dc:Font",
        attribute("name", STRING),
        attribute("size", DOUBLE),
        attribute("isBold", BOOLEAN),
        attribute("isItalic", BOOLEAN),
        attribute("isUnderline", BOOLEAN),
        attribute("isStrikeThrough", BOOLEAN),
    ),
    row(
        m.DiagramElement,
        "di:DiagramElement",
        attribute("id", ID),
        extensions("di:extension"),
        abstract=True,
        any_attribute=True,
    ),
    row(m.DiagramNode, "di:Node", abstract=True),
    row(m.DiagramPlane, "di:Plane", many("di:DiagramElement"), abstract=True),
    row(m.DiagramShape, "di:Shape", one("dc:Bounds", minimum=1), abstract=True),
    row(m.LabeledShape, "di:LabeledShape", abstract=True),
    row(m.DiagramLabel, "di:Label", one("dc:Bounds"), abstract=True),
    row(m.DiagramEdge, "di:Edge", many("di:waypoint", "dc:Point", minimum=2), abstract=True),
    row(m.LabeledEdge, "di:LabeledEdge", abstract=True),
    row(m.DiagramStyle, "di:Style", attribute("id", ID), abstract=True),
    row(
        m.Diagram,
        "di:Diagram",
        attribute("name", STRING),
        attribute("documentation", STRING),
        attribute("resolution", DOUBLE),
        attribute("id", ID),
        abstract=True,
    ),
    row(m.BPMNLabel, "bpmndi:BPMNLabel", attribute("labelStyle", QNAME, to=m.BPMNLabelStyle)),
    row(m.BPMNLabelStyle, "bpmndi:BPMNLabelStyle", one("dc:Font", minimum=1)),
    row(
        m.BPMNShape,
        "bpmndi:BPMNShape",
        attribute("bpmnElement", QNAME, to=m.BaseElement),
        attribute("isHorizontal", BOOLEAN),
        attribute("isExpanded", BOOLEAN),
        attribute("isMarkerVisible", BOOLEAN),
        attribute("isMessageVisible", BOOLEAN),
        attribute("participantBandKind", PARTICIPANT_BAND_KIND),
        attribute("choreographyActivityShape", QNAME, to=m.BPMNShape),
        one("bpmndi:BPMNLabel"),
        head="di:DiagramElement",
    ),
    row(
        m.BPMNEdge,
        "bpmndi:BPMNEdge",
        attribute("bpmnElement", QNAME, to=m.BaseElement),
        attribute("sourceElement", QNAME, to=m.DiagramElement),
        attribute("targetElement", QNAME, to=m.DiagramElement),
        attribute("messageVisibleKind", MESSAGE_VISIBLE_KIND),
        one("bpmndi:BPMNLabel"),
        head="di:DiagramElement",
    ),
    row(m.BPMNPlane, "bpmndi:BPMNPlane", attribute("bpmnElement", QNAME, to=m.BaseElement)),
    row(
        m.BPMNDiagram,
        "bpmndi:BPMNDiagram",
        one("bpmndi:BPMNPlane", minimum=1),
        many("bpmndi:BPMNLabelStyle"),
    ),
)
