"""Logging as a file configures it (`fileConfig`), with its handlers behind a queue.

So a handler that writes to a slow disk or network never holds up a task. `fileConfig` evaluates
what the file says as Python: here it may name handlers of `logging` and plain values only.
"""

from __future__ import annotations

import ast
import configparser
import contextlib
import logging
import logging.config
import logging.handlers
import queue
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Final

from bpmn_xml.errors import StoreError, UsageError
from bpmn_xml.formats.files import is_file
from bpmn_xml.wording import quoted

LARGEST: Final = 1_000_000
"""Bytes of such a file."""

LONGEST: Final = 10_000
"""Letters of one of its values that is Python."""

EVALUATED: Final = ("args", "kwargs", "defaults")
"""What `fileConfig` evaluates."""

STREAMS: Final = ("sys.stdout", "sys.stderr")
LITERALS: Final = (ast.Expression, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Constant, ast.Load)
NUMERIC: Final = (ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.USub, ast.UAdd)


@contextlib.contextmanager
def configured(file: str, allowed: Sequence[str] = ()) -> Iterator[None]:
    """Log as the file says, until the end of the block; what was logged is written by then.

    Args:
        file: its path.
        allowed: prefixes of modules of which it may name classes.

    Raises:
        StoreError: there is no such file.
        UsageError: it cannot be used.
    """
    if not is_file(file):
        raise StoreError(f"cannot read {file}: there is no such file")
    try:
        with Path(file).open(encoding="utf-8") as opened:
            parser = checked(opened.read(LARGEST + 1), allowed)
        logging.config.fileConfig(parser, disable_existing_loggers=False)
    except UsageError as error:
        raise UsageError(f"cannot log as {file} says: {error}", remedy=error.remedy) from error
    except Exception as error:
        what = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
        remedy = "see logging.config.fileConfig in Python's documentation"
        raise UsageError(f"cannot log as {file} says: {what}", remedy=remedy) from error
    with contextlib.ExitStack() as stack:
        for logger in _with_handlers():
            stack.enter_context(_behind_queue(logger))
        yield


def checked(text: str, allowed: Sequence[str] = ()) -> configparser.ConfigParser:
    """Parse a configuration, and see that it executes nothing.

    Raises:
        UsageError: it names what is no handler or formatter, or its arguments are no plain values.
        configparser.Error: it is no configuration.
    """
    if len(text) > LARGEST:
        raise UsageError(f"it has more than {LARGEST:,} bytes")
    parser = configparser.ConfigParser()
    parser.read_string(text)
    for section in parser.sections():
        for key in EVALUATED:
            value = parser.get(section, key, fallback="")
            if value and not is_plain(value):
                message = f"[{section}] {key}={quoted(value)} is more than plain values"
                raise UsageError(message, remedy="write texts, numbers, sys.stdout or sys.stderr")
        name = parser.get(section, "class", fallback="")
        if name and not is_of_logging(name) and not _is_allowed(name, allowed):
            top = name.partition(".")[0]
            remedy = (
                f"name a handler of logging, or allow yours: --allow-import {quoted(top)[1:-1]}"
            )
            raise UsageError(f"[{section}] {quoted(name)} is no class of logging", remedy=remedy)
    return parser


def is_plain(text: str) -> bool:
    """Whether a text of Python is only literals, streams and constants of `logging`.

    >>> is_plain("('a.log', 'a', 5 * 1024, DEBUG)"), is_plain("(open('a.log', 'w'),)")
    (True, False)
    """
    if len(text) > LONGEST:
        return False
    try:
        return _is_plain(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _is_plain(tree: ast.AST) -> bool:
    if isinstance(tree, ast.Name | ast.Attribute):
        return _is_constant(ast.unparse(tree))
    if isinstance(tree, NUMERIC):
        return all(_is_number(child) for child in ast.iter_child_nodes(tree))
    return isinstance(tree, LITERALS) and all(map(_is_plain, ast.iter_child_nodes(tree)))


def _is_number(tree: ast.AST) -> bool:
    if isinstance(tree, ast.Constant):
        return isinstance(tree.value, int | float)
    return isinstance(tree, NUMERIC) and all(map(_is_number, ast.iter_child_nodes(tree)))


def _is_constant(name: str) -> bool:
    """Whether a name is of a stream, or of a constant in `logging` or `logging.handlers`."""
    if name in STREAMS:
        return True
    try:
        return name.rpartition(".")[2].isupper() and isinstance(attrgetter(name)(logging), int)
    except AttributeError:
        return False


def is_of_logging(name: str) -> bool:
    """Whether a class is a handler or formatter of `logging`, or of `logging.handlers`.

    >>> is_of_logging("StreamHandler"), is_of_logging("handlers.SysLogHandler"), is_of_logging("os")
    (True, True, False)
    """
    module, _, cls = name.removeprefix("logging.").rpartition(".")
    if module not in ("", "handlers"):
        return False
    found = getattr(logging.handlers if module else logging, cls, None)
    return isinstance(found, type) and issubclass(found, logging.Handler | logging.Formatter)


def _is_allowed(name: str, prefixes: Sequence[str]) -> bool:
    dotted = all(part.isidentifier() for part in name.split("."))
    return dotted and any(name.startswith(f"{prefix}.") for prefix in prefixes)


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
