"""Print what is wrong with diagrams, for people, as JSON or as SARIF."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.cli import loading
from bpmn_xml.cli.complaints import complain, say
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.tables import columns
from bpmn_xml.cli.words import fitted
from bpmn_xml.cli.writing import check_writable, make_folder
from bpmn_xml.errors import Finding, ReadError, Severity, UsageError
from bpmn_xml.formats.files import is_file
from bpmn_xml.wording import amount, printable

if TYPE_CHECKING:
    from bpmn_xml.runtime.binding.naming import Resolution

DESCRIPTION: Final = """Say what is wrong with diagrams; run nothing.

There are two kinds of findings. Codes that begin with BX say why a diagram cannot run: `run`
refuses it for the same reasons, except BX601 to BX606, which say what goes wrong while it runs.
Codes that begin with EXT (structural rules) and XSD (the schema) say where it does not conform to
BPMN 2.0, which does not prevent a run. `bpmn-xml explain CODE` says more.

A documentation that says `bpmn-xml: ignore EXT128 and why` silences a code for its element and what
is inside; `ignore = ["EXT128"]` in [tool.bpmn-xml] of pyproject.toml does for all files beside and
below it.

The exit code is 0 if there is no error (with --strict no warning either), else 1.
"""

EXAMPLES: Final = """  bpmn-xml check order.bpmn
  bpmn-xml check --for run order.bpmn
  bpmn-xml check --strict order.bpmn
  bpmn-xml check --words order.bpmn
  bpmn-xml check --fix order.bpmn
  bpmn-xml check --diagram findings.svg order.bpmn
  bpmn-xml check --witness . order.bpmn
  bpmn-xml check --sarif *.bpmn > findings.sarif
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a .bpmn, .dmn or .conf")
    parser.add_argument(
        "--for",
        dest="aim",
        choices=("run", "standard", "all"),
        default="all",
        help="check whether it can run, whether it conforms to the standard, or both (all)",
    )
    parser.add_argument(
        "--strict", action="store_true", help="let warnings count as errors in the exit code"
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--json",
        action="store_true",
        help="a list of objects: file, code, severity, line, column, id, name, message, remedy",
    )
    output.add_argument("--sarif", action="store_true", help="SARIF 2.1.0, for code review tools")
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what has one obvious fix: incoming and outgoing flows, "
        "unused namespaces, no drawing",
    )
    parser.add_argument(
        "--diagram", metavar="PICTURE", help="draw the findings on the diagram of one file"
    )
    parser.add_argument(
        "--witness",
        metavar="FOLDER",
        help="write a trace that leads to each soundness error, for `draw --trace`",
    )
    parser.add_argument(
        "--words",
        action="store_true",
        help="list the extensions of Camunda and others, and how each is treated",
    )
    loading.add_compiling(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Check every file."""
    from bpmn_xml.check.checking import check_files, failed
    from bpmn_xml.check.hiding import for_people

    files = list(dict.fromkeys(arguments.files))
    _check_picture(arguments.diagram, files)
    if arguments.witness:
        make_folder(Path(arguments.witness))
    found: dict[str, Sequence[Resolution]] = {}
    if arguments.fix:
        fix(files)
    findings = check_files(
        files,
        aim=arguments.aim,
        bound=found.__setitem__,
        options=loading.options_of(arguments),
        **loading.bindings_of(arguments),
    )
    if arguments.json:
        print(as_json(findings))
    elif arguments.sarif:
        from bpmn_xml.cli.sarif import as_sarif

        print(as_sarif(findings))
    else:
        complain(for_people(findings), sys.stdout, fold=arguments.aim != "standard")
        if not findings:
            print(f"{amount(len(files), 'file')}, no findings")
        for line in (*resolutions(found), *(word_lines(files) if arguments.words else ())):
            print(line)
    if arguments.diagram:
        _draw(files[0], findings, arguments.diagram)
    if arguments.witness:
        _write_witnesses(files, Path(arguments.witness))
    grave = (Severity.ERROR, *([Severity.WARNING] if arguments.strict else []))
    return Exit.FAILED if failed(findings, grave) else Exit.COMPLETED


def resolutions(found: Mapping[str, Sequence[Resolution]]) -> Iterator[str]:
    """List which Python does the work of which task, and how it was found."""
    for file, bound in found.items():
        if bound:
            yield f"{printable(file)}: what does the work of its tasks"
            rows = [(fitted(way.node, 40), fitted(way.python, 60), _why(way)) for way in bound]
            yield from (f"  {line}" for line in columns(rows))


def word_lines(files: Sequence[str]) -> Iterator[str]:
    """List the vendor extensions of each readable file, and how each is treated."""
    from bpmn_xml.compiler.dialects.inventory import uses
    from bpmn_xml.formats import read
    from bpmn_xml.model import Definitions

    for file in files:
        try:
            found = read(file)
        except ReadError:  # which the check has told
            continue
        counted = uses(found) if isinstance(found, Definitions) else {}
        if counted:
            yield f"{printable(file)}: words of other programs"
            width = max(len(fitted(use.spelled, 60)) for use in counted)
            for use, count in counted.items():
                word = fitted(use.spelled, 60)
                yield f"  {word:<{width}}  {count:>4}  {use.verdict:<9}  {use.why}"


def _why(way: Resolution) -> str:
    return f"{way.rule}: {fitted(way.name, 60)}" if way.name else way.rule


def fix(files: Sequence[str]) -> None:
    """Mend what can be mended and report it; unreadable files are left to the check."""
    from bpmn_xml.check.mending import mend_file

    for file in files:
        if not is_file(file):
            continue
        try:
            done = mend_file(file)
        except UsageError:
            continue
        if done:
            say("note", f"{file}: {'; '.join(done)}")


def _check_picture(target: str | None, files: Sequence[str]) -> None:
    """Refuse early what could not be drawn.

    Raises:
        UsageError: there are several files, or no such format.
        StoreError: the picture could not be written.
    """
    if target is None:
        return
    if len(files) > 1:
        raise UsageError("a picture shows one file", remedy="check them one by one")
    from bpmn_xml.cli.pictures import format_of

    format_of(target)
    check_writable(target, Path(files[0]))


def _draw(path: str, findings: Sequence[Finding], target: str) -> None:
    from bpmn_xml.check.pictures import of_findings
    from bpmn_xml.cli.pictures import draw
    from bpmn_xml.formats import inspect

    definitions = inspect(path).definitions
    if definitions is None:
        say("note", f"drew nothing: {path} cannot be read")
        return
    draw(definitions, target, of_findings(findings, definitions))
    say("note", f"drew {target}")


def _write_witnesses(files: Sequence[str], folder: Path) -> None:
    """Write a trace for each flaw that a run can reach."""
    from bpmn_xml.check.soundness.findings import code_of, flaws
    from bpmn_xml.check.soundness.witness import write_witness
    from bpmn_xml.formats import inspect

    for file in files:
        definitions = inspect(file).definitions
        for flaw, drafts in flaws(definitions) if definitions else ():
            if flaw.path:
                element = re.sub(r"[^\w-]", "_", flaw.where)[:80]
                path = folder / f"{Path(file).stem}-{code_of(flaw)}-{element}.jsonl"
                write_witness(path, drafts, flaw)
                say("note", f"wrote {path}: see it with bpmn-xml draw {file} --trace {path}")


def as_json(findings: Sequence[Finding]) -> str:
    """Write findings as a list of objects."""
    return json.dumps([_plain(finding) for finding in findings], indent=2)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.place.file,
        "code": finding.code,
        "severity": str(finding.severity),
        "line": finding.place.line,
        "column": finding.place.column,
        "id": finding.id,
        "name": finding.name,
        "message": finding.message,
        "remedy": finding.remedy,
    }
