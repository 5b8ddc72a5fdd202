"""Measure the engine: one JSON line per model, a table against others, and the promised numbers.

    python tools/bench.py one fork10 200 --driver threads   # one line
    python tools/bench.py one user 10000 --park             # memory per waiting instance
    python tools/bench.py table --against 'other=python3.12 driver.py models/{model}.bpmn {n}'
    python tools/bench.py numbers                           # reading, start, waiting, evenness
    python tools/bench.py memory                            # flat over 1,000,000 instances?

A line has what the drivers of other engines print: instances, steps, cpu_s, wall_s, us_per_step
(CPU of all threads), peak_rss_mb, parse_cpu_s. Every measurement is a process of its own. Read
ratios of one run, not absolutes: `yardstick_ns` says how fast the machine was at the time.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from benchmarks.drivers import DRIVERS
from benchmarks.measure import OWN, Line, measure, median_line, yardstick
from benchmarks.memory import GROWTH, growth
from benchmarks.numbers import NUMBERS

MODELS: Final = (
    *("sequence10", "calculator", "fork10", "mixed", "loop100", "sequence100", "fork100"),
    *("ladder25", "loop1000", "sequence1000", "ladder250", "sequence9998", "ladder2500"),
)


def one(args: argparse.Namespace) -> None:
    """Measure one model and print its line."""
    line = measure(args.model, args.instances, args.driver, park=args.park, trace=args.trace)
    print(json.dumps(line))


def table(args: argparse.Namespace) -> None:
    """Compare drivers, model by model, and say how much faster the first one is."""
    commands = {driver: f"{OWN} --driver {driver}" for driver in args.drivers.split(",")}
    commands |= dict(text.split("=", 1) for text in args.against)
    print(f"{'CPU us per step':16}", *(f"{name:>16}" for name in commands), "  yardstick ns")
    for model in args.models.split(","):
        lines = {name: median_line(text, model, args.runs) for name, text in commands.items()}
        if args.out:
            with Path(args.out).open("a", encoding="utf-8") as file:
                file.writelines(json.dumps({"key": k, **v}) + "\n" for k, v in lines.items())
        first = next(iter(lines.values()))
        cells = [cell(line, first) for line in lines.values()]
        print(f"{model:16}", *(f"{text:>16}" for text in cells), f"{yardstick():12.0f}", flush=True)


def cell(line: Line, first: Line) -> str:
    """A driver's time per step, and how many times the first driver's that is."""
    if "us_per_step" not in line:
        return "fails"
    time_ = f"{line['us_per_step']:.2f}"
    if line is first or "us_per_step" not in first:
        return time_
    return f"{time_} ({line['us_per_step'] / first['us_per_step']:.1f} x)"


def numbers(_args: argparse.Namespace) -> int:
    """Print every promised number, what it is now, and whether it holds."""
    print(f"yardstick {yardstick():.0f} ns per turn; CPU times are scaled to where it is 75")
    missed = 0
    for number in NUMBERS:
        found = number.measure()
        missed += found > number.promise
        mark = "ok" if found <= number.promise else "MISSED"
        print(f"{number.name:44} {found:9.2f} {number.unit:5} <= {number.promise:<7} {mark}")
    return missed


def memory(args: argparse.Namespace) -> bool:
    """Measure whether memory grows with the instances that have ended."""
    return growth(args.instances) > GROWTH


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(required=True)
    single = verbs.add_parser("one", help="measure one model, print one JSON line")
    single.add_argument("model", help="sequence10, fork100, loop1000, mixed, user ...")
    single.add_argument("instances", type=int)
    single.add_argument("--driver", choices=DRIVERS, default="core")
    single.add_argument("--park", action="store_true", help="stop at the user task of `user`")
    single.add_argument("--trace", default="", metavar="FILE", help="write a trace as well")
    single.set_defaults(run=one)
    many = verbs.add_parser("table", help="compare drivers and other engines")
    many.add_argument("--models", default=",".join(MODELS))
    many.add_argument("--drivers", default=",".join(DRIVERS))
    many.add_argument("--runs", type=int, default=3)
    many.add_argument("--out", metavar="FILE", help="append the JSON lines to this file")
    many.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help="another engine's driver; {model} and {n} are filled in",
    )
    many.set_defaults(run=table)
    promised = verbs.add_parser("numbers", help="measure what is promised; exit 1 if one is missed")
    promised.set_defaults(run=numbers)
    flat = verbs.add_parser("memory", help="run many instances; exit 1 if memory grows with them")
    flat.add_argument("--instances", type=int, default=1_000_000)
    flat.set_defaults(run=memory)
    return parser


def main() -> int:
    """Run what the command line asks for."""
    args = arguments().parse_args()
    return 1 if args.run(args) else 0


if __name__ == "__main__":
    sys.exit(main())
