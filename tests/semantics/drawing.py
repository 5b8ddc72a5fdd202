"""BPMN from a few words a line, for cases that an independent tester would draw.

    start s
    user a
    boundary b on=a timer=PT1H soft
    sub z
      task t
    s -> a ->[n > 3] z
    a ->* b

A line is the kind of an element, its id, and words about it: `signal=S` what an event is about,
`soft` that it does not interrupt, `mi=3` (`3s` in sequence) and `loop=3|condition` how often, `py=`
a script, `msg=` a message, `xml=` anything else. What is indented is inside. A line with `->` has
flows, `->[…]` one with a condition, `->*` the default; `~>` is an association. `process` begins
another process, `root` puts XML before all of them. `key k A=id B=of` is a correlation property of
two messages and a key of it alone, `prop` one without a key, `keys q k l` a key of two of them;
`bind k=mine` is the subscription of a process to that. `zeebe A==id` says what correlates a message
in Camunda 8. `pools P Q` makes pools of processes, `boxes X` one that shows none, `a => b` a
message flow.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from html import escape
from typing import Final

from tests.documents import DEFINITIONS

TAGS: Final = {
    "start": "startEvent", "end": "endEvent", "task": "task", "user": "userTask",
    "script": "scriptTask", "service": "serviceTask", "send": "sendTask",
    "receive": "receiveTask", "xor": "exclusiveGateway", "par": "parallelGateway",
    "inc": "inclusiveGateway", "evg": "eventBasedGateway", "cpx": "complexGateway",
    "sub": "subProcess", "tx": "transaction", "adhoc": "adHocSubProcess",
    "call": "callActivity", "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent", "boundary": "boundaryEvent", "esp": "subProcess",
}  # fmt: skip
TIMES: Final = {"timer": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
FORMAL: Final = 'xsi:type="tFormalExpression"'
Lines = list[tuple[int, str]]


class Drawing:
    """The parts of a file, as they are found."""

    def __init__(self) -> None:
        self.roots: dict[str, str] = {}
        self.defaults: dict[str, str] = {}
        self.count = 0

    def name(self) -> str:
        """An id for what has none."""
        self.count += 1
        return f"_{self.count}"

    def root(self, kind: str, name: str) -> str:
        """The id of a message, signal, error or escalation of this name."""
        code = f' {kind}Code="{name}"' if kind in ("error", "escalation") else ""
        root = f'<{kind} id="{kind}_{name}" name="{name}"{code}/>'
        self.roots.setdefault(f"{kind}_{name}", root)
        return f"{kind}_{name}"

    def event(self, kind: str, about: str) -> str:
        """An event definition."""
        head = f'<{EVENTS[kind]}EventDefinition id="{self.name()}"'
        inside = words = ""
        if kind in TIMES:
            inside = f"<{TIMES[kind]} {FORMAL}>{escape(about)}</{TIMES[kind]}>"
        elif kind == "cond":
            inside = f"<condition {FORMAL}>{escape(about)}</condition>"
        elif kind == "comp":
            activity, _, waits = about.partition(",")
            words = f' activityRef="{activity}"' if activity else ""
            words += f' waitForCompletion="{waits}"' if waits else ""
        elif kind == "link":
            words = f' name="{about}"'
        elif about:
            words = f' {kind}Ref="{self.root(kind, about)}"'
        return f"{head}{words}>{inside}</{EVENTS[kind]}EventDefinition>"

    def node(self, kind: str, name: str, words: list[str], inside: str) -> str:
        """An element with all that its line says of it."""
        attributes, before, after = f'id="{name}"', "", ""
        attributes += ' triggeredByEvent="true"' if kind == "esp" else ""
        for word in words:
            key, _, value = word.partition("=")
            if key in EVENTS:
                after += self.event(key, value)
            elif key in PARTS:
                before += PARTS[key](value)
            elif key in ENDING:
                after += ENDING[key](value)
            elif key == "soft":
                which = "cancelActivity" if kind == "boundary" else "isInterrupting"
                attributes += f' {which}="false"'
            elif key == "msg":
                attributes += f' messageRef="{self.root("message", value)}"'
            else:
                attributes += f' {NAMES.get(key, key)}="{escape(value or "true")}"'
        attributes += ' scriptFormat="python"' if kind == "script" else ""
        return f"<{TAGS[kind]} {attributes}>{before}{inside}{after}</{TAGS[kind]}>"

    def flows(self, line: str) -> str:
        """The flows of a line."""
        parts = re.split(r"\s*->(\[[^\]]*\]|\*)?\s*", line)
        found = ""
        for source, label, target in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            name, inside = f"{source}-{target}", ""
            if label == "*":
                self.defaults[source] = name
            elif label:
                text = escape(label[1:-1])
                inside = f"<conditionExpression {FORMAL}>{text}</conditionExpression>"
            ends = f'sourceRef="{source}" targetRef="{target}"'
            found += f'<sequenceFlow id="{name}" {ends}>{inside}</sequenceFlow>'
        return found

    def level(self, lines: Lines) -> str:
        """All that stands on one level, with what is inside."""
        found, at = "", 0
        while at < len(lines):
            indent, line = lines[at]
            end = next((i for i in range(at + 1, len(lines)) if lines[i][0] <= indent), len(lines))
            inside, at = lines[at + 1 : end], end
            if line.startswith("<"):
                found += line
            elif line.startswith("bind "):
                found += _subscription(*line[5:].split("=", 1))
            elif "~>" in line:
                source, _, target = line.partition(" ~> ")
                ends = f'sourceRef="{source}" targetRef="{target}"'
                found += f'<association id="{self.name()}" {ends} associationDirection="One"/>'
            elif "->" in line:
                found += self.flows(line)
            else:
                kind, name, *words = shlex.split(line)
                found += self.node(kind, name, words, self.level(inside))
        return found

    def property(self, name: str, paths: list[str]) -> str:
        """A correlation property of some messages."""
        found = ""
        for message, _, path in (word.partition("=") for word in paths):
            ref = self.root("message", message)
            found += (
                f'<correlationPropertyRetrievalExpression messageRef="{ref}">'
                f"<messagePath>{escape(path)}</messagePath></correlationPropertyRetrievalExpression>"
            )
        return f'<correlationProperty id="{name}">{found}</correlationProperty>'

    def keys(self, line: str) -> str:
        """What a line says of correlation properties and keys; `key` makes both."""
        kind, name, *words = shlex.split(line)
        found = "" if kind == "keys" else self.property(name, words)
        if kind == "prop":
            return found
        refs = words if kind == "keys" else [name]
        parts = [f"<correlationPropertyRef>{ref}</correlationPropertyRef>" for ref in refs]
        key = f'<correlationKey id="key_{name}">{"".join(parts)}</correlationKey>'
        return f'{found}<collaboration id="talk_{name}">{key}</collaboration>'


def _participants(kind: str, *names: str) -> str:
    shown = {name: f'id="pool{name}" processRef="{name}"' for name in names}
    return "".join(f"<participant {shown[n] if kind == 'pools' else f'id={n!r}'}/>" for n in names)


def _subscription(name: str, path: str) -> str:
    return (
        f'<correlationSubscription correlationKeyRef="key_{name}"><correlationPropertyBinding '
        f'correlationPropertyRef="{name}"><dataPath>{escape(path)}</dataPath>'
        "</correlationPropertyBinding></correlationSubscription>"
    )


def _correlated(name: str, path: str) -> str:
    zeebe = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    subscription = f'<zeebe:subscription {zeebe} correlationKey="{escape(path)}"/>'
    inside = f"<extensionElements>{subscription}</extensionElements>"
    return f'<message id="message_{name}" name="{name}">{inside}</message>'


EVENTS: Final = {
    "message": "message", "signal": "signal", "error": "error", "escalation": "escalation",
    "timer": "timer", "date": "timer", "cycle": "timer", "cond": "conditional",
    "terminate": "terminate", "cancel": "cancel", "comp": "compensate", "link": "link",
}  # fmt: skip
NAMES: Final = {"on": "attachedToRef", "forcomp": "isForCompensation"}


def _several(value: str) -> str:
    number, order = value.rstrip("s"), "true" if value.endswith("s") else "false"
    inside = f"<loopCardinality>{number}</loopCardinality>"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{order}">{inside}'
        "</multiInstanceLoopCharacteristics>"
    )


def _turns(value: str) -> str:
    most, _, condition = value.partition("|")
    words = f' loopMaximum="{most}"' if most else ""
    inside = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics{words}>{inside}</standardLoopCharacteristics>"


PARTS: Final[dict[str, Callable[[str], str]]] = {"mi": _several, "loop": _turns, "xml": str}
ENDING: Final[dict[str, Callable[[str], str]]] = {
    "py": lambda value: f"<script>{escape(value)}</script>",
    "act": lambda value: f"<activationCondition>{escape(value)}</activationCondition>",
    "until": lambda value: f"<completionCondition>{escape(value)}</completionCondition>",
}


def drawn(text: str) -> bytes:
    """The file that a text describes; its first process is P."""
    drawing, roots, talk = Drawing(), "", ""
    processes: dict[str, Lines] = {"P": []}
    for line in text.splitlines():
        words = line.strip()
        if words.startswith("process "):
            processes[words.split()[1]] = []
        elif words.startswith("root "):
            roots += words[5:]
        elif words.startswith("zeebe "):
            name, _, path = words[6:].partition("=")
            drawing.roots[f"message_{name}"] = _correlated(name, path)
        elif " => " in words:
            source, target = words.split(" => ")
            talk += f'<messageFlow id="{source}=>{target}" sourceRef="{source}" '
            talk += f'targetRef="{target}"/>'
        elif words.startswith(("pools ", "boxes ")):
            talk += _participants(*words.split())
        elif words.startswith(("key ", "keys ", "prop ")):
            roots += drawing.keys(words)
        elif words:
            processes[list(processes)[-1]].append((len(line) - len(line.lstrip()), words))
    body = "".join(
        f'<process id="{name}" isExecutable="true">{drawing.level(lines)}</process>'
        for name, lines in processes.items()
    )
    for source, flow in drawing.defaults.items():
        body = re.sub(rf'(<\w+ id="{source}")', rf'\1 default="{flow}"', body, count=1)
    roots += f'<collaboration id="talk">{talk}</collaboration>' if talk else ""
    return f"{DEFINITIONS}{''.join(drawing.roots.values())}{roots}{body}</definitions>".encode()
