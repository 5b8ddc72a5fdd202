"""What nobody else will hear of is written to the log."""

from __future__ import annotations

import logging
from typing import Final

LOG: Final = logging.getLogger("bpmn_xml.runtime")


def note(message: str, error: BaseException) -> None:
    """Write down a fault, with its traceback."""
    LOG.error(message, exc_info=error)
