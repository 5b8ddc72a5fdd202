"""A file is read line by line while the lines before are still being worked on.

`read` is a generator, so each of its results goes on as an item of its own, with variables of its
own. What an item writes stays in the item; results that are to outlive it go to a file here. The
sub-process ends when the file is read and every item has ended.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path


def prepare() -> str:
    """Make an empty file; its name becomes the variable `store`."""
    with tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as file:
        return file.name


def read() -> Iterator[dict[str, str | float]]:
    """Produce the readings of readings.csv, one after the other."""
    with Path(__file__).with_name("readings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {"station": row["station"], "fahrenheit": float(row["fahrenheit"])}


def convert(fahrenheit: float) -> dict[str, float]:
    """Convert one reading."""
    return {"celsius": round((fahrenheit - 32) * 5 / 9, 1)}


def keep(store: str, station: str, celsius: float) -> None:
    """Add one result to the file; `bx:threads="1"` lets only one item do so at a time."""
    with Path(store).open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([station, celsius])


def report(store: str) -> dict[str, str | float | int]:
    """Find the warmest of all results."""
    path = Path(store)
    with path.open(encoding="utf-8", newline="") as file:
        kept = [(float(celsius), station) for station, celsius in csv.reader(file)]
    path.unlink()
    celsius, station = max(kept)
    print(f"{len(kept)} readings, warmest: {station} with {celsius} degrees")
    return {"kept": len(kept), "station": station, "celsius": celsius}
