"""Measure one model in this process, or have another process do it and read its line."""

from __future__ import annotations

import gc
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.drivers import DRIVERS
from benchmarks.models import build
from bpmn_xml import __version__
from bpmn_xml.formats import read

Line = dict[str, Any]

OWN: Final = f"{sys.executable} {Path(__file__).parent.with_name('bench.py')} one {{model}} {{n}}"
"""The command of our own drivers."""

COMPILED: Final = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
"""The environment of what is measured: with compiled bytecode, as it is where it is installed."""

USUAL_NS: Final = 75.0
"""Where the yardstick takes so long the promises hold."""

TURNS: Final = 300_000
"""How often the loop of the yardstick turns."""

SECONDS_PER_RUN: Final = 0.5
MOST_INSTANCES: Final = 3000


def yardstick() -> float:
    """CPU nanoseconds per turn of a fixed loop: how fast this machine is now."""
    began, count = time.process_time(), {"n": 0}
    for i in range(TURNS):
        count["n"] += i & 3
    return (time.process_time() - began) / TURNS * 1e9


def resident_mb() -> float:
    """Megabytes that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def measure(model_name: str, instances: int, driver_name: str, *, park: bool, trace: str) -> Line:
    """Run instances of one model in this process; the line that tells what they cost."""
    xml, steps = build(model_name)
    began_wall, began = time.perf_counter(), time.process_time()
    model = read(xml)
    parsed, parsed_wall = time.process_time() - began, time.perf_counter() - began_wall
    driver = DRIVERS[driver_name](model, trace)
    work = driver.park if park else driver.complete
    work(1)
    before, speed = resident_mb(), yardstick()
    began_wall, began = time.perf_counter(), time.process_time()
    work(instances)
    if not park:
        driver.close()
    cpu, wall = time.process_time() - began, time.perf_counter() - began_wall
    grown = resident_mb() - before
    return {
        "peer": f"bpmn-xml {driver_name}{' +trace' if trace else ''}",
        "version": __version__,
        "model": model_name,
        "mode": "park" if park else "memory",
        "instances": instances,
        "steps": steps * instances,
        "cpu_s": round(cpu, 4),
        "wall_s": round(wall, 4),
        "us_per_step": round(cpu / (steps * instances) * 1e6, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "parse_cpu_s": round(parsed, 4),
        "parse_wall_s": round(parsed_wall, 4),
        "bytes_per_instance": round(grown * 1e6 / instances),
        "yardstick_ns": round((speed + yardstick()) / 2, 1),
    }


def measured(command: str, model: str, instances: int) -> Line:
    """Run a driver's command and read the line that it prints."""
    filled = [part.format(model=model, n=instances) for part in shlex.split(command)]
    done = subprocess.run(
        filled, capture_output=True, text=True, check=False, timeout=300, env=COMPILED
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        return {"error": (done.stderr.strip().splitlines() or ["printed nothing"])[-1][:100]}
    found: Line = json.loads(lines[-1])
    return found


def scaled(line: Line, key: str) -> float:
    """A time of a line as it would be where the yardstick takes `USUAL_NS`."""
    return float(line[key] * USUAL_NS / line["yardstick_ns"])


def median_line(command: str, model: str, runs: int) -> Line:
    """Run a driver until it has taken long enough to tell, several times; the median run."""
    trial = measured(command, model, 1)
    if "error" in trial:
        return trial
    instances = int(SECONDS_PER_RUN / max(trial["cpu_s"], 1e-5))
    instances = max(1, min(MOST_INSTANCES, instances))
    lines = [measured(command, model, instances) for _ in range(runs)]
    good = [line for line in lines if "us_per_step" in line]
    if not good:
        return lines[-1]
    middle = statistics.median_low([line["us_per_step"] for line in good])
    return next(line for line in good if line["us_per_step"] == middle)
