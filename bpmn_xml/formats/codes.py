"""The codes of findings about files: stable, one title each. `check` and the docs list them."""

from __future__ import annotations

from typing import Final

NOT_TEXT: Final = "BX001"
NOT_XML: Final = "BX002"
DOCTYPE: Final = "BX003"
NOT_BPMN: Final = "BX004"
TOO_MUCH: Final = "BX005"
WRONG_VALUE: Final = "BX010"
MISSING_NUMBER: Final = "BX011"
REPEATED: Final = "BX012"
AMBIGUOUS: Final = "BX013"
UNKNOWN_ELEMENT: Final = "BX020"
UNKNOWN_ATTRIBUTE: Final = "BX021"
MISSING: Final = "BX022"
SAME_ID: Final = "BX023"
DANGLING: Final = "BX024"
MADE_UP_ID: Final = "BX025"
STRAY_TEXT: Final = "BX026"
LAX_VALUE: Final = "BX027"
OLD_NAMESPACE: Final = "BX028"
LAX_ENCODING: Final = "BX029"
NOT_KEPT: Final = "BX030"
NOT_DMN: Final = "BX031"
UNEVEN: Final = "BX032"

TITLES: Final = {
    NOT_TEXT: "The bytes are not in the encoding that the file declares",
    NOT_XML: "The file is not well-formed XML",
    DOCTYPE: "The file has a document type declaration",
    NOT_BPMN: "The file is something else than BPMN 2.0",
    TOO_MUCH: "The file exceeds a limit",
    WRONG_VALUE: "An attribute or element has a value that is not of its type",
    MISSING_NUMBER: "A number that cannot be guessed is missing",
    REPEATED: "An element stands more often than it may",
    AMBIGUOUS: "A reference could mean several elements with the same id",
    UNKNOWN_ELEMENT: "An element is unknown to BPMN at its place; it is kept without effect",
    UNKNOWN_ATTRIBUTE: "An attribute is unknown to BPMN; it is kept without effect",
    MISSING: "A required attribute or element is missing",
    SAME_ID: "Several elements have the same id",
    DANGLING: "A reference leads nowhere",
    MADE_UP_ID: "An element has no id; one was made up",
    STRAY_TEXT: "Text stands where only elements may stand; it is dropped",
    LAX_VALUE: "A value is misspelled in a way that leaves no doubt what it means",
    OLD_NAMESPACE: "The file uses a namespace of a draft of BPMN 2.0",
    LAX_ENCODING: "The encoding is not the declared one, but leaves no doubt",
    NOT_KEPT: "An attribute stands where none may stand; it is dropped",
    NOT_DMN: "The file is something else than DMN",
    UNEVEN: "A decision table or relation has not a cell for each column",
}
"""The title of each code."""

REMEDIES: Final = {
    NOT_TEXT: "save the file as UTF-8, or declare the encoding that it has",
    NOT_XML: "see what stands at this place",
    DOCTYPE: "remove it: BPMN needs none, and it can hide attacks",
    NOT_BPMN: "give a file in BPMN 2.0 XML",
    TOO_MUCH: "raise the limit if you trust the file",
    WRONG_VALUE: "correct the value",
    MISSING_NUMBER: "add it",
    REPEATED: "keep one of them",
    AMBIGUOUS: "give each its own id",
    UNKNOWN_ELEMENT: "remove it, or put it into extensionElements",
    UNKNOWN_ATTRIBUTE: "remove it, or give it a namespace of its own",
    MISSING: "add it",
    SAME_ID: "give each its own id",
    DANGLING: "add what it refers to, or remove it",
    MADE_UP_ID: "give it an id",
    STRAY_TEXT: "put it into a documentation element",
    LAX_VALUE: "write it as it is read",
    OLD_NAMESPACE: "write the file anew with `bpmn-xml convert`",
    LAX_ENCODING: "declare the encoding that the file has",
    NOT_KEPT: "remove it",
    NOT_DMN: "give a file in DMN XML",
    UNEVEN: "give each row a cell for each column",
}
"""What to do about each code, where the finding itself says nothing better."""


WANTED: Final = {NOT_BPMN: "BPMN 2.0", NOT_DMN: "DMN 1.1 to 1.5"}
"""What was wanted, by the code that says that the file is something else."""
