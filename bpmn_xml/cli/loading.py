"""Read the files that a verb is given, and the options that say how strictly to compile them."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from bpmn_xml.cli.arguments import pair, repeatable
from bpmn_xml.errors import Finding, ReadError, StoreError, UsageError
from bpmn_xml.wording import quoted

if TYPE_CHECKING:
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.decisions.values import DecisionModel
    from bpmn_xml.model import Definitions


T = TypeVar("T")

JSON_REMEDY: Final = "did you mean `run --answers` or `run --vars`? They take JSON"


class Loaded(msgspec.Struct, frozen=True):
    """A file that was read: its definitions, its warnings, and its SHA-256."""

    path: Path
    definitions: Definitions
    findings: tuple[Finding, ...]
    sha256: str


def load(path: str) -> Loaded:
    """Read one file.

    Raises:
        ReadError: it is not what its format promises.
        UsageError: it cannot be read, or its format is unknown, or JSON.
    """
    from bpmn_xml.formats import DEFAULT_LIMITS, read_with_findings
    from bpmn_xml.formats.files import read_bytes
    from bpmn_xml.formats.missing import instead_of

    try:
        data = read_bytes(Path(path), DEFAULT_LIMITS)
    except StoreError as error:
        raise UsageError(str(error), remedy=instead_of(Path(path))) from error
    if Path(path).suffix.lower() == ".json":
        raise UsageError(f"{path} is JSON, not a diagram", remedy=JSON_REMEDY)
    try:
        definitions, findings = read_with_findings(data, name=path)
    except UsageError as error:
        raise UsageError(f"{path}: {error.what}", remedy=error.remedy) from error
    return Loaded(Path(path), definitions, findings, hashlib.sha256(data).hexdigest())


def load_all(paths: Sequence[str]) -> list[Loaded]:
    """Read files; the faults of all of them are raised at once.

    Raises:
        ReadError, UsageError: as `load`.
    """
    return _each(paths, load)


def _each(paths: Sequence[str], read: Callable[[str], T]) -> list[T]:
    """Read each file once, and all of them before the faults of any are raised."""
    found, faults = list[T](), list[Finding]()
    for path in dict.fromkeys(paths):
        try:
            found.append(read(path))
        except ReadError as error:
            faults += error.findings
    if faults:
        raise ReadError(faults)
    return found


def is_dmn(path: str) -> bool:
    """Return whether a file holds decisions, by its suffix.

    >>> is_dmn("rules.dmn"), is_dmn("order.bpmn")
    (True, False)
    """
    return path.lower().endswith(".dmn")


def load_decisions(paths: Sequence[str]) -> list[DecisionModel]:
    """Read decision models; the faults of all of them are raised at once.

    Raises:
        ReadError, StoreError: as `read_decisions`.
    """
    from bpmn_xml.formats import read_decisions

    return _each(paths, read_decisions)


def add_compiling(parser: argparse.ArgumentParser) -> None:
    """Declare the options that decide how diagrams are compiled and bound."""
    group = parser.add_argument_group("what may run")
    group.add_argument("--process", metavar="ID", default="", help="the process to run")
    group.add_argument(
        "--stub",
        action="store_true",
        help="complete tasks without Python at once; where conditions lack data take the default"
        " flow, else one that leads on",
    )
    group.add_argument(
        "--allow-scripts", action="store_true", help="run the scripts of script tasks"
    )
    what = "ignore this vendor extension, for example zeebe:name"
    repeatable(group, "--allow-unknown", "WORD", what)
    what = "take this flow at this gateway, whatever its conditions say"
    repeatable(group, "--choose", "GATEWAY=FLOW", what, pair)
    group.add_argument(
        "--bindings",
        metavar="FILE",
        help="names of tasks and their Python, as TOML; bindings.toml beside a file by default",
    )
    for source in SOURCES:
        repeatable(group, *source)


SOURCES: Final = (
    (
        "--workers-from",
        "MODULE:NAME",
        "take the workers of this ZeebeTaskRouter, or of this mapping from topics to functions",
    ),
    ("--path", "FOLDER", "import handlers from here too, beside the folders of the files"),
    ("--allow-import", "PREFIX", "let diagrams name installed modules that begin so"),
    ("--module", "NAME", "take handlers from this module; the one called like the file by default"),
)
"""Where Python may come from."""


def options_of(arguments: argparse.Namespace) -> Options:
    """Return the compiler options of a command line.

    Raises:
        UsageError: options contradict each other.
    """
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.runtime.formfiles import with_forms

    options = Options(
        process=arguments.process,
        stub=arguments.stub,
        choices=choices(arguments.choose),
        allow_scripts=arguments.allow_scripts,
        allow_unknown=frozenset(arguments.allow_unknown),
        catch_up=getattr(arguments, "catch_up", Options().catch_up),
    )
    return with_forms(options, arguments.files)


def choices(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return by gateway the flow that is chosen; one gateway cannot lead two ways."""
    found: dict[str, str] = {}
    for name, way in given:
        if found.setdefault(name, way) != way:
            what = f"--choose {name}: it cannot be both {quoted(found[name])} and {quoted(way)}"
            raise UsageError(what, remedy="choose one of them")
    return found


def bindings_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return where Python may be imported from, as options of an engine.

    Raises:
        UsageError: a folder does not exist.
    """
    for folder in arguments.path:
        if not Path(folder).is_dir():
            raise UsageError(f"--path {folder}: there is no such folder")
    table = {"bindings": Path(arguments.bindings)} if arguments.bindings else {}
    return {
        **table,
        "folders": [Path(folder) for folder in arguments.path],
        "allow_imports": arguments.allow_import,
        "modules": arguments.module,
        "workers_from": arguments.workers_from,
    }
