"""Draw every picture in `diagrams/` anew, with the commands that a reader would use.

    python tools/pictures.py           # draw all
    python tools/pictures.py --run     # run the diagrams first: new traces, then all pictures
    python tools/pictures.py --check   # draw nothing; exit 1 if a picture is not fresh

`order.bpmn` becomes `order.svg`, and with the trace `order-run.jsonl` also `order-run.svg`;
`SHOWN` lists what else is made of it. The many small diagrams of `GALLERIES` are drawn once each.
Paths are relative to the project: traces name their files.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from bpmn_xml.cli.main import main as bpmn_xml

ROOT: Final = Path(__file__).resolve().parent.parent
DIAGRAMS: Final = Path("diagrams")

RUNS: Final = {
    "calculator": ("--var", "pairs=20"),
    "invoice": (
        *("--var", "number=17", "--clock", "2026-03-01T08:00Z"),
        *("--answers", str(DIAGRAMS / "invoice" / "answers.json")),
    ),
    "loan": ("--vars", str(DIAGRAMS / "loan" / "loan.json")),
    "order": ("--vars", str(DIAGRAMS / "order" / "order.json")),
    "parallel": (),
    "streaming": (),
}
"""What each diagram is run with for its picture."""

GALLERIES: Final = ("elements", "patterns")
"""Folders of many small diagrams, each with its plain picture beside it."""

SHOWN: Final = {
    "order-replay.svg": ("replay", "{trace}"),
    "streaming-heat.svg": ("heatmap", "{diagram}", "{trace}"),
}
"""Further pictures and the commands that make them."""

NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
NOISE: Final = 0.05
"""How far two numbers of equal pictures may be apart."""


class Picture(NamedTuple):
    """A picture and the command that makes it."""

    file: Path
    words: tuple[str, ...]

    def draw(self, target: Path) -> None:
        """Draw it to a file."""
        ask([*self.words, "-o", str(target)])


def ask(words: list[str]) -> None:
    """Do what a command line says."""
    if bpmn_xml(words):
        raise SystemExit(f"bpmn-xml {' '.join(words)} failed")


def pictures() -> list[Picture]:
    """Every picture that there should be."""
    found: list[Picture] = []
    for name in RUNS:
        folder = DIAGRAMS / name
        diagram, trace = folder / f"{name}.bpmn", folder / f"{name}-run.jsonl"
        drawn = plain(diagram)
        seen = (*drawn.words, "--trace", str(trace))
        found += [drawn, Picture(trace.with_suffix(".svg"), seen)]
        for file, words in SHOWN.items():
            if file.startswith(name):
                known = [word.format(diagram=diagram, trace=trace) for word in words]
                found.append(Picture(folder / file, tuple(known)))
    return found + [plain(path) for name in GALLERIES for path in diagrams(name)]


def diagrams(name: str) -> list[Path]:
    """The diagrams of a gallery."""
    return sorted((DIAGRAMS / name).glob("*.bpmn"))


def plain(diagram: Path) -> Picture:
    """The picture of a diagram without a run."""
    return Picture(diagram.with_suffix(".svg"), ("draw", str(diagram)))


def run_all() -> None:
    """Run every diagram and keep its trace."""
    for name, options in RUNS.items():
        folder = DIAGRAMS / name
        trace = folder / f"{name}-run.jsonl"
        ask(["run", str(folder / f"{name}.bpmn"), *options, "--trace", str(trace)])


def alike(one: str, other: str) -> bool:
    """Whether two pictures are equal but for the last digits of their numbers.

    >>> alike('<g x="1.001"/>', '<g x="1.002"/>'), alike('<g x="1"/>', '<g x="2"/>')
    (True, False)
    """
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(a == b or abs(float(a) - float(b)) <= NOISE for a, b in pairs)


def stale() -> list[Picture]:
    """The pictures that would look otherwise if they were drawn now."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "now.svg"
        return [picture for picture in pictures() if not is_fresh(picture, target)]


def is_fresh(picture: Picture, target: Path) -> bool:
    """Whether a picture is there and is what is drawn now."""
    picture.draw(target)
    old = picture.file.read_text("utf-8") if picture.file.is_file() else ""
    return alike(old, target.read_text("utf-8"))


def main() -> int:
    """Draw, or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", action="store_true", help="run the diagrams for new traces")
    parser.add_argument("--check", action="store_true", help="only say which are not fresh")
    args = parser.parse_args()
    os.chdir(ROOT)
    if args.check:
        old = stale()
        for picture in old:
            print(f"not fresh: {picture.file}")
        return bool(old)
    if args.run:
        run_all()
    for picture in pictures():
        picture.draw(picture.file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
