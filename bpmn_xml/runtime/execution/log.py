"""What nobody else will hear of is written to the log."""

from __future__ import annotations

import logging
from typing import Final

LOG: Final = logging.getLogger("bpmn_xml.runtime")


def note(message: str, error: BaseException) -> None:
    """Write down a fault, with its traceback."""
    LOG.error(message, exc_info=error)


def lack(message: str, error: BaseException) -> None:
    """Say what the machine does not give; where that was asked for tells nothing."""
    LOG.warning("%s: %s", message, error)
