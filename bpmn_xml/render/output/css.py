"""The stylesheet of a picture: what each class of primitive looks like in a theme.

Rules begin with the class of the root, so several pictures can live on one page. `color` of a
group is the colour of its lines; the rest follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bpmn_xml.render.output.colour_classes import ColourClasses
from bpmn_xml.render.overlay import State
from bpmn_xml.render.theme import Paint, Theme

FONTS: Final = "Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif"

HALO: Final = 4.0
"""Width of the rim of canvas around text that stands on lines, in px."""


def stylesheet(
    themes: Sequence[Theme],
    states: Iterable[State],
    colours: ColourClasses,
    *,
    name: str,
    more: str = "",
) -> str:
    """Write the rules of a picture: of its first theme, and of the second where it is dark.

    Args:
        themes: one, or a light and a dark one.
        states: those that occur.
        colours: the classes of what single elements wear.
        name: the class of the root that says which themes these are.
        more: rules of the user, which come last.
    """
    root, wanted = f".bpmn-xml.{name}", tuple(states)
    written = [
        [*_rules(theme, root, wanted), *colours.rules(root, number)]
        for number, theme in enumerate(themes)
    ]
    rules = written[0]
    for dark in written[1:]:
        rules += ["@media (prefers-color-scheme:dark){", *dark, "}"]
    return "\n".join([*rules, more] if more else rules)


def _rules(theme: Theme, root: str, states: Sequence[State]) -> list[str]:
    plain = theme.plain
    rules = [
        (
            f"{root}{{color:{plain.line};font-family:{FONTS};"
            "stroke-linejoin:round;stroke-linecap:round}"
        ),
        f"{root} .canvas{{fill:{theme.canvas};stroke:none}}",
        f"{root} .line,{root} .route{{fill:none;stroke:currentColor}}",
        f"{root} .solid,{root} .tip{{fill:currentColor;stroke:currentColor}}",
        f"{root} .rim{{fill:currentColor}}",
        f"{root} .shade{{fill:{theme.shade};stroke:currentColor}}",
        f"{root} .open{{fill:{theme.canvas};stroke:currentColor}}",
        f"{root} .conversation-link{{stroke-linecap:butt}}",
        f"{root} text{{fill:{plain.text};stroke:none}}",
        f"{root} .outside{{paint-order:stroke;stroke:{theme.canvas};stroke-width:{HALO}px}}",
        *_filled(root, plain),
    ]
    for state in states:
        rules += _dressed(f"{root} .{state}", theme.states[state])
    return rules


def at_rest(themes: Sequence[Theme], states: Iterable[State], *, name: str) -> str:
    """Write the rules that show elements, to people who want no motion, as they are at the end.

    Args:
        themes: a light and a dark one.
        states: those that occur; the attribute `data-end` of an element has its last one.
        name: the class of the root.
    """
    wanted = tuple(states)
    rules = []
    for theme, more in zip(themes, ("", " and (prefers-color-scheme:dark)"), strict=True):
        rules.append(f"@media (prefers-reduced-motion:reduce){more}{{")
        for state in wanted:
            rules += _dressed(f'.bpmn-xml.{name} [data-end="{state}"]', theme.states[state])
        rules.append("}")
    return "\n".join(rules)


def _dressed(group: str, paint: Paint) -> list[str]:
    """Write the rules of what wears the colours of a state."""
    line, text = f"{group}{{color:{paint.line}}}", f"{group} text{{fill:{paint.text}}}"
    return [line, *_filled(group, paint), text]


def _filled(group: str, paint: Paint) -> list[str]:
    """Write the rules of what shows the inside of an element."""
    return [
        f"{group} .paper{{fill:{paint.fill};stroke:currentColor}}",
        f"{group} .knock{{fill:none;stroke:{paint.fill}}}",
        f"{group} .rim{{stroke:{paint.fill}}}",
        f"{group} .hole{{fill:{paint.fill};stroke:{paint.fill}}}",
    ]
