"""The options of `run` for the world around a process: time, messages, signals, people."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, Final

from bpmn_xml.cli.arguments import repeatable, whole_number
from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.running import answers
from bpmn_xml.compiler.times.timers import read_date
from bpmn_xml.errors import UsageError
from bpmn_xml.render.overlay import spoken
from bpmn_xml.runtime import Engine, ManualClock, SystemClock
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.execution.messages.starts import beginning_more
from bpmn_xml.runtime.scenario import Play, Step
from bpmn_xml.show import untaken_messages
from bpmn_xml.wording import amount, listed

LONGEST: Final = 366 * 86_400
"""Seconds of a manual clock after which a run is stopped unless `--max-time` is given."""


MOST_BEGUN: Final = 10
"""How many instances a timer begins by a manual clock, unless `--max-time` ends that."""

MOST_LEAPS: Final = 10_000
"""How often `--clock manual` skips to what is due next, unless `--max-time` says until when."""

PATIENCE: Final = 60.0
"""Seconds that timers are waited for where somebody is asked meanwhile, unless told else."""

LONG: Final = 2.0
"""A wait of at least so many seconds is announced."""


def add_arguments(group: Any) -> None:
    """Declare what may be given."""
    group.add_argument(
        "--answers",
        metavar="FILE",
        help="answers of people and events from outside, in order, as JSON or YAML; - is stdin",
    )
    what = "send a message, this long after the start (PT5S)"
    repeatable(group, "--message", "NAME[:KEY][=JSON][@TIME]", what, answers.message)
    what = "send a signal, this long after the start"
    repeatable(group, "--signal", "NAME[=JSON][@TIME]", what, answers.signal)
    _add_time(group)


def _add_time(group: Any) -> None:
    group.add_argument(
        "--clock",
        metavar="CLOCK",
        default="",
        help="system: really wait for what begins a process too, as for a timer, each time;"
        " manual: skip to what is due next, 10,000 times, and begin 10 instances by a timer at most"
        " unless --max-time says until when; a date: the same, beginning then",
    )
    group.add_argument(
        "--catch-up",
        metavar="N",
        type=whole_number,
        default=1000,
        help="how many missed repetitions of a timer are made up for (1000); more are left out",
    )
    group.add_argument(
        "--message-ttl",
        metavar="TIME",
        type=answers.duration,
        help="how long to keep a message that nothing waits for yet (PT1H)",
    )


def clock_of(text: str) -> ManualClock | SystemClock:
    """The clock that `--clock` names.

    Raises:
        UsageError: it names no clock.
    """
    if text in ("", "system"):
        return SystemClock()
    if text == "manual":
        return ManualClock(time.time_ns() // 1000)
    try:
        return ManualClock(read_date(text))
    except ValueError as error:
        remedy = "give system, manual, or a date to begin at as 2026-03-01T08:00Z"
        raise UsageError(f"--clock {text}: {error}", remedy=remedy) from error


def steps_of(arguments: argparse.Namespace) -> list[Step]:
    """All scripted steps: messages and signals of the command line first."""
    steps: list[Step] = [*arguments.message, *arguments.signal]
    if arguments.answers:
        steps += answers.read_answers(arguments.answers)
    return steps


def scripted(arguments: argparse.Namespace) -> bool:
    """Whether steps are given, so that processes which wait to be started really wait for them."""
    given = arguments.message or arguments.signal or arguments.answers
    return bool(given or arguments.clock)


def engine_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """The engine options for time and messages."""
    options: dict[str, Any] = {"clock": clock_of(arguments.clock)}
    if not scripted(arguments):
        options["timer_starts"] = 0
    elif is_limited(options["clock"], arguments):
        options["timer_starts"] = MOST_BEGUN
    if arguments.message_ttl is not None:
        options["message_ttl"] = arguments.message_ttl
    if arguments.max_steps is not None:
        options["most_steps"] = arguments.max_steps
    return options


def is_limited(clock: Clock, arguments: argparse.Namespace) -> bool:
    """Whether timers begin only some instances: else time that is skipped would have no end."""
    return not clock.runs and arguments.max_time is None


def play(engine: Engine, steps: list[Step], arguments: argparse.Namespace) -> str:
    """Play all steps; return by what the runs were stopped, "" if they came to rest."""
    improvise = None
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        from bpmn_xml.cli.running.prompt import Prompt

        improvise = Prompt(sys.stdin, sys.stderr).answer
    options: dict[str, Any] = {} if arguments.quiet else {"on_rest": Rest(engine).announce}
    if scripted(arguments) and is_limited(engine.clock, arguments):
        for node in beginning_more(engine.program, engine.clock.now(), MOST_BEGUN):
            hint = "--max-time PT1H goes on that long, --clock system really waits"
            say("note", f"timer start event {node} begins {MOST_BEGUN} instances only; {hint}")
    seconds = arguments.max_time
    if seconds is None and engine.clock.runs:
        options["patience"] = PATIENCE
    played = Play(engine, steps, improvise, **options)
    if is_limited(engine.clock, arguments):
        played.leaps = MOST_LEAPS
    try:
        limit = LONGEST if seconds is None else seconds
        until = None if engine.clock.runs else engine.clock.now() + round(limit * 1_000_000)
        return "" if played.go_on(seconds, until) else _stopped(played, limit)
    finally:
        if played.ahead and not arguments.quiet:
            away = spoken((played.ahead - engine.clock.now()) / 1_000_000)
            hint = "--clock manual skips the time, --max-time SECONDS waits so long"
            say("note", f"the next timer is due in {away}, which is not waited for; {hint}")
        if played.left:
            names = listed([_name(step) for step in played.left])
            hint = untaken_messages.meant(played.left[0], engine)
            say("note", f"{amount(len(played.left), 'answer')} not used: {names}{hint}")
        for doubt in played.doubts:
            say("warning", doubt)
        for note in untaken_messages.notes(played.untaken(), engine):
            say("note", note)


class Rest:
    """Announces once that nothing is due for long, and what the runs wait for."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._announced = engine, False

    def announce(self, due: int) -> None:
        """Print the note if the next step is due much later."""
        seconds = (due - self._engine.clock.now()) / 1_000_000
        if self._announced or seconds < LONG:
            return
        self._announced = True
        stills = untaken_messages.standing(self._engine)
        waits = [str(still) for still in stills]
        what = f": {listed([*dict.fromkeys(waits)], most=3)}" if waits else ""
        hint = "--clock manual skips the time, --max-time SECONDS ends the wait"
        say("note", f"nothing is due for {spoken(seconds)}{what}; {hint}")


def _name(step: Step) -> str:
    """What a step is about: its first field."""
    return str(getattr(step, step.__struct_fields__[0]))


def _stopped(played: Play, limit: float) -> str:
    if played.leaps >= 0:
        return f"stopped after {limit:g} s"
    hint = "--max-time PT1H goes on that long"
    return f"stopped: timers came again when time had been skipped {MOST_LEAPS:,} times; {hint}"
