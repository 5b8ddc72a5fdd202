"""The namespaces that BPMN 2.0 files are made of, by the prefix that the vocabulary gives them."""

from __future__ import annotations

from typing import Final

NAMESPACES: Final = {
    "": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
"""The namespaces of the vocabulary by the prefix that tags are written with."""

MODEL: Final = NAMESPACES[""]

DRAFTS: Final = {
    "http://schema.omg.org/spec/BPMN/2.0": "",
    "http://www.omg.org/bpmn20": "",
    "http://www.omg.org/spec/BPMN/2.0": "",
    "http://www.omg.org/spec/BPMN/2.0/": "",
    "http://www.omg.org/spec/BPMN/20100501/MODEL": "",
    "http://www.omg.org/spec/BPMN/20100501/DI": "bpmndi",
    "http://www.omg.org/spec/DD/20100501/DC": "dc",
    "http://www.omg.org/spec/DD/20100501/DI": "di",
}
"""Namespaces of drafts of BPMN 2.0, which early tools wrote, by today's prefix."""

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XML: Final = "http://www.w3.org/XML/1998/namespace"
