"""Options of the verbs that look for Python: where it may come from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_binding_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--path`, `--allow-import` and `--bindings`."""
    group = parser.add_argument_group("where Python may come from, beside the diagram's folder")
    group.add_argument(
        "--path", action="append", default=[], metavar="FOLDER", help="modules in this folder"
    )
    group.add_argument(
        "--allow-import", action="append", default=[], metavar="MODULE", help="an installed module"
    )
    group.add_argument(
        "--bindings", metavar="FILE", help='a TOML file of lines name = "python:module:function"'
    )


def sources_of(asked: argparse.Namespace) -> dict[str, Any]:
    """The same as options of an engine; `bindings.toml` beside a diagram is found by itself."""
    found: dict[str, Any] = {"folders": asked.path, "allow_imports": asked.allow_import}
    beside = [Path(file).parent / "bindings.toml" for file in asked.files]
    table = asked.bindings or next((path for path in beside if path.is_file()), None)
    if table is not None:
        found["bindings"] = Path(table)
    return found
