"""What BPMN documents in tests have in common: the root's tag, and sequence flows."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

DEFINITIONS: Final = """<definitions id="D" targetNamespace="urn:t"
  xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:bx="urn:bpmn-xml:1.0">"""
"""The tag of the root, with the namespaces of BPMN and our own."""

CAMUNDA_DEFINITIONS: Final = (
    DEFINITIONS[:-1]
    + """
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">"""
)
"""The same with the namespaces of Camunda, which says that the file is one of Camunda's."""


def flows(*chains: str) -> str:
    """Sequence flows along chains of ids.

    >>> flows("a b")
    '<sequenceFlow id="a-b" sourceRef="a" targetRef="b"/>'
    """
    return "".join(
        f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'
        for chain in chains
        for source, target in pairwise(chain.split())
    )
