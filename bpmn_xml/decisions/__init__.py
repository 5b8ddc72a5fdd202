"""Decisions as DMN draws them: tables, formulas and functions that require each other.

>>> from bpmn_xml.decisions import BoxedText, Decision, DecisionModel, InputData
>>> from bpmn_xml.decisions import Requirement, decide
>>> model = DecisionModel(elements=(
...     InputData(id="n", name="n"),
...     Decision(id="d", name="d", logic=BoxedText(text="2 * n"), requires=(Requirement("n"),)),
... ))
>>> decide(model, "d", {"n": 21}).value
42
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bpmn_xml.decisions.compiled import Decided, Decisions
from bpmn_xml.decisions.run import Matched, TableMatch
from bpmn_xml.decisions.values import (
    BoxedText,
    Decision,
    DecisionModel,
    InputData,
    Requirement,
)

__all__ = [
    "BoxedText",
    "Decided",
    "Decision",
    "DecisionModel",
    "Decisions",
    "InputData",
    "Matched",
    "Requirement",
    "TableMatch",
    "decide",
]


def decide(
    models: DecisionModel | Iterable[DecisionModel],
    decision: str = "",
    variables: Mapping[str, Any] | None = None,
) -> Decided:
    """Evaluate one decision of models that were read, with all that it requires.

    `formats.decide.decide` takes paths and bytes as well, and says what is given and raised.
    """
    known = (models,) if isinstance(models, DecisionModel) else models
    return Decisions(known).decide(decision, {} if variables is None else variables)
