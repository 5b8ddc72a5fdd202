"""Write the first Python for drawings: modules of functions, and the table that binds them."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.cli.complaints import complain, say
from bpmn_xml.cli.loading import Loaded, load_all
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import make_folder, write_out
from bpmn_xml.errors import CheckError, Severity, StoreError, UsageError
from bpmn_xml.formats.files import reason
from bpmn_xml.wording import amount, label

if TYPE_CHECKING:
    from bpmn_xml.runtime.binding.skeleton import Skeleton

DESCRIPTION: Final = """Write the first Python for drawings.

Makes for each drawing a module with one function for each task that needs Python, and lines of
bindings.toml, which say which function does what. The functions do nothing yet, which their
docstrings say, and run and check tell until you delete that line. What is there is kept: when tasks
have come to the drawing, their functions and lines are added.

The Python of a task is looked for in this order:
  implementation="python:module:Class.method" or bx:binding, which a drawing says itself
  handlers and workers that you give, by the task's name for its work (implementation, topic,
    class, delegate, job type) or by its id
  bindings.toml beside the drawing: check-stock = "python:shop.stock:check"
  functions registered with @bpmn_xml.task("check-stock")
  the module that is called like the drawing, and --module: there check-stock, "Check stock" and
    org.acme.CheckStock all mean check_stock
Conditions and parameters that call Python, read what only Java has, or are scripts in a language
that is not run, are bound as well: by the flow's id, or as task.parameter.
"""

EXAMPLES: Final = """  bpmn-xml bindings order.bpmn
  bpmn-xml bindings order.bpmn payment.bpmn
  bpmn-xml bindings order.bpmn -o work --process Order
