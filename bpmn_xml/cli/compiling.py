"""Options of the verbs that compile: which process, what may be assumed."""

from __future__ import annotations

import argparse

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import UsageError


def add_compiling_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--process`, `--stub`, `--choose` and `--allow-scripts`."""
    group = parser.add_argument_group("what may be assumed")
    group.add_argument("--process", default="", metavar="ID", help="the process, if not all")
    group.add_argument("--stub", action="store_true", help="let tasks without Python pass")
    group.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="GATEWAY=FLOW",
        help="take this flow at that gateway, whatever its condition says",
    )
    group.add_argument("--allow-scripts", action="store_true", help="run scripts of script tasks")


def options_of(asked: argparse.Namespace) -> Options:
    """The compiler's options.

    Raises:
        UsageError: a choice is not of the form GATEWAY=FLOW.
    """
    choices = {}
    for choice in asked.choose:
        gateway, separator, flow = choice.partition("=")
        if not separator or not gateway or not flow:
            raise UsageError(f"--choose {choice}", remedy="write it as GATEWAY=FLOW")
        choices[gateway] = flow
    return Options(
        process=asked.process, stub=asked.stub, choices=choices, allow_scripts=asked.allow_scripts
    )
