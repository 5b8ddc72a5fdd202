"""A run as one page: the drawing, the film of the run, and what moves it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bpmn_xml.model import Definitions
from bpmn_xml.render.composing.lettering import clean
from bpmn_xml.render.drawing import job_of, svg_of
from bpmn_xml.render.output.page import Extras, PageDrawing, page
from bpmn_xml.render.output.spots import corners
from bpmn_xml.render.overlay import BLANK
from bpmn_xml.render.replay.film import film
from bpmn_xml.render.replay.schedule import schedule
from bpmn_xml.render.runs import Naming

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine

_ASIDE: Final = """<aside aria-label="tokens and their variables">
<h2 id="count">0 tokens</h2>
<div id="tokens" role="group" aria-labelledby="count"></div>
<h2 id="whose">Variables</h2>
<table aria-labelledby="whose"><tbody id="variables"></tbody></table>
</aside>"""

_FOOTER: Final = """<footer role="group" aria-label="replay">
<div class="buttons">
<button type="button" id="back" aria-label="one step back" title="left, comma">&#9664;</button>
<button type="button" id="play" title="space">Play</button>
<button type="button" id="forth" aria-label="one step on" title="right, full stop">&#9654;</button>
</div>
<input type="range" id="at" min="0" value="0" step="any" aria-label="moment of the run">
<output id="clock" for="at"></output>
<label>speed <select id="speed">
<option value="0.25">&#188;</option><option value="0.5">&#189;</option>
<option value="1" selected>1</option><option value="2">2</option><option value="4">4</option>
<option value="8">8</option><option value="16">16</option>
</select></label>
<label>only <select id="item"><option value="">everything</option></select></label>
</footer>
"""


def replay_page(
    definitions: Definitions,
    lines: Iterable[TraceLine],
    naming: Naming,
    *,
    plane: str | int | None = None,
    style: str = "",
) -> bytes:
    """Make the page of a run.

    Args:
        definitions: what was run; its file, if it is from one, is the title.
        lines: its trace, with the values it wrote.
        naming: what the trace calls the elements.
        plane: which drawing of the file; the first one by default.
        style: rules of CSS that follow ours.

    Returns:
        HTML that needs no other file and no network.
    """
    job = job_of(definitions, overlay=BLANK, theme="auto", plane=plane, style=style)
    extras = Extras(
        beside=_ASIDE,
        below=_FOOTER,
        title=clean(Path(definitions.place.file).name),
        assets=("replay.css", "replay.js"),
        data=film(schedule(lines, naming), naming) | {"corners": corners(job.scene)},
    )
    return page(PageDrawing(svg_of(job)), extras=extras)
