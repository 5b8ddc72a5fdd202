"""The safe subset of Python, as a language of the table."""

from __future__ import annotations

from typing import Final

from bpmn_xml.expressions.closures import Language
from bpmn_xml.expressions.python.functions import FUNCTIONS
from bpmn_xml.expressions.python.grammar import parse
from bpmn_xml.expressions.python.operators import BINARY, UNARY, item_of, member_of
from bpmn_xml.expressions.rows import ROWS

LANGUAGE: Final = Language(
    name="python",
    parse=parse,
    enter=lambda _, run: run,
    binary=BINARY,
    unary=UNARY,
    member=member_of,
    index=item_of,
    functions=FUNCTIONS,
    rows=ROWS,
)
