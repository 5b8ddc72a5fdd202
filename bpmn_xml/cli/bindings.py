"""Write the first Python for a drawing: a module of functions, and the table that binds them."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

from bpmn_xml.cli.complaints import complain, say
from bpmn_xml.cli.loading import load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.words import amount
from bpmn_xml.cli.writing import write_out
from bpmn_xml.errors import CheckError, Severity, StoreError

DESCRIPTION: Final = """Write the first Python for a drawing.

Makes a module with one function for each task that needs Python, and bindings.toml, which says
which function does what. The functions do nothing yet.
"""

EXAMPLES: Final = """  bpmn-xml bindings order.bpmn
  bpmn-xml bindings order.bpmn -o work --process Order
"""

TABLE: Final = "bindings.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn")
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", help="where to write them; beside FILE by default"
    )
    parser.add_argument("--process", metavar="ID", default="", help="the process they are for")
    parser.add_argument("--force", action="store_true", help="overwrite what is there")


def execute(arguments: argparse.Namespace) -> int:
    """Write both files, or none."""
    from bpmn_xml.check.skeleton import skeleton
    from bpmn_xml.compiler.compile import analyse
    from bpmn_xml.compiler.options import Options

    file = load(arguments.file)
    folder = Path(arguments.output) if arguments.output else file.path.parent
    name = module_name(file.path.stem)
    targets = (folder / f"{name}.py", folder / TABLE)
    program, findings = analyse([file.definitions], Options(process=arguments.process, stub=True))
    if program is None:
        raise CheckError(found for found in findings if found.severity is Severity.ERROR)
    complain(found for found in findings if found.severity is Severity.WARNING)
    made = skeleton(program, file.definitions, name)
    if not made.tasks:
        say("note", "no task needs Python that is not named already")
        return Exit.COMPLETED
    _prepare(folder, targets, force=arguments.force)
    for target, text in zip(targets, (made.module, made.table), strict=True):
        write_out(str(target), text.encode())
    say("note", f"wrote {targets[0]} for {amount(len(made.tasks), 'task')}, and {targets[1]}")
    if arguments.output and folder.resolve() != file.path.parent.resolve():
        say("note", f"run it with --path {folder} --bindings {targets[1]}")
    return Exit.COMPLETED


def module_name(stem: str) -> str:
    """A name for a module beside a file.

    >>> module_name("order"), module_name("My process 2"), module_name("1st")
    ('order', 'My_process_2', 'tasks_1st')
    """
    word = re.sub(r"\W+", "_", stem, flags=re.ASCII).strip("_")
    return word if word.isidentifier() else f"tasks_{word}".rstrip("_")


def _prepare(folder: Path, targets: tuple[Path, ...], *, force: bool) -> None:
    """Make the folder, and see that nothing is overwritten that should not be."""
    there = [str(target) for target in targets if target.exists()]
    if there and not force:
        raise StoreError(f"{' and '.join(there)} would be overwritten: say so with --force")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make {folder}: {error.strerror or error}") from error
