"""Who brings the command that a thread applies: itself, or whoever left it in a mailbox.

An answer is brought by the thread that ran the call. If the instance is busy just then, another
thread takes the answer out of the mailbox and applies it in the bringer's name.
"""

from __future__ import annotations

import threading
from typing import Final

PREFIX: Final = "bpmn-xml-"
"""What the names of an engine's own threads begin with."""


class _ThreadName(threading.local):
    """Per thread, in whose name it works: `worker-3`, `loop`; empty for threads of others."""

    def __init__(self) -> None:
        name = threading.current_thread().name
        self.name = name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""


THREAD: Final = _ThreadName()
