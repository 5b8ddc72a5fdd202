"""Every reason for which a diagram is refused or remarked on before its first step.

Codes are stable: a script may look for them. `BX1xx` are the gate's; they are about running, not
about conformance to the letter of the standard.
"""

from __future__ import annotations

from typing import Final

ELEMENT: Final = "BX101"
EVENT: Final = "BX102"
ATTRIBUTE: Final = "BX103"
DATA: Final = "BX104"
EXTENSION: Final = "BX105"
UNDERSTOOD: Final = "BX106"
DRAWN: Final = "BX107"
NO_EXPRESSION: Final = "BX110"
LANGUAGE: Final = "BX111"
CHOICE: Final = "BX112"
NOT_ASKED: Final = "BX113"
NEVER_TAKEN: Final = "BX114"
ASSUMED: Final = "BX115"
LOOSE_FLOW: Final = "BX120"
BORDER: Final = "BX121"
DIRECTION: Final = "BX122"
HOST: Final = "BX123"
DEFAULT: Final = "BX124"
SAME_ID: Final = "BX125"
NO_BEGIN: Final = "BX126"
NEVER_JOINED: Final = "BX127"
NEVER_REACHED: Final = "BX128"
MANY_BEGINS: Final = "BX129"
NOTHING: Final = "BX130"
NO_PROCESS: Final = "BX131"
LEFT_OUT: Final = "BX132"
CALLED: Final = "BX133"
LINK: Final = "BX134"
HANDLER: Final = "BX135"
SCRIPT: Final = "BX140"
NO_SCRIPT: Final = "BX141"
NEVER_TOGETHER: Final = "BX150"
READ_TWICE: Final = "BX151"
ONE_RESULT: Final = "BX152"
VALUE: Final = "BX160"
NO_EFFECT: Final = "BX161"
ALLOWED: Final = "BX163"
NO_FORM: Final = "BX164"

STUBBED: Final = frozenset({DATA, EXTENSION, SCRIPT, NO_SCRIPT, CALLED})
"""What a stub run leaves out, with a note: without real work there is no real data."""
