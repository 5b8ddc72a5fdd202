"""What a row of `EVOLVE` is: a function that applies a record of one type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpmn_xml.compiler.program import Program
from bpmn_xml.core.state import State

Evolve = Callable[[Program, State, Any], None]
