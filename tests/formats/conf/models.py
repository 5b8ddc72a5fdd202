"""Short ways to write a legacy model and to show the process that it becomes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bpmn_xml.errors import Finding, ReadError
from bpmn_xml.formats.conf.reader import read_conf
from bpmn_xml.model import Definitions, FlowElement, FlowNode, SequenceFlow

SHORT = {"->": "OnSuccess", "!>": "OnFailure"}


def conf(model: str) -> str:
    """Write a model: a line per task as `key type -> a,b !> c ports=all option=value`.

    The options stand in the lines behind `[model_<key>]`: type, module, class, method, then the
    given ones.
    """
    sections = []
    for line in model.strip().splitlines():
        key, kind, *words = line.split()
        options = {"type": kind, "module": "m", "class": "C", "method": key}
        for name, value in pairwise(words):
            if name in SHORT:
                options[SHORT[name]] = value
        options |= dict(word.split("=", 1) for word in words if "=" in word)
        if "ports" in options:
            options["input_ports"] = options.pop("ports")
        lines = [f"{name}={value}" for name, value in options.items()]
        sections.append("\n".join([f"[model_{key}]", *lines]))
    keys = ",".join(line.split()[0] for line in model.strip().splitlines())
    return "\n".join(["[model]", f"keys={keys}", *sections])


def read(text: str) -> Definitions:
    """Read a model from its text."""
    return read_conf(text.encode(), "x.conf")[0]


def nodes(definitions: Definitions) -> list[str]:
    """Return all flow nodes as `Kind id`, in the order of the process."""
    return [f"{type(e).__name__} {e.id}" for e in elements(definitions) if isinstance(e, FlowNode)]


def flows(definitions: Definitions) -> list[str]:
    """Return all flows as `source > target`, in the order in which nodes list them as incoming."""
    found = {e.id: e for e in elements(definitions) if isinstance(e, SequenceFlow)}
    listed = [flow for e in elements(definitions) if isinstance(e, FlowNode) for flow in e.incoming]
    assert sorted(listed) == sorted(found)
    return [f"{found[flow].source_ref} > {found[flow].target_ref}" for flow in listed]


def elements(definitions: Definitions) -> tuple[FlowElement, ...]:
    """Return the elements of the only process."""
    (process,) = definitions.root_elements
    return process.flow_elements


def shown(text: str, findings: tuple[Finding, ...]) -> list[str]:
    """Return each finding behind the line that it points at."""
    lines = ["", *text.splitlines()]
    return [
        f"{lines[finding.place.line]} | {re.sub('^x.conf[0-9:]*: ', '', str(finding))}"
        for finding in findings
    ]


def begin(found: list[str], expected: list[str]) -> bool:
    """Say whether each line found begins as the one expected."""
    return len(found) == len(expected) and all(map(str.startswith, found, expected))


def assert_refused(text: str, expected: list[str]) -> None:
    """See that a text is refused for these reasons, each behind the line that it points at."""
    with pytest.raises(ReadError) as caught:
        read_conf(text.encode(), "x.conf")
    found = shown(text, caught.value.findings)
    assert begin(found, expected), found
