"""The stylesheet of a picture: what each class of primitive looks like in a theme.

Rules begin with the class of the root, so several pictures can live on one page. `color` of a
group is the colour of its lines; the rest follows from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.render.overlay import Progress

if TYPE_CHECKING:
    from bpmn_xml.render.theme import Paint, Theme

FONTS: Final = "Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif"

HALO: Final = 4.0
"""Width of the rim of canvas around text that stands on lines, in px."""


def stylesheet(theme: Theme) -> str:
    """Write the rules of a theme."""
    plain, root = theme.plain, f".bpmn-xml.{theme.name}"
    rules = [
        (
            f"{root}{{color:{plain.line};font-family:{FONTS};"
            "stroke-linejoin:round;stroke-linecap:round}"
        ),
        f"{root} .canvas{{fill:{theme.canvas};stroke:none}}",
        f"{root} .line,{root} .route{{fill:none;stroke:currentColor}}",
        f"{root} .solid,{root} .tip{{fill:currentColor;stroke:currentColor}}",
        f"{root} .shade{{fill:{theme.shade};stroke:currentColor}}",
        f"{root} .open{{fill:{theme.canvas};stroke:currentColor}}",
        f"{root} .conversation-link{{stroke-linecap:butt}}",
        f"{root} text{{fill:{plain.text};stroke:none}}",
        f"{root} .outside{{paint-order:stroke;stroke:{theme.canvas};stroke-width:{HALO}px}}",
        *_filled(root, plain),
    ]
    for state in Progress:
        paint, group = theme.states[state], f"{root} .{state}"
        rules += [f"{group}{{color:{paint.line}}}", *_filled(group, paint)]
        rules.append(f"{group} text{{fill:{paint.text}}}")
    return "\n".join(rules)


def _filled(group: str, paint: Paint) -> list[str]:
    """Write the rules of what shows the inside of an element."""
    return [
        f"{group} .paper{{fill:{paint.fill};stroke:currentColor}}",
        f"{group} .knock{{fill:none;stroke:{paint.fill}}}",
        f"{group} .hole{{fill:{paint.fill};stroke:{paint.fill}}}",
    ]
