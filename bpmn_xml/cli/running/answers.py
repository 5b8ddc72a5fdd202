"""What the command line says of the world around a run: answers, messages, signals, time.

>>> message('paid:42={"amount": 90}@PT5S')
MessageStep(message='paid', key='42', values={'amount': 90}, at='PT5S')
>>> signal("alarm")
SignalStep(signal='alarm', values={}, at='')
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any, Final

from bpmn_xml.cli.variables import parsed, refusal, text_of
from bpmn_xml.codes import finding
from bpmn_xml.compiler.times.timers import time_after
from bpmn_xml.errors import Place, ReadError, UsageError
from bpmn_xml.runtime.scenario import MessageStep, SignalStep, Step, StepsError, read_steps

BAD_ANSWERS: Final = "BX405"
"""The code of findings about files of answers."""

YAML: Final = frozenset({".yaml", ".yml"})

MOST_YAML: Final = 500_000
"""So many characters of YAML are read, which takes seconds; JSON is read at once."""

_TIMED: Final = re.compile(
    r"(?P<rest>.*)@(?P<at>[Pp]?[Tt]?[0-9][0-9A-Za-z.,:]*|P[A-Z]+)", re.DOTALL
)
"""What ends like this is meant to have a time, if not always a good one; `ada@home` is a name."""


def message(text: str) -> MessageStep:
    """Read `NAME[:KEY][=JSON][@DURATION]`."""
    name, values, at = _split(text, "NAME[:KEY][=JSON][@DURATION]")
    name, _, key = name.partition(":")
    return MessageStep(message=name, key=key, values=values, at=at)


def signal(text: str) -> SignalStep:
    """Read `NAME[=JSON][@DURATION]`."""
    name, values, at = _split(text, "NAME[=JSON][@DURATION]")
    return SignalStep(signal=name, values=values, at=at)


def duration(text: str) -> str:
    """Take a duration of ISO 8601."""
    try:
        if text:
            time_after(text, 0)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _split(text: str, form: str) -> tuple[str, dict[str, Any], str]:
    timed = _TIMED.fullmatch(text)
    rest, at = (timed["rest"], timed["at"]) if timed else (text, "")
    name, equals, written = rest.partition("=")
    try:
        values = json.loads(written) if equals else {}
    except (ValueError, RecursionError) as error:
        raise argparse.ArgumentTypeError(f"{written!r} is no JSON") from error
    if not name or not isinstance(values, dict):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form {form}, JSON an object")
    return name, values, duration(at)


def read_answers(file: str) -> list[Step]:
    """Read the steps of a scenario from a file, JSON or, by its name, YAML; `-` is stdin.

    Raises:
        StoreError: it cannot be read.
        ReadError: it is no list of answers.
        UsageError: YAML cannot be read, as its library is not there.
    """
    text = text_of(file, BAD_ANSWERS)
    yaml = Path(file).suffix.lower() in YAML
    data = _yaml(file, text) if yaml else parsed(file, text, BAD_ANSWERS)
    try:
        return read_steps(data)
    except StepsError as error:
        lines = _lines_of_yaml(text) if yaml else _lines(text)
        raise ReadError(
            finding(BAD_ANSWERS, fault, place=Place(file, lines[at]))
            for at, fault in error.faults.items()
        ) from error


def _lines(text: str) -> list[int]:
    """The lines on which a list in JSON and its elements begin; of anything else just that."""
    decoder, starts = json.JSONDecoder(), [_behind_gap(text, 0)]
    at = _behind_gap(text, starts[0] + 1)
    while text[starts[0]] == "[" and text[at] != "]":
        starts.append(at)
        at = _behind_gap(text, decoder.raw_decode(text, at)[1])
    return [text.count("\n", 0, start) + 1 for start in starts]


def _behind_gap(text: str, at: int) -> int:
    """Where something stands again, behind white space and commas."""
    while text[at : at + 1] in tuple(" \t\r\n,"):
        at += 1
    return at


def _lines_of_yaml(text: str) -> list[int]:
    """The lines on which a list in YAML and its elements begin."""
    import yaml

    whole = yaml.compose(text)
    entries = whole.value if isinstance(whole, yaml.SequenceNode) else []
    return [1, *[entry.start_mark.line + 1 for entry in entries]]


def _yaml(file: str, text: str) -> Any:
    try:
        import yaml
    except ImportError as error:
        remedy = "install bpmn-xml[yaml], or write it as JSON"
        raise UsageError(f"{file}: YAML needs the library PyYAML", remedy=remedy) from error
    if len(text) > MOST_YAML:
        why = f"it has {len(text):,} characters, and YAML is read up to {MOST_YAML:,}"
        raise ReadError([finding(BAD_ANSWERS, why, "write it as JSON", place=Place(file))])
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        why = getattr(error, "problem", None) or str(error).partition("\n")[0]
        place = Place(file, line, column)
        raise refusal(place, f"this is no YAML: {why}", BAD_ANSWERS) from error
