"""Every reason for which a binding is refused. Codes are stable: a script may look for them."""

from __future__ import annotations

from typing import Final

from bpmn_xml.errors import UsageError

UNBOUND: Final = "BX201"
NOT_ALLOWED: Final = "BX202"
NOT_IMPORTED: Final = "BX203"
NO_SUCH_NAME: Final = "BX204"
DEFINED_ELSEWHERE: Final = "BX205"
NOT_CALLABLE: Final = "BX206"
SHADOWS_STANDARD: Final = "BX207"
MALFORMED: Final = "BX208"
BAD_TABLE: Final = "BX209"
IDLE_LINE: Final = "BX210"
UNASKED: Final = "BX211"
SHARED_ID: Final = "BX212"
NOT_AGAIN: Final = "BX213"
UNWRITTEN: Final = "BX214"


class RefusedError(UsageError):
    """What a drawing names is no Python that it may use: one of these codes, why, what to do."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        self.code = code
        super().__init__(message)
        self.remedy = remedy
