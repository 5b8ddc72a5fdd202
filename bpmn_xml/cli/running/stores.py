"""Data stores in files of JSON: read before a run begins, written when it is over (10.4.1)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Final

from bpmn_xml.cli.result import json_text
from bpmn_xml.cli.variables import read_variables
from bpmn_xml.cli.writing import check_writable, write_out
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.stores import Stores
from bpmn_xml.wording import listed, suggest

NO_STORES: Final = "leave it out: what is run uses no data store"


class StoreFiles:
    """The data stores that a command line names, each with its file.

    Attributes:
        stores: their content by name, which the run changes; it adds those that have no file.

    Raises:
        StoreError: a file cannot be read, or could not be written later.
        ReadError: a file is no JSON object.
    """

    def __init__(self, arguments: argparse.Namespace, sources: Sequence[Path]) -> None:
        self._files = dict(arguments.store)
        for file in self._files.values():
            check_writable(file, *sources)
        self.stores: Stores = {
            name: read_variables(file) if Path(file).exists() else {}
            for name, file in self._files.items()
        }
        self._before = deepcopy(self.stores)

    def check(self, program: Program) -> None:
        """Say which of them the program has not.

        Raises:
            UsageError: it has no such store.
        """
        works = [node.work for node in program.nodes if node.work is not None]
        known = sorted({work.store.store for work in works if work.store is not None})
        for name in self._files:
            if name not in known:
                remedy = suggest(name, known, f"use {listed(known, 'or')}" if known else NO_STORES)
                raise UsageError(f"there is no data store {name!r} in use", remedy=remedy)

    def keep(self) -> None:
        """Write those that have changed.

        Raises:
            StoreError: one cannot be written.
        """
        for name, file in self._files.items():
            content = self.stores[name]
            if content != self._before[name] or not Path(file).exists():
                text = json_text(content, indent=2)
                write_out(file, text.encode() + b"\n")
