"""The tables of vendors' words as documentation: `schemas/dialects.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bpmn_xml.compiler.dialects.read import DIALECTS
from bpmn_xml.compiler.dialects.table import Dialect, Spot, Verdict, Word, spot_word
from bpmn_xml.model import Element
from generators import SCHEMAS

TARGET: Final = SCHEMAS / "dialects.md"

VERDICTS: Final = {
    Verdict.RUNS: "takes part in what is done, and when",
    Verdict.MAPPED: "becomes data, or is told of an element",
    Verdict.KEPT: "has no effect on the flow or on data; it is written back",
    Verdict.REFUSED: "would change the flow or data and cannot be run; nothing is run",
}

TITLES: Final = {
    "bx": "Our own words",
    "camunda": "Camunda 7, Operaton, Activiti, Flowable",
    "zeebe": "Camunda 8",
    "modeler": "Camunda Modeler",
    "bioc": "Colours of bpmn.io",
    "color": "Colours of BPMN in Color",
}

ANYTHING: Final = "any element"


def rendered() -> str:
    """All tables, as Markdown."""
    verdicts = "\n".join(f"- **{verdict}**: it {text}" for verdict, text in VERDICTS.items())
    sections = "\n".join(section(dialect) for dialect in DIALECTS)
    return f"""<!-- Written by tools/generate.py; do not edit. -->

# Words of other programs

Programs that draw or run BPMN add words of their own to a file. Each word that they document has a
row here: what becomes of it when the file is run.

{verdicts}

A word of these namespaces that has no row is refused too, unless it is let pass by name
(`--allow-unknown zeebe:name`). One that stands elsewhere than its row says has no effect there, of
which `check` and `run` warn. `@name` is an attribute.

{sections}"""


def section(dialect: Dialect) -> str:
    """The table of one vendor."""
    spaces = ", ".join(f"`{name}`" for name in sorted(dialect.namespaces))
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in rows(dialect))
    head = "| word | stands on | verdict | what it does, or would |\n|---|---|---|---|"
    return f"## {TITLES[dialect.prefix]}\n\n{spaces}\n\n{head}\n{lines}\n"


def rows(dialect: Dialect) -> Iterator[tuple[str, ...]]:
    """The cells of each row; words with the same text share one."""
    shared: dict[tuple[tuple[Spot, ...], str, str], list[Word]] = {}
    for word in dialect.words:
        shared.setdefault((word.on, word.verdict, word.why), []).append(word)
    for (on, verdict, why), words in shared.items():
        names = " ".join(f"`{word.name}`" for word in words)
        yield names, ", ".join(map(place, on)), verdict, why


def place(spot: Spot) -> str:
    """A place, as it is written in a table."""
    if isinstance(spot, str):
        return f"`{spot}`"
    return ANYTHING if spot is Element else spot_word(spot)


def files() -> dict[Path, str]:
    """Every file that is made, with its text."""
    return {TARGET: rendered()}
