"""Files become models and models files. Formats are found by suffix and content.

>>> read("order.bpm")
Traceback (most recent call last):
    ...
bpmn_xml.errors.StoreError: cannot read order.bpm: No such file or directory
"""

from __future__ import annotations

from bpmn_xml.formats.limits import DEFAULT_LIMITS, Limits
from bpmn_xml.formats.registry import (
    FORMATS,
    Format,
    detect,
    inspect,
    read,
    read_decisions,
    read_with_findings,
    write,
)

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "Format",
    "Limits",
    "detect",
    "inspect",
    "read",
    "read_decisions",
    "read_with_findings",
    "write",
]
