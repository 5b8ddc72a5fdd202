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
        attribute("x", DOUBLE, required=True),
        attribute("y", DOUBLE, required=True),
        tag="dc:Point",
    ),
    row(
        m.Bounds,
        attribute("x", DOUBLE, required=True),
        attribute("y", DOUBLE, required=True),
        attribute("width", DOUBLE, required=True),
        attribute("height", DOUBLE, required=True),
        tag="dc:Bounds",
    ),
    row(
        m.Font,
        attribute("name", STRING),
        attribute("size", DOUBLE),
        attribute("isBold", BOOLEAN),
        attribute("isItalic", BOOLEAN),
        attribute("isUnderline", BOOLEAN),
        attribute("isStrikeThrough", BOOLEAN),
        tag="dc:Font",
    ),
    row(
        m.DiagramElement,
        attribute("id", ID),
        extensions("di:extension"),
        abstract=True,
        any_attribute=True,
        tag="di:DiagramElement",
    ),
    row(m.DiagramNode, abstract=True, tag="di:Node"),
    row(m.DiagramPlane, many("di:DiagramElement"), abstract=True, tag="di:Plane"),
    row(m.DiagramShape, one("dc:Bounds", minimum=1), abstract=True, tag="di:Shape"),
    row(m.LabeledShape, abstract=True, tag="di:LabeledShape"),
    row(m.DiagramLabel, one("dc:Bounds"), abstract=True, tag="di:Label"),
    row(m.DiagramEdge, many("di:waypoint", "dc:Point", minimum=2), abstract=True, tag="di:Edge"),
    row(m.LabeledEdge, abstract=True, tag="di:LabeledEdge"),
    row(m.DiagramStyle, attribute("id", ID), abstract=True, tag="di:Style"),
    row(
        m.Diagram,
        attribute("name", STRING),
        attribute("documentation", STRING),
        attribute("resolution", DOUBLE),
        attribute("id", ID),
        abstract=True,
        tag="di:Diagram",
    ),
    row(m.BPMNLabel, attribute("labelStyle", QNAME, to=m.BPMNLabelStyle), tag="bpmndi:BPMNLabel"),
    row(m.BPMNLabelStyle, one("dc:Font", minimum=1), tag="bpmndi:BPMNLabelStyle"),
    row(
        m.BPMNShape,
        attribute("bpmnElement", QNAME, to=m.BaseElement),
        attribute("isHorizontal", BOOLEAN),
        attribute("isExpanded", BOOLEAN),
        attribute("isMarkerVisible", BOOLEAN),
        attribute("isMessageVisible", BOOLEAN),
        attribute("participantBandKind", PARTICIPANT_BAND_KIND),
        attribute("choreographyActivityShape", QNAME, to=m.BPMNShape),
        one("bpmndi:BPMNLabel"),
        head="di:DiagramElement",
        tag="bpmndi:BPMNShape",
    ),
    row(
        m.BPMNEdge,
        attribute("bpmnElement", QNAME, to=m.BaseElement),
        attribute("sourceElement", QNAME, to=m.DiagramElement),
        attribute("targetElement", QNAME, to=m.DiagramElement),
        attribute("messageVisibleKind", MESSAGE_VISIBLE_KIND),
        one("bpmndi:BPMNLabel"),
        head="di:DiagramElement",
        tag="bpmndi:BPMNEdge",
    ),
    row(m.BPMNPlane, attribute("bpmnElement", QNAME, to=m.BaseElement), tag="bpmndi:BPMNPlane"),
    row(
        m.BPMNDiagram,
        one("bpmndi:BPMNPlane", minimum=1),
        many("bpmndi:BPMNLabelStyle"),
        tag="bpmndi:BPMNDiagram",
    ),
)
