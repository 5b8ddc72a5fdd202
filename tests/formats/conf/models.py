"""Short ways to write a legacy model and to show the process that it becomes."""

from __future__ import annotations

from itertools import pairwise

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
