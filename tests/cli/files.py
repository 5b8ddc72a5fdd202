"""Diagrams and handlers for the command line, as text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions id="D" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"\n'
    '  xmlns:bx="urn:bpmn-xml:1.0" targetNamespace="urn:test">\n'
)

HANDLERS = '''
import sys
import threading

import bpmn_xml

READY = threading.Event()


def greet(name="you"):
    """Say hello."""
    print("Hello,", name)
    return {"greeting": f"Hello, {name}"}


def fail():
    raise ValueError("no \\x1b[31mpaper")


def throw():
    raise bpmn_xml.BpmnError("LATE", "by a day")


def count():
    for number in range(3):
        yield {"number": number}


def odd():
    return {"text": "\\ud800", "pair": (1, 2), "price": __import__("decimal").Decimal("1.50")}


def linger(context):
    context.cancelled.wait(30)


def stay():
    threading.Event().wait(3)


def mail():
    for number in range(3000):
        print("letter", number)


@bpmn_xml.task("stamp")
def put_stamp():
    return {"stamped": True}
'''


def process(body: str, *, id_: str = "P", executable: bool = True) -> str:
    """A process of what stands in it."""
    runs = str(executable).lower()
    return f'<process id="{id_}" isExecutable="{runs}">\n{body}\n</process>\n'


def bpmn(*processes: str) -> str:
    """A file."""
    return f"{HEAD}{''.join(processes)}</definitions>\n"


def chain(*nodes: str, prefix: str = "") -> str:
    """Nodes in a row between a start and an end, as `serviceTask greet implementation="..."`."""
    names = [f"{prefix}start", *[node.split()[1] for node in nodes], f"{prefix}end"]
    lines = [f'  <startEvent id="{names[0]}"/>']
    for node in nodes:
        kind, name, *rest = node.split(" ", 2)
        lines.append(f'  <{kind} id="{name}" {"".join(rest)}/>')
    lines.append(f'  <endEvent id="{names[-1]}"/>')
    lines += [
        f'  <sequenceFlow id="{prefix}f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(pairwise(names), 1)
    ]
    return "\n".join(lines)


def calling(function: str) -> str:
    """A service task that is bound to a function of `office.py`."""
    return f'serviceTask {function} implementation="python:office:{function}"'


def one(*nodes: str) -> str:
    """A file with one process of some nodes in a row."""
    return bpmn(process(chain(*nodes)))


CHOICE = process(
    """
  <startEvent id="start"/><exclusiveGateway id="which"/>
  <endEvent id="left_end"/><endEvent id="right_end"/>
  <sequenceFlow id="go" sourceRef="start" targetRef="which"/>
  <sequenceFlow id="left" sourceRef="which" targetRef="left_end">
    <conditionExpression>n &gt; 5</conditionExpression></sequenceFlow>
  <sequenceFlow id="right" sourceRef="which" targetRef="right_end">
    <conditionExpression>n &lt;= 5</conditionExpression></sequenceFlow>
"""
)

JOIN = process(
    """
  <startEvent id="start"/><parallelGateway id="fork"/><parallelGateway id="join"/>
  <task id="quick"/><userTask id="slow" name="Take your time"/><endEvent id="end"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
  <sequenceFlow id="f2" sourceRef="fork" targetRef="quick"/>
  <sequenceFlow id="f3" sourceRef="fork" targetRef="slow"/>
  <sequenceFlow id="f4" sourceRef="quick" targetRef="join"/>
  <sequenceFlow id="f5" sourceRef="slow" targetRef="join"/>
  <sequenceFlow id="f6" sourceRef="join" targetRef="end"/>
"""
)

WAITING = process(
    """
  <startEvent id="asked"><messageEventDefinition id="m1" messageRef="M"/></startEvent>
  <startEvent id="noon"><messageEventDefinition id="m2" messageRef="N"/></startEvent>
  <endEvent id="end"/>
  <sequenceFlow id="f1" sourceRef="asked" targetRef="end"/>
  <sequenceFlow id="f2" sourceRef="noon" targetRef="end"/>
"""
)

MESSAGES = '<message id="M" name="asked"/><message id="N" name="noon"/>\n'

CONF = """[model]
keys=numbers,show

[model_numbers]
type=generator
module=office
class=Office
method=numbers
OnSuccess=show

[model_show]
type=sink
module=office
class=Office
method=show
"""

FILES = {
    "greet.bpmn": one(calling("greet")),
    "fail.bpmn": one(calling("fail")),
    "throw.bpmn": one(calling("throw")),
    "count.bpmn": one(calling("count"), calling("greet")),
    "odd.bpmn": one(calling("odd")),
    "linger.bpmn": one(calling("linger")),
    "stay.bpmn": one(calling("stay")),
    "mail.bpmn": one(calling("mail")),
    "sign.bpmn": one('userTask sign name="Sign it"'),
    "unbound.bpmn": one('serviceTask nobody name="Nobody"', "serviceTask none"),
    "office.bpmn": one("serviceTask greet", 'serviceTask s implementation="stamp"'),
    "choice.bpmn": bpmn(CHOICE),
    "join.bpmn": bpmn(JOIN),
    "two.bpmn": bpmn(
        process(chain("userTask a", prefix="a_"), id_="A"),
        process(chain("userTask b", prefix="b_"), id_="B", executable=False),
    ),
    "both.bpmn": bpmn(
        process(chain("task a", prefix="a_"), id_="A"),
        process(chain("task b", prefix="b_"), id_="B"),
    ),
    "waiting.bpmn": bpmn(MESSAGES, WAITING),
    "asks.bpmn": bpmn(MESSAGES, WAITING.replace('endEvent id="end"', 'serviceTask id="end"')),
    "astray.bpmn": one('callActivity call calledElement="Nowhere"', "serviceTask nobody"),
    "broken.bpmn": "<definitions>\n  <oops\n</definitions>",
    "notes.txt": "hello",
    "some.json": "[{}]",
    "order.zip": "PK\x03\x04",
    "office.py": HANDLERS,
    "variables.json": '{"name": "Ada", "n": 7}',
}


def write_files(folder: Path, *names: str) -> None:
    """Write the files that tests use."""
    for name in names or FILES:
        (folder / name).write_text(FILES[name], "utf-8")
