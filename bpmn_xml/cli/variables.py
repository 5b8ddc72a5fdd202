"""Variables from the command line: `--var name=value` and `--vars file.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bpmn_xml.errors import StoreError, UsageError


def variables_of(pairs: Iterable[str], file: str | None) -> dict[str, Any]:
    """All variables; those of pairs come after, and over, those of the file.

    >>> variables_of(["n=3", "name=Ada", 'list=[1, "x"]'], None)
    {'n': 3, 'name': 'Ada', 'list': [1, 'x']}

    Raises:
        UsageError: a pair has no name, or the file holds no object.
        StoreError: the file cannot be read.
    """
    variables = _read(Path(file)) if file else {}
    for pair in pairs:
        name, separator, text = pair.partition("=")
        if not separator or not name:
            raise UsageError(f"--var {pair}", remedy="write it as NAME=VALUE")
        variables[name] = _value(text)
    return variables


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}", remedy="write an object") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path} holds no JSON object", remedy='write {"name": value}')
    return content
