"""A legacy `logging.conf` for Python's logging; its handlers run in a thread of their own."""

from __future__ import annotations

import logging
import logging.config
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import QueueHandler, QueueListener
from pathlib import Path

from bpmn_xml.errors import UsageError


@contextmanager
def configured(path: Path) -> Iterator[None]:
    """Log as the file says until the block is left.

    Raises:
        UsageError: the file is no logging configuration.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}", remedy="name a logging.conf")
    try:
        logging.config.fileConfig(path, disable_existing_loggers=False)
    except Exception as error:  # fileConfig raises whatever its parts raise
        message = f"{path} is no logging configuration: {error}"
        raise UsageError(message, remedy="see the documentation of logging.config") from error
    root = logging.getLogger()
    waiting: queue.SimpleQueue[object] = queue.SimpleQueue()
    listener = QueueListener(waiting, *root.handlers, respect_handler_level=True)
    root.handlers = [QueueHandler(waiting)]
    listener.start()
    try:
        yield
    finally:
        listener.stop()
