"""The element templates that are shipped: `schemas/element-templates/python-task.json`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bpmn_xml.runtime.binding.templates import as_text, general
from generators import SCHEMAS

TARGET: Final = SCHEMAS / "element-templates" / "python-task.json"


def files() -> dict[Path, str]:
    """Every file that is made, with its text."""
    return {TARGET: as_text(general())}
