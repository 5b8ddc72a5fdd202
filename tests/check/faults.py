"""What people get wrong in their files: changes to the shop, and what must be told of each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

SHOP = Path(__file__).with_name("shop.bpmn").read_text("utf-8")
TASK = '<task id="remind" name="Remind">'


class Fault(NamedTuple):
    """A change, and what must be told: one of its codes, the text of its line, the id."""

    old: str
    new: str
    codes: str
    line: str
    id: str


FAULTS = {
    # references
    "a flow from nowhere": Fault(
        'id="f7" sourceRef="regret"', 'id="f7" sourceRef="regrett"', "BX024", 'id="f7"', "f7"
    ),
    "a flow to nowhere": Fault(
        'targetRef="refused"', 'targetRef="gone"', "BX024", 'id="f7"', "f7"
    ),
    "no source": Fault(' sourceRef="regret"', "", "XSD04", 'id="f7"', "f7"),
    "no target": Fault(' targetRef="refused"', "", "XSD04", 'id="f7"', "f7"),
    "an empty target": Fault('targetRef="refused"', 'targetRef=""', "XSD05", 'id="f7"', "f7"),
    "a border event of nothing": Fault(
        'attachedToRef="check" cancel', 'attachedToRef="chek" cancel', "BX024", 'id="late"', "late"
    ),
    "a border event of a gateway": Fault(
        'attachedToRef="check" cancel',
        'attachedToRef="enough" cancel',
        "BX024",
        'id="late"',
        "late",
    ),
    "a border event without activity": Fault(
        ' attachedToRef="check" cancel', " cancel", "XSD04", 'id="late"', "late"
    ),
    "an unknown error": Fault(
        'errorRef="NoStock"', 'errorRef="NoStok"', "BX024", "errorEventD", "sold_out_by"
    ),
    "an unknown message": Fault(
        'messageRef="Order"', 'messageRef="Orders"', "BX024", "messageEventD", "ordered_by"
    ),
    "an error for a message": Fault(
        'messageRef="Order"', 'messageRef="NoStock"', "BX024", "messageEventD", "ordered_by"
    ),
    "an unknown message of a task": Fault(
        'messageRef="Parcel"', 'messageRef="Parsel"', "BX024", 'id="ship"', "ship"
    ),
    "an unknown process of a pool": Fault(
        'processRef="sell"', 'processRef="sel"', "BX024", 'id="Seller"', "Seller"
    ),
    "an unknown node of a lane": Fault(
        "<flowNodeRef>ship<", "<flowNodeRef>shop<", "BX024", 'id="Store"', "Store"
    ),
    "a message flow to nothing": Fault(
        'targetRef="ordered"', 'targetRef="order"', "BX024", 'id="ordering"', "ordering"
    ),
    "a note about nothing": Fault(
        'targetRef="note"', 'targetRef="nota"', "BX024", 'id="noted"', "noted"
    ),
    "a listed flow that is not there": Fault(
        "<incoming>f7</incoming>",
        "<incoming>f7</incoming><incoming>f77</incoming>",
        "BX024",
        'id="refused"',
        "refused",
    ),
    "a drawing of nothing": Fault(
        'bpmnElement="check"', 'bpmnElement="chekc"', "BX024", 'id="check_di"', "check_di"
    ),
    "a plane of nothing": Fault(
        'bpmnElement="Trade"', 'bpmnElement="Trad"', "BX024", "BPMNPlane", "Trade_plane"
    ),
    # ids
    "two tasks with one id": Fault(TASK, '<task id="regret">', "EXT002", '<task id="regret">', ""),
    "two flows with one id": Fault('id="f10" s', 'id="f9" s', "EXT002", 'sourceRef="remind"', "f9"),
    "an id with a space": Fault('id="note"', 'id="a note"', "XSD06", 'id="a note"', "a note"),
    "an id that begins with a digit": Fault('id="note"', 'id="1note"', "XSD06", "1note", "1note"),
    "an empty id": Fault('id="note"', 'id=""', "XSD06", 'id=""', ""),
    "a flow without id": Fault('id="f7" ', "", "EXT003 EXT023", 'sourceRef="regret"', ""),
    "two shapes with one id": Fault('id="f2_di"', 'id="check_di"', "EXT002", "BPMNEdge", ""),
    # flows
    "a flow into the start": Fault(
        'targetRef="refused"', 'targetRef="ordered"', "EXT096", 'id="ordered"', "ordered"
    ),
    "a flow out of an end": Fault(
        'sourceRef="remind"', 'sourceRef="refused"', "EXT104", 'id="refused"', "refused"
    ),
    "a flow into a sub-process": Fault(
        'sourceRef="remind" targetRef="reminded"',
        'sourceRef="remind" targetRef="wrap"',
        "EXT152",
        'id="f10"',
        "f10",
    ),
    "a flow to a note": Fault(
        'targetRef="refused"', 'targetRef="note"', "EXT006 EXT022", 'id="f7"', "f7"
    ),
    "a flow to another pool": Fault(
        'targetRef="refused"', 'targetRef="Customer"', "EXT022", 'id="f7"', "f7"
    ),
    "a flow that is not listed": Fault(
        "<outgoing>f7</outgoing>", "", "EXT023", 'id="regret"', "regret"
    ),
    "a flow that is listed elsewhere": Fault(
        "<incoming>f10</incoming>",
        "<incoming>f7</incoming>",
        "EXT023",
        'id="reminded"',
        "reminded",
    ),
    "the default of another gateway": Fault(
        'default="f4"', 'default="f7"', "EXT026", 'id="enough"', "enough"
    ),
    "a default that is not there": Fault(
        'default="f4"', 'default="f44"', "BX024 EXT026", 'id="enough"', "enough"
    ),
    "two defaults": Fault('default="f4"', 'default="f4 f3"', "XSD05", 'id="enough"', "enough"),
    "an attribute twice": Fault(
        'default="f4"', 'default="f4" default="f3"', "BX002", 'id="enough"', ""
    ),
    "a condition on the only flow": Fault(
        'targetRef="refused"/>',
        'targetRef="refused"><conditionExpression>x</conditionExpression></sequenceFlow>',
        "EXT025",
        'id="f7"',
        "f7",
    ),
    "an empty condition": Fault("stock &gt; 0", "", "EXT013", "conditionE", "f3"),
    "two conditions": Fault(
        "</conditionExpression>",
        "</conditionExpression>\n<conditionExpression>y</conditionExpression>",
        "BX012 XSD01",
        ">y<",
        "f3",
    ),
    "a message flow within a pool": Fault(
        'sourceRef="Customer"', 'sourceRef="ship"', "EXT031", 'id="ordering"', "ordering"
    ),
    # events
    "no end event": Fault(
        '<endEvent id="packed">\n        <incoming>p2</incoming>\n      </endEvent>',
        '<task id="packed"><incoming>p2</incoming></task>',
        "EXT105",
        'id="pack"',
        "pack",
    ),
    "an end event that receives": Fault(
        'targetRef="ordered"', 'targetRef="shipped"', "EXT108", 'id="shipped"', "shipped"
    ),
    "a start that waits for an error": Fault(
        '<messageEventDefinition id="ordered_by" messageRef="Order"/>',
        "<errorEventDefinition/>",
        "EXT098",
        'id="ordered"',
        "ordered",
    ),
    "a timer without time": Fault(
        '<timeDuration xsi:type="tFormalExpression">P2D</timeDuration>',
        "",
        "EXT131",
        "timerEventD",
        "late_by",
    ),
    "a duration in words": Fault("P2D", "two days", "EXT134", "two days", "late_by"),
    "a date in no month": Fault(
        "timeDuration xsi:type=\"tFormalExpression\">P2D</timeDuration",
        "timeDate xsi:type=\"tFormalExpression\">2026-13-01</timeDate",
        "EXT132",
        "2026-13-01",
        "late_by",
    ),
    "a cycle as Unix has it": Fault(
        "timeDuration xsi:type=\"tFormalExpression\">P2D</timeDuration",
        "timeCycle xsi:type=\"tFormalExpression\">0 0 * * *</timeCycle",
        "EXT133",
        "0 0 * * *",
        "late_by",
    ),
    "a duration that goes back": Fault("P2D", "-P2D", "EXT134", "-P2D", "late_by"),
    "a duration without its T": Fault("P2D", "P5H", "EXT134", "P5H", "late_by"),
    "a border event without definition": Fault(
        '<errorEventDefinition id="sold_out_by" errorRef="NoStock"/>',
        "",
        "EXT110",
        'id="sold_out"',
        "sold_out",
    ),
    "an error that does not interrupt": Fault(
        'id="sold_out" name="Sold out"',
        'id="sold_out" cancelActivity="false"',
        "EXT110",
        'id="sold_out"',
        "sold_out",
    ),
    "a definition in a sub-process's start": Fault(
        "<outgoing>p1</outgoing>",
        "<outgoing>p1</outgoing><signalEventDefinition/>",
        "EXT100",
        'id="packing"',
        "packing",
    ),
    "a task that nothing leads to": Fault(
        '<textAnnotation id="note">',
        '<task id="lost"/><textAnnotation id="note">',
        "EXT150",
        'id="lost"',
        "lost",
    ),
    "a gateway that does nothing": Fault(
        '<sequenceFlow id="f4" sourceRef="enough"',
        '<sequenceFlow id="f4" sourceRef="regret"',
        "EXT135",
        'id="enough"',
        "enough",
    ),
    # places
    "a node in two lanes": Fault(
        "<flowNodeRef>pack<",
        "<flowNodeRef>check</flowNodeRef>\n<flowNodeRef>pack<",
        "BX721",
        'id="Store"',
        "Store",
    ),
    "a flow in a lane": Fault(
        "<flowNodeRef>pack<", "<flowNodeRef>f3<", "BX724", 'id="Store"', "Store"
    ),
    "a process in two pools": Fault(
        '<participant id="Customer" name="Customer"',
        '<participant id="Customer" processRef="sell"',
        "BX722",
        'id="Seller"',
        "Seller",
    ),
    "a flow that is listed twice": Fault(
        "<incoming>f10</incoming>",
        "<incoming>f10</incoming><incoming>f10</incoming>",
        "BX723",
        'id="reminded"',
        "reminded",
    ),
    "a border event of an inner task": Fault(
        'attachedToRef="check" cancel', 'attachedToRef="wrap" cancel', "BX725", 'id="late"', "late"
    ),
    "a compensation of what nothing undoes": Fault(
        "<incoming>f10</incoming>",
        '<incoming>f10</incoming><compensateEventDefinition activityRef="check"/>',
        "BX726",
        'id="reminded"',
        "reminded",
    ),
    "an inner error that nothing catches": Fault(
        "<incoming>p2</incoming>",
        '<incoming>p2</incoming><errorEventDefinition errorRef="NoStock"/>',
        "BX714",
        'id="packed"',
        "packed",
    ),
    # spelling
    "a misspelt element": Fault(TASK, '<taks id="remind"/>' + TASK, "XSD01", "<taks", "remind"),
    "capitals": Fault(TASK, '<Task id="x"/>' + TASK, "XSD01", "<Task", "x"),
    "a misspelt attribute": Fault(
        'sourceRef="regret"', 'sourceref="regret"', "XSD03 XSD04", 'id="f7"', "f7"
    ),
    "a foreign attribute without namespace": Fault(
        TASK, '<task id="remind" colour="red">', "XSD03", 'id="remind"', "remind"
    ),
    "a vendor's element outside of extensionElements": Fault(
        TASK, TASK + '<x:y xmlns:x="urn:x"/>', "XSD01", 'id="remind"', "remind"
    ),
    "the wrong boolean": Fault(
        'cancelActivity="false"', 'cancelActivity="no"', "XSD05 BX010", 'id="late"', "late"
    ),
    "the wrong enumeration": Fault(
        'default="f4"',
        'default="f4" gatewayDirection="Splitting"',
        "XSD05",
        'id="enough"',
        "enough",
    ),
    "a coordinate in words": Fault('x="398" y=', 'x="wide" y=', "BX010", "wide", "enough_di"),
    "a coordinate that is none": Fault(
        'x="398" y=', 'x="NaN" y=', "BX010", "NaN", "enough_di"
    ),
    "a coordinate with a comma": Fault('x="398" y=', 'x="2,5" y=', "XSD05", "2,5", ""),
    "no coordinate": Fault(' width="50"', "", "BX011", 'y="233"', "enough_di"),
    "one waypoint": Fault(
        '<di:waypoint x="398" y="258"/>', "", "XSD02", "BPMNEdge", "f2_di"
    ),
    "children in the wrong order": Fault(
        "<incoming>f2</incoming>\n      <outgoing>f3</outgoing>",
        "<outgoing>f3</outgoing>\n      <incoming>f2</incoming>",
        "XSD01",
        "<incoming>f2",
        "enough",
    ),
    "text between elements": Fault(TASK, f"remind them {TASK}", "XSD07", 'id="sell"', "sell"),
    # the drawing
    "a shape without size": Fault('width="50"', 'width="-50"', "DI004", "enough_di", "enough_di"),
    "two shapes of an element": Fault(
        'bpmnElement="enough"', 'bpmnElement="check"', "DI003", "enough_di", "enough_di"
    ),
    "a shape of a flow": Fault(
        'bpmnElement="enough"', 'bpmnElement="f3"', "DI001", "enough_di", "enough_di"
    ),
    "an edge of a task": Fault(
        'bpmnElement="f2"', 'bpmnElement="check"', "DI002", "f2_di", "f2_di"
    ),
    "a shape of nothing": Fault(' bpmnElement="enough"', "", "DI005", "enough_di", "enough_di"),
    "a lane that is not drawn": Fault(
        'bpmnElement="Desk"', 'bpmnElement="note"', "DI006", 'id="Desk"', "Desk"
    ),
    "a message flow that is not drawn": Fault(
        'bpmnElement="sending"', 'bpmnElement="noted"', "DI006", 'id="sending"', "sending"
    ),
    "a gateway that is not drawn": Fault(
        'bpmnElement="enough"', 'bpmnElement="note"', "DI006", 'id="enough"', "enough"
    ),
    # the file
    "an unbalanced tag": Fault("</subProcess>", "", "BX002", "", ""),
    "a tag that is not closed": Fault("<incoming>f7<", "<incoming>f7", "BX002", "", ""),
    "an ampersand": Fault("Too late", "Late & sorry", "BX002", "Late &", ""),
    "a less-than": Fault("stock &gt; 0", "stock < 5", "BX002", "stock <", ""),
    "an undeclared prefix": Fault(TASK, '<b:task id="remind">', "BX002", "<b:task", ""),
    "a cut file": Fault(SHOP[SHOP.index("<bpmndi:BPMNPlane") :], "", "BX002", "", ""),
    "a doctype": Fault("<definitions ", "<!DOCTYPE x><definitions ", "BX003", "DOCTYPE", ""),
    "the wrong namespace": Fault(
        "20100524/MODEL", "20100525/MODEL", "BX004 XSD10", "<definitions", ""
    ),
    "a namespace of a draft": Fault(
        "http://www.omg.org/spec/BPMN/20100524/MODEL",
        "http://schema.omg.org/spec/BPMN/2.0",
        "XSD10 BX028",
        "<definitions",
        "",
    ),
    "the wrong namespace of the drawing": Fault(
        "BPMN/20100524/DI", "BPMN/20100524/DJ", "XSD01", "bpmndi:BPMNDiagram", "Trade_diagram"
    ),
    "no target namespace": Fault(
        'targetNamespace="urn:example:shop"', "", "XSD04", "<definitions", "Shop"
    ),
    "BPMN in a process": Fault(
        TASK, '<process id="in"/>' + TASK, "XSD01", 'id="in"', "in"
    ),
    "a wrong encoding": Fault('encoding="UTF-8"', 'encoding="US-ASCII"', "BX001", "", ""),
}  # fmt: skip
