"""What a notebook shows: a diagram as its drawing, a run as its drawing with what it did on top.

Engines and decisions are tables. What is shown only knows the name of this module, which is
imported when a notebook asks. In a notebook an engine lets a `RunWatch` see its batches, so that
the picture of a run knows the past; elsewhere it shows the present: what is active, waits, or
stands still.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from bpmn_xml.model import Definitions, Process
from bpmn_xml.model.walk import processes
from bpmn_xml.render.drawing import draw
from bpmn_xml.render.overlay import Found, Mark, Overlay, Progress
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.show.watch import RunWatch
from bpmn_xml.trace.names import TraceNames, escape_id
from bpmn_xml.trace.standstill import ASIDE, Cause

if TYPE_CHECKING:
    from bpmn_xml.decisions.compiled import Decided
    from bpmn_xml.runtime.engine import Engine
    from bpmn_xml.runtime.execution.executor import Executor
    from bpmn_xml.runtime.runs import Run

EVERY: Final = 0.25
"""Seconds between two looks at a run."""

LONGEST: Final = 3600.0
"""Seconds for which a run that goes on is looked at."""

_NARROW: Final = ".bpmn-xml{max-width:100%;height:auto}"

_MOST: Final = 50
"""How many variables are listed."""


def observe(executor: Executor) -> None:
    """Watch an engine from its beginning on."""
    executor.observers.add(RunWatch(executor.program, most=1_000))


def svg_of(definitions: Definitions, overlay: Overlay | None = None) -> str:
    """Draw a file, no wider than its cell."""
    drawn = draw(definitions, overlay=overlay, theme="auto", style=_NARROW)
    return drawn.decode().partition("?>\n")[2]


def svg_of_process(process: Process) -> str:
    """Draw a process that is in no file."""
    return svg_of(Definitions(id="shown", root_elements=(process,)))


def html_of(run: Run, executor: Executor) -> str:
    """Show a run: how it stands, its drawing, its variables, incidents and error."""
    stands = f"<p><strong>{escape(run.id)}</strong>: {escape(run.status)}</p>"
    table = _table([(name, _short(value)) for name, value in [*run.variables.items()][:_MOST]])
    troubles = [f"{incident.node}: {incident.message}" for incident in run.incidents]
    listed = _list([*troubles, *([str(run.error)] if run.error else [])])
    return f"<div>{stands}{_drawing(run, executor)}{table}{listed}</div>"


def html_of_engine(engine: Engine) -> str:
    """Show an engine: the runs that have not ended, how they stand, and where their tokens are."""
    runs = engine.runs()
    rows = [(one.id, one.status, ", ".join(at.node for at in one.why())) for one in runs[:_MOST]]
    more = f"<p>and {len(runs) - _MOST:,} more</p>" if len(runs) > _MOST else ""
    return f"<div><p>{escape(repr(engine))}</p>{_table(rows)}{more}</div>"


def html_of_decided(decided: Decided) -> str:
    """Show a decision: its value, what its tables were asked and which rules matched."""
    parts = [f"<p><strong>{escape(_short(decided.value))}</strong></p>"]
    for match in decided.matches:
        asked = ", ".join(f"{name} = {_short(value)}" for name, value in match.inputs)
        rows = [(str(rule.number), *map(_short, rule.outputs)) for rule in match.rules]
        headed = [("rule", *match.outputs), *rows] if rows else [("no rule matches",)]
        parts += [f"<p>{escape(match.decision)} ({escape(match.policy)}): {escape(asked)}</p>"]
        parts += [_table(headed)]
    return f"<div>{''.join(parts)}{_list(decided.problems)}</div>"


def _table(rows: Iterable[Sequence[str]]) -> str:
    """Write rows, each headed by its first cell; nothing if there are none."""
    written = [
        f"<tr><th>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    ]
    return f"<table><tbody>{''.join(written)}</tbody></table>" if written else ""


def _list(texts: Iterable[str]) -> str:
    written = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{written}</ul>" if written else ""


def _short(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - a user's object must not break the picture
        text = f"<{type(value).__name__}: {type(error).__name__}>"
    return text if len(text) <= 200 else text[:199] + "…"


def _drawing(run: Run, executor: Executor) -> str:
    """Draw a run on its file; nothing where the engine was given a program without one."""
    drawn = next(
        (
            file
            for file in executor.settings.files
            if run.process in {p.id for p in processes(file)}
        ),
        next(iter(executor.settings.files), None),
    )
    if drawn is None:
        return ""
    watch = next((seen for seen in executor.observers.all if isinstance(seen, RunWatch)), None)
    overlay = (
        standing(run, Naming(drawn, TraceNames(executor.program).renamed()))
        if watch is None
        else overlay_of(watch.summary(run.id), Naming(drawn, watch.renamed))
    )
    return svg_of(drawn, overlay)


_STANDS: Final = {Cause.INCIDENT: Progress.FAILED, Cause.CALL: Progress.ACTIVE}
"""What keeps a token where it is -> how its element stands; it waits for all else."""


def standing(run: Run, naming: Naming) -> Overlay | None:
    """Mark the elements at which tokens stand; nothing of what they did before is known."""
    ranks, found = list(Progress), dict[str, Progress]()
    for still in run.why():
        node = naming.nodes.get(escape_id(still.node))
        if node is not None and still.cause not in ASIDE:
            states = found.get(node.id), _STANDS.get(still.cause, Progress.WAITING)
            found[node.id] = max(filter(None, states), key=ranks.index)
    marks = {node: Mark(state=state) for node, state in found.items()}
    return Overlay(marks=marks, rest=Found.CLEAN) if marks else None


def display_run(run: Run, executor: Executor) -> None:
    """Show a run in IPython, and show it anew while it goes on."""
    from IPython.display import HTML, display

    shown = display(HTML(html_of(run, executor)), display_id=True)
    if not run.wait(0):
        follow = threading.Thread(
            target=_follow, args=(run, executor, lambda html: shown.update(HTML(html))), daemon=True
        )
        follow.start()


def _follow(run: Run, executor: Executor, show: Callable[[str], None]) -> None:
    """Show a run anew until it does not move any more."""
    until = time.monotonic() + LONGEST
    while not run.wait(0) and time.monotonic() < until:
        time.sleep(EVERY)
        show(html_of(run, executor))
    show(html_of(run, executor))
