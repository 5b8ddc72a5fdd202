"""The codes of findings about decisions: stable, one title each."""

from __future__ import annotations

from typing import Final

EXPRESSION: Final = "BX501"
DANGLING: Final = "BX502"
CYCLE: Final = "BX503"
TYPE: Final = "BX504"
TABLE: Final = "BX505"
IMPORT: Final = "BX506"
UNKNOWN_NAME: Final = "BX507"
NO_FUNCTION: Final = "BX508"
NEVER: Final = "BX509"

TITLES: Final = {
    EXPRESSION: "An expression of a decision cannot be read",
    DANGLING: "A decision requires what is not there",
    CYCLE: "Decisions require each other in a circle",
    TYPE: "A type is not known",
    TABLE: "A decision table contradicts itself",
    IMPORT: "A model is imported that was not given",
    UNKNOWN_NAME: "A decision table asks for a name that nothing in its model gives",
    NO_FUNCTION: "A decision table calls a function that there is not",
    NEVER: "A cell of a decision table holds for no value",
}
"""The title of each code."""

REMEDIES: Final = {
    EXPRESSION: "correct the expression: bpmn-xml eval tries one",
    DANGLING: "draw what it requires, or remove the requirement",
    CYCLE: "let one of them do without the other",
    TYPE: "name a type of FEEL, or define it in the model",
    TABLE: "change the rules that overlap, or the hit policy",
    IMPORT: "give the file that is imported, too",
    UNKNOWN_NAME: "correct the name, or put a text in quotes; "
    "nothing, if the process has that variable",
    NO_FUNCTION: "correct the name of the function",
    NEVER: "write a range or a list of tests instead of joining them by a word",
}
"""What to do about each in general."""
