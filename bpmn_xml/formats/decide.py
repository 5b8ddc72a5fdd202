"""Evaluate decisions that are still in their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any, cast

from bpmn_xml import decisions
from bpmn_xml.decisions import Decided, DecisionModel
from bpmn_xml.errors import UsageError
from bpmn_xml.formats.registry import read_decisions

Source = DecisionModel | str | PathLike[str] | bytes
"""What `read_decisions` gave, a path, or the bytes of a file."""


def decide(
    models: Source | Iterable[Source],
    decision: str | Mapping[str, Any] = "",
    variables: Mapping[str, Any] | None = None,
) -> Decided:
    """Evaluate one decision of a file, with all that it requires.

    As in `decide("risk.dmn", "risk", {"income": 3000})`; of the one decision that no other
    requires, `decide("risk.dmn", {"income": 3000})` will do.

    Args:
        models: a path, the bytes of a file, or what `read_decisions` gave; several if one imports
            another.
        decision: its id or name, or that of a decision service; may be left out where all others
            are required by one.
        variables: the input data, by name.

    Returns:
        Its `value`; the rules that matched (`matches`); why values are missing (`problems`).

    Raises:
        UsageError: there is no such decision, or its name is no text.
        CheckError: something is wrong with what it is made of; all findings at once.
        ExpressionError: it takes too many steps.
        ReadError, StoreError: a file cannot be read.
    """
    if isinstance(decision, Mapping) and variables is None:
        return decide(models, variables=decision)
    if not isinstance(decision, str):
        what = f"a decision is named by a text, not by a {type(decision).__name__}"
        raise UsageError(what, remedy="give its id or name, and the input data as variables={...}")
    single = isinstance(models, DecisionModel | str | PathLike | bytes)
    given = cast("Iterable[Source]", (models,) if single else models)
    read = [one if isinstance(one, DecisionModel) else read_decisions(one) for one in given]
    return decisions.decide(read, decision, variables)
