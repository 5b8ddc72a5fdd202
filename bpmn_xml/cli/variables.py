"""Variables as they are given on the command line and in JSON files.

>>> variable("n=5"), variable("name=Ada"), variable('name="5"'), variable("ok=true")
(('n', 5), ('name', 'Ada'), ('name', '5'), ('ok', True))
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

from bpmn_xml.cli.arguments import pair, repeatable
from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.words import fitted
from bpmn_xml.codes import finding
from bpmn_xml.errors import Place, ReadError, StoreError
from bpmn_xml.formats.files import beginning_of, reason

BAD_VARIABLES: Final = "BX402"
"""The code of findings about files of variables."""

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a file of variables."""


def variable(text: str) -> tuple[str, Any]:
    """Read `name=value`; the value is JSON, and where it is none, the text itself."""
    name, value = pair(text)
    try:
        return name, _loads(value)
    except RecursionError as error:
        raise argparse.ArgumentTypeError(f"the value of {name!r} is nested too deep") from error
    except ValueError:
        if value[:1] in {*"{["}:
            say("note", f"the value of {name!r} is no JSON, and so the text {fitted(value, 60)!r}")
        return name, value


def add_variables(parser: Any) -> None:
    """Declare how variables are given."""
    what = "a variable: JSON, else the text itself"
    repeatable(parser, "--var", "NAME=VALUE", what, variable)
    parser.add_argument("--vars", metavar="FILE", help="variables from a JSON object; - is stdin")


def variables_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the variables of a command line; those that are named one by one come last."""
    found = read_variables(arguments.vars) if arguments.vars else {}
    return found | dict(arguments.var)


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


def read_variables(file: str) -> dict[str, Any]:
    """Read a JSON object from a file, or from the standard input where it is `-`.

    Raises:
        StoreError: it cannot be read.
        ReadError: it is no JSON object.
    """
    found = parsed(file, text_of(file, BAD_VARIABLES), BAD_VARIABLES)
    if not isinstance(found, dict):
        what = f"this is no object of names and values, but a {type(found).__name__}"
        raise refusal(Place(file), what, BAD_VARIABLES)
    return found


def text_of(file: str, code: str) -> str:
    """The text of a file, or of the standard input where it is `-`; findings have the code.

    Raises:
        StoreError: it cannot be read.
        ReadError: it is too large, or no UTF-8.
    """
    try:
        data = _bytes_of(file)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot read {file}: {reason(error)}") from error
    if len(data) > LARGEST:
        raise refusal(Place(file), f"this has more than {LARGEST:,} bytes", code)
    try:
        return data.decode("utf-8-sig")
    except ValueError as error:
        raise refusal(Place(file), f"this is no JSON: {error}", code) from error


def parsed(file: str, text: str, code: str) -> Any:
    """What a text of JSON says.

    Raises:
        ReadError: it is no JSON.
    """
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        raise refusal(place, f"this is no JSON: {error.msg}", code) from error
    except RecursionError as error:
        raise refusal(Place(file), "this is nested too deep", code) from error
    except ValueError as error:
        raise refusal(Place(file), f"this is no JSON: {error}", code) from error


def refusal(place: Place, message: str, code: str) -> ReadError:
    """The error that says what is wrong with a file."""
    return ReadError([finding(code, message, place=place)])


def _bytes_of(file: str) -> bytes:
    """The content of a file, but not much more than is allowed."""
    if file == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    return beginning_of(Path(file), LARGEST)
