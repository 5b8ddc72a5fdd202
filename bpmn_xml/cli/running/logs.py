"""Logging as a file configures it (`fileConfig`), with its handlers behind a queue.

So a handler that writes to a slow disk or network never holds up a task.
"""

from __future__ import annotations

import contextlib
import logging
import logging.config
import logging.handlers
import queue
from collections.abc import Iterator

from bpmn_xml.errors import StoreError, UsageError
from bpmn_xml.formats.files import is_file


@contextlib.contextmanager
def configured(file: str) -> Iterator[None]:
    """Log as the file says, until the end of the block; what was logged is written by then.

    Raises:
        StoreError: there is no such file.
        UsageError: it cannot be used.
    """
    if not is_file(file):
        raise StoreError(f"cannot read {file}: there is no such file")
    try:
        logging.config.fileConfig(file, disable_existing_loggers=False, encoding="utf-8")
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        remedy = "see logging.config.fileConfig in Python's documentation"
        raise UsageError(f"cannot log as {file} says: {what}", remedy=remedy) from error
    with contextlib.ExitStack() as stack:
        for logger in _with_handlers():
            stack.enter_context(_behind_queue(logger))
        yield


def _with_handlers() -> list[logging.Logger]:
    named = logging.root.manager.loggerDict.values()
    every = [logging.root, *[logger for logger in named if isinstance(logger, logging.Logger)]]
    return [logger for logger in every if logger.handlers]


@contextlib.contextmanager
def _behind_queue(logger: logging.Logger) -> Iterator[None]:
    """Put a queue between a logger and its handlers."""
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handlers = logger.handlers[:]
    listener = logging.handlers.QueueListener(records, *handlers, respect_handler_level=True)
    logger.handlers = [logging.handlers.QueueHandler(records)]
    listener.start()
    try:
        yield
    finally:
        logger.handlers = handlers
        listener.stop()
        for handler in handlers:
            handler.flush()
