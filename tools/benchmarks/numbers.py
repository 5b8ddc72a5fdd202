"""What is promised about speed and memory, a row each, and how each number is measured."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.drivers import run_in_threads
from benchmarks.measure import COMPILED, OWN, USUAL_NS, measured, scaled, yardstick
from benchmarks.models import Canvas, build, ends, save
from bpmn_xml import expressions, formats, render
from bpmn_xml import model as m
from bpmn_xml.layout import lay_out


class Number(NamedTuple):
    """A promise: what is measured must not be more."""

    name: str
    unit: str
    promise: float
    measure: Callable[[], float]


def once(model: str, instances: int, options: str) -> float:
    """CPU microseconds per step of one process, scaled to the usual machine."""
    return scaled(measured(f"{OWN} {options}", model, instances), "us_per_step")


def step(model: str, instances: int, options: str) -> float:
    """The same, the median of five processes."""
    return statistics.median(once(model, instances, options) for _ in range(5))


def trace_cost() -> float:
    """What a trace adds to a step, the writer's thread counted.

    With and without take turns, as a machine drifts by more than this; the median difference.
    """
    plain = "--driver threads"
    with tempfile.TemporaryDirectory() as folder:
        traced = f"{plain} --trace {folder}/trace.jsonl"
        pairs = [[once("sequence10", 3000, way) for way in (traced, plain)] for _ in range(9)]
    return statistics.median(with_trace - without for with_trace, without in pairs)


def growth(small: str, large: str, instances: int) -> float:
    """How much dearer a step is in the large model than in the small one."""
    return step(large, 1, "--driver core") / step(small, instances, "--driver core")


def unevenness() -> float:
    """The dearest model's step over the cheapest model's."""
    sizes = {"sequence8": 3000, "sequence9998": 2, "loop100000": 1, "ladder2500": 2}
    costs = [step(model, instances, "--driver core") for model, instances in sizes.items()]
    return max(costs) / min(costs)


def waiting_kilobytes() -> float:
    """Memory that an instance takes while it waits for a person."""
    line = measured(f"{OWN} --park --driver threads", "user", 10_000)
    return float(line["bytes_per_instance"]) / 1000


def reading() -> float:
    """CPU seconds for a file of 10,000 nodes, in a fresh process, scaled to the usual machine."""
    lines = [measured(OWN, "sequence9998", 1) for _ in range(5)]
    return statistics.median(scaled(line, "parse_cpu_s") for line in lines)


def start() -> float:
    """Seconds from the shell to the first line of the first task."""
    with tempfile.TemporaryDirectory() as folder:
        canvas = ends()
        canvas.node(m.ServiceTask, "first", implementation="python:first:tell")
        canvas.chain("start", "first", "end")
        diagram = Path(folder) / "first.bpmn"
        diagram.write_bytes(save(canvas))
        tell = "import time\n\ndef tell():\n    print(time.time())\n"
        (Path(folder) / "first.py").write_text(tell, "utf-8")
        return min(first_line(diagram) for _ in range(5))


def first_line(diagram: Path) -> float:
    """Run a diagram whose task prints the time; how long that took."""
    began = time.time()
    command = [sys.executable, "-m", "bpmn_xml", "run", str(diagram)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=COMPILED)
    return float(done.stdout) - began


def wait() -> None:
    """Wait as long as each of the ten branches does."""
    time.sleep(0.1)


def ten_branches() -> float:
    """Seconds for ten parallel tasks that each wait 0.1 s."""
    canvas: Canvas = ends()
    canvas.node(m.ParallelGateway, "split", "join")
    canvas.chain("start", "split")
    for i in range(10):
        canvas.work(f"wait{i}", name="wait")
        canvas.chain("split", f"wait{i}", "join")
    canvas.chain("join", "end")
    seconds = [run_in_threads(save(canvas), {"wait": wait}) for _ in range(3)]
    return min(seconds)


def condition() -> float:
    """CPU microseconds for a condition in FEEL that is compiled already."""
    evaluate = expressions.compile('amount > 100 and status = "open"', "feel").evaluate
    variables, turns = {"amount": 250, "status": "open"}, 100_000
    best = min(timeit.repeat(lambda: evaluate(variables), number=turns, repeat=5)) / turns * 1e6
    return best * USUAL_NS / yardstick()


def best_of_three(work: Callable[[], object]) -> float:
    """CPU seconds of some work, scaled to the usual machine."""
    best = min(timeit.repeat(work, timer=time.process_time, number=1, repeat=3))
    return best * USUAL_NS / yardstick()


def picture(model: str) -> float:
    """CPU seconds for the picture of a model that is laid out."""
    content = lay_out(formats.read(build(model)[0]))
    return best_of_three(lambda: render.draw(content))


def layout(model: str) -> float:
    """CPU seconds for the layout of a model."""
    content = formats.read(build(model)[0])
    return best_of_three(lambda: lay_out(content))


NUMBERS: Final = (
    Number("step, core alone", "us", 2, lambda: step("sequence10", 2000, "--driver core")),
    Number("step, inline", "us", 3, lambda: step("sequence10", 2000, "--driver inline")),
    Number("step, threads", "us", 4, lambda: step("sequence10", 2000, "--driver threads")),
    Number("a trace adds to a step", "us", 2, trace_cost),
    Number(
        "10,000 nodes over 10 in a row", "x", 1.3, lambda: growth("sequence8", "sequence9998", 1000)
    ),
    Number("100,000 turns over 100", "x", 1.3, lambda: growth("loop100", "loop100000", 300)),
    Number("2,500 diamonds over 2", "x", 1.3, lambda: growth("ladder2", "ladder2500", 1000)),
    Number("dearest of these over cheapest", "x", 1.3, unevenness),
    Number("memory per instance that waits for a person", "kB", 1, waiting_kilobytes),
    Number("read a file of 10,000 nodes", "s", 0.25, reading),
    Number("from `bpmn-xml run` to the first task", "s", 0.4, start),
    Number("ten branches that wait 0.1 s", "s", 0.15, ten_branches),
    Number("a condition in FEEL", "us", 1, condition),
    Number("a picture of 20 nodes", "s", 0.03, lambda: picture("ladder5")),
    Number("a picture of 200 nodes", "s", 0.2, lambda: picture("ladder50")),
    Number("a picture of 2,000 nodes", "s", 2, lambda: picture("ladder500")),
    Number("a layout of 1,000 nodes", "s", 3, lambda: layout("ladder250")),
)
