r"""Scripts of script tasks, in the safe languages: lines of `name = expression`.

>>> run = compile_script("total = price * pieces\nvat = total * 0.19", "python")
>>> run({"price": 10, "pieces": 3})
{'total': 30, 'vat': 5.7}
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from typing import Final

from bpmn_xml import expressions
from bpmn_xml.compiler.program import Evaluate
from bpmn_xml.errors import ExpressionError

_ASSIGNMENT: Final = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)\s*(.+)", re.DOTALL)
_MAX_LINES: Final = 1000


def compile_script(text: str, language: str) -> Evaluate:
    """Make the function from variables to the variables that the script sets.

    Raises:
        ExpressionError: a line is neither an assignment nor an expression, or in an unknown
            language.
    """
    steps: list[tuple[str, Evaluate]] = []
    lines = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    if len(lines) > _MAX_LINES:
        raise ExpressionError(f"the script has more than {_MAX_LINES} lines", text=text[:80])
    for line in lines:
        assignment = _ASSIGNMENT.fullmatch(line)
        name, body = assignment.groups() if assignment else ("", line.strip())
        steps.append((name, expressions.compile(body.strip(), language).evaluate))

    def run(variables: Mapping[str, object]) -> dict[str, object]:
        written: dict[str, object] = {}
        seen = ChainMap(written, variables)  # type: ignore[arg-type] # it is only read
        for name, evaluate in steps:
            value = evaluate(seen)
            if name:
                written[name] = value
        return written

    return run
