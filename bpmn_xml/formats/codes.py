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


WANTED: Final = {NOT_BPMN: "BPMN 2.0", NOT_DMN: "DMN 1.1 to 1.5"}
"""What was wanted, by the code that says that the file is something else."""