"""

TABLE: Final = "bindings.toml"
NOTHING: Final = "nothing to write: the drawing or bindings.toml names the Python of {}"
UNREADABLE: Final = "mend it, so that functions can be added, or write it anew with --force"


class BindingLines(msgspec.Struct):
    """A file of bindings: what it says, and its text with the lines that are added."""

    known: dict[str, str]
    text: str
    added: int = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a .bpmn")
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", help="where to write them; beside each FILE by default"
    )
    parser.add_argument("--process", metavar="ID", default="", help="the process they are for")
    parser.add_argument("--force", action="store_true", help="write modules anew that are there")


def execute(arguments: argparse.Namespace) -> int:
    """Write all files, or none."""
    from bpmn_xml.runtime.binding.naming import module_name

    files = load_all(arguments.files)
    modules: dict[Path, Skeleton] = {}
    tables: dict[Path, BindingLines] = {}
    notes: list[str] = []
    computed = False
    for file in files:
        folder = Path(arguments.output) if arguments.output else file.path.parent
        target = folder / f"{module_name(file.path.stem)}.py"
        if target in modules:
            raise StoreError(f"{target} would be written for two drawings: give one of them")
        table = tables.get(folder / TABLE) or _read(folder / TABLE)
        tables[folder / TABLE] = table
        before = dict(table.known)
        made = _made(file, files, arguments.process, table)
        computed |= bool(made.computed)
        _tell_shared(file, module_name(file.path.stem), before)
        if made.tasks:
            modules[target] = made
    texts = dict(_texts(modules, notes, anew=arguments.force))
    if not texts and not any(table.added for table in tables.values()):
        say("note", NOTHING.format("each other task" if computed else "each task"))
        return Exit.COMPLETED
    for folder in {target.parent for target in (*texts, *tables)}:
        make_folder(folder)
    for target, text in texts.items():
        write_out(str(target), text.encode())
    for target, table in tables.items():
        if table.added:
            write_out(str(target), table.text.encode())
            notes.append(f"{target} with {amount(table.added, 'new line')}")
    say("note", f"wrote {', '.join(notes)}")
    made_in = Path(arguments.output or "")
    if arguments.output and any(not made_in.samefile(file.path.parent) for file in files):
        say("note", f"run it with --path {made_in} --bindings {made_in / TABLE}")
    return Exit.COMPLETED


def _texts(
    modules: Mapping[Path, Skeleton], notes: list[str], *, anew: bool
) -> Iterator[tuple[Path, str]]:
    """The modules that have to be written, with their text; the notes get what is in them."""
    for target, made in modules.items():
        if anew or not target.exists():
            notes.append(f"{target} for {amount(len(made.tasks), 'task')}")
            yield target, made.module
            continue
        text, added = _with_functions(target, made)
        if added:
            notes.append(f"{amount(added, 'further function')} in {target}")
            yield target, text


def _tell_shared(file: Loaded, module: str, known: Mapping[str, str]) -> None:
    """Say which tasks get the Python of another drawing because they share its id."""
    from bpmn_xml.model import Activity
    from bpmn_xml.model.walk import by_id
    from bpmn_xml.runtime.binding.naming import module_name

    ids = by_id(file.definitions, Activity)
    drawings = {module_name(path.stem) for path in file.path.parent.glob("*.bpmn")} - {module}
    for id_, python in known.items():
        if id_ in ids and drawings.intersection(python.split(":")[1:2]):
            task = f"{file.path}: {label(id_, ids[id_].name or '')}"
            say("note", f"{task} shares its id with a task that is bound to {python}, so does that")


def _made(file: Loaded, files: Sequence[Loaded], process: str, table: BindingLines) -> Skeleton:
    """The module of a file; the table gets the lines of its tasks."""
    from bpmn_xml.check.checking import called_files
    from bpmn_xml.compiler.compile import analyse
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.runtime.binding.naming import module_name
    from bpmn_xml.runtime.binding.skeleton import skeleton

    others = [other.definitions for other in files if other is not file]
    models = [file.definitions, *called_files(file.definitions, others)]
    program, findings = analyse(models, Options(process=process))
    if program is None:  # of what cannot be run yet, Python may be written all the same
        program, findings = analyse(models, Options(process=process, stub=True))
    if program is None:
        raise CheckError(found for found in findings if found.severity is Severity.ERROR)
    complain(found for found in findings if found.severity is Severity.WARNING)
    made = skeleton(program, file.definitions, module_name(file.path.stem), table.known)
    for task, text in made.computed.items():
        what = f"the name of its Python is computed when it comes, by {text}: nothing is written"
        say("note", f"{file.path}: {task}: {what}")
    lines = [f"{json.dumps(name)} = {json.dumps(python)}\n" for name, python in made.table.items()]
    table.known |= made.table
    table.added += len(lines)
    table.text = with_lines(table.text, "".join(lines))
    return made


def with_lines(text: str, lines: str) -> str:
    r"""The text of a table with further lines: at its end, or ahead of its first section.

    >>> with_lines('a = "python:m:a"', 'b = "python:m:b"\n')
    'a = "python:m:a"\nb = "python:m:b"\n'
    >>> with_lines('[org]\na = "python:m:a"\n', 'b = "python:m:b"\n')
    'b = "python:m:b"\n[org]\na = "python:m:a"\n'
    """
    if re.search(r"^\s*\[", text, re.MULTILINE):
        return lines + text
    return f"{text}\n{lines}" if text and not text.endswith("\n") else text + lines


def _read(path: Path) -> BindingLines:
    """Read the names that the table binds already."""
    from bpmn_xml.runtime.binding.table import read_table

    try:
        if not path.exists():
            return BindingLines({}, "")
        return BindingLines(read_table(path), path.read_bytes().decode())
    except OSError as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error


def _with_functions(path: Path, made: Skeleton) -> tuple[str, int]:
    """A module that is there with the functions that it lacks, and how many these are."""
    try:
        return made.added_to(path.read_text("utf-8"))
    except OSError as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error
    except SyntaxError as error:
        raise UsageError(f"{path}:{error.lineno or 1}: {error.msg}", remedy=UNREADABLE) from error
    except ValueError as error:  # not UTF-8, or a zero byte
        raise UsageError(f"{path} is no Python: {error}", remedy=UNREADABLE) from error
