"""Whose words stand in files beside the standard's: the namespaces of engines and modelers."""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml.model.activities import CallActivity
from bpmn_xml.model.foundation import Element

BX: Final = "urn:bpmn-xml:1.0"
"""Our own extension."""

_NEARLY_OURS: Final = re.compile("bpmn[-_.]?xml", re.IGNORECASE)

CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
OPERATON: Final = "http://operaton.org/schema/1.0/bpmn"
ACTIVITI: Final = "http://activiti.org/bpmn"
FLOWABLE: Final = "http://flowable.org/bpmn"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
"""Of engines: Camunda 7 and its relatives, Camunda 8."""

MODELER: Final = "http://camunda.org/schema/modeler/1.0"
OPERATON_MODELER: Final = "http://operaton.org/schema/modeler/1.0"
BIOCOLOR: Final = "http://bpmn.io/schema/bpmn/biocolor/1.0"
COLOR: Final = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
"""Of what modelers note for themselves."""


def platform_of(definitions: Element, word: str = "executionPlatform") -> str | None:
    """What a modeler says of the engine that a file is drawn for; None where it says nothing."""
    said = (definitions.extension_attribute(one, word) for one in (MODELER, OPERATON_MODELER))
    return next((one for one in said if one is not None), None)


def is_nearly_ours(namespace: str) -> bool:
    """Whether a namespace has our name in it and is not ours, as of somebody who writes it by hand.

    >>> is_nearly_ours("urn:bpmnxml"), is_nearly_ours(BX), is_nearly_ours(CAMUNDA)
    (True, False, False)
    """
    return namespace != BX and _NEARLY_OURS.search(namespace) is not None


def called_by(call: CallActivity) -> str:
    """The id of what a call activity calls (10.3.3), or an expression that gives it.

    Camunda 8 says it by a word of its own. The namespace of another file is left out.

    >>> called_by(CallActivity(id="c", called_element="{urn:orders}pay"))
    'pay'
    """
    for word in call.extension_elements:
        if (word.namespace, word.name) == (ZEEBE, "calledElement"):
            computed, named = map(word.attribute, ("processIdExpression", "processId"))
            if computed or named:
                return f"= {computed}" if computed else named or ""
    name = call.called_element or ""
    return name.partition("}")[2] if name.startswith("{") else name
