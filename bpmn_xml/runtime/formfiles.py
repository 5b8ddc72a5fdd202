"""Find the forms that stand beside drawings: `review.form` beside `order.bpmn`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from bpmn_xml.compiler.elements.people.forms import LARGEST
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import StoreError
from bpmn_xml.formats.files import files_of, is_file, reason

MOST: Final = 500
"""How many forms of a folder are read."""


def with_forms(options: Options, drawings: Iterable[str]) -> Options:
    """The options with the forms beside these files, unless they have some already.

    Raises:
        StoreError: a form cannot be read.
    """
    if options.forms:
        return options
    forms: dict[str, str] = {}
    files = [path for drawing in drawings if is_file(path := Path(drawing))]
    for folder in dict.fromkeys(path.parent for path in files):
        for path in files_of(folder, "*.form")[:MOST]:
            text = _text(path)
            forms.setdefault(path.stem, text)
            forms.setdefault(_id(text), text)
    return msgspec.structs.replace(options, forms=forms) if forms else options


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error


def _id(text: str) -> str:
    """The id that a form gives itself; empty if it is none, which the compiler says."""
    try:
        form = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return str(form.get("id") or "") if isinstance(form, dict) else ""
