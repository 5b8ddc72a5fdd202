"""Namespaces of vendors stand in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import bpmn_xml
from bpmn_xml.model import vendors

NAMESPACES = {
    value for name, value in vars(vendors).items() if name.isupper() and isinstance(value, str)
}
SOURCES = sorted(Path(bpmn_xml.__file__).parent.rglob("*.py"))


def test_nobody_else_writes_them() -> None:
    texts = {path: path.read_text("utf-8") for path in SOURCES}
    naming = {
        path.name
        for path, text in texts.items()
        if any(namespace in text for namespace in NAMESPACES)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and node.value in NAMESPACES
    }
    assert naming == {"vendors.py"}
