"""Outlines of shapes from their bounds (clause 12): primitives in the file's coordinates.

Every outline is a tuple of parts; the first is the shape itself, which states and themes colour.
"""

from __future__ import annotations

from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, Part, curve, line, polygon
from bpmn_xml.render.geometry import Box

THIN, NORMAL, THICK, HEAVY = 1.5, 2.0, 4.0, 5.0
"""Line widths in px: of double lines, pools and artifacts; of most; of end events; of calls."""

RADIUS = 10.0
"""Corners of activities, in px."""


def circle(box: Box, *, width: float = NORMAL, dash: str = "", double: bool = False) -> Icon:
    """Draw an event: a thin, thick, double or dashed circle."""
    outer = _ellipse(box, Ink.PAPER, width, dash)
    if not double:
        return (outer,)
    gap = min(3.4, box.width / 6, box.height / 6)
    return (outer, _ellipse(box.grown(-gap), Ink.LINE, width, dash))


def _ellipse(box: Box, ink: Ink, width: float, dash: str) -> Part:
    radii = (max(box.width / 2, 0.5), max(box.height / 2, 0.5))
    return Part(Draw.OVAL, (box.centre, radii), ink, width, dash)


def rectangle(
    box: Box, *, radius: float = 0, width: float = NORMAL, dash: str = "", ink: Ink = Ink.PAPER
) -> Icon:
    """Draw a box, its corners rounded by a radius."""
    corner = min(radius, box.width / 3, box.height / 3)
    size = (box.width, box.height)
    return (Part(Draw.RECT, ((box.x, box.y), size, (corner, corner)), ink, width, dash),)


def double_rectangle(box: Box) -> Icon:
    """Draw a transaction: a rounded box within a rounded box (10.3)."""
    gap = min(3.0, box.width / 8, box.height / 8)
    inner = rectangle(box.grown(-gap), radius=RADIUS - gap, width=THIN, ink=Ink.LINE)
    return (*rectangle(box, radius=RADIUS, width=THIN), *inner)


def diamond(box: Box) -> Icon:
    """Draw a gateway."""
    cx, cy = box.centre
    corners = ((cx, box.y), (box.right, cy), (cx, box.bottom), (box.x, cy))
    return (polygon(*corners, ink=Ink.PAPER)._replace(width=NORMAL),)


def hexagon(box: Box, *, width: float = NORMAL) -> Icon:
    """Draw a conversation."""
    cy, slant = box.centre[1], box.width / 4
    corners = (
        (box.x, cy), (box.x + slant, box.y), (box.right - slant, box.y),
        (box.right, cy), (box.right - slant, box.bottom), (box.x + slant, box.bottom),
    )  # fmt: skip
    return (polygon(*corners, ink=Ink.PAPER)._replace(width=width),)


def sheet(box: Box) -> Icon:
    """Draw a data object: a page with a folded corner."""
    fold = min(11.0, box.width / 3, box.height / 3)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    page = ((x, y), (right - fold, y), (right, y + fold), (right, bottom), (x, bottom))
    corner = ((right - fold, y), (right - fold, y + fold), (right, y + fold))
    return (polygon(*page, ink=Ink.PAPER)._replace(width=NORMAL), line(*corner, width=THIN))


def cylinder(box: Box) -> Icon:
    """Draw a data store: a drum with three rings."""
    x, right = box.x, box.right
    tilt = min(box.height / 7, box.width / 4)
    top, foot = box.y + tilt, box.bottom - tilt
    dip = tilt * 4 / 3

    def ring(y: float) -> Part:
        return curve((x, y), (x, y + dip), (right, y + dip), (right, y), width=THIN)

    drum = (
        (x, top), (x, top - dip), (right, top - dip), (right, top),
        (right, top), (right, foot), (right, foot),
        (right, foot + dip), (x, foot + dip), (x, foot),
        (x, foot), (x, top), (x, top),
    )  # fmt: skip
    step = min(tilt * 0.9, (foot - top) / 3)
    body = Part(Draw.BLOB, drum, Ink.PAPER, NORMAL)
    return (body, *(ring(top + i * step) for i in range(3)))


def letter(box: Box, *, shaded: bool = False) -> Icon:
    """Draw a message: an envelope, shaded when it does not initiate."""
    cx, cy = box.centre
    flap = line((box.x, box.y), (cx, cy + box.height * 0.08), (box.right, box.y), width=THIN)
    ink = Ink.SHADE if shaded else Ink.PAPER
    return (*rectangle(box, width=THIN, ink=ink), flap)


def bracket(box: Box) -> Icon:
    """Draw a text annotation: an open bracket on its left side."""
    reach = min(10.0, box.width / 3)
    x, y, bottom = box.x, box.y, box.bottom
    return (line((x + reach, y), (x, y), (x, bottom), (x + reach, bottom), width=THIN),)


def band(box: Box, *, top: bool, foot: bool, shaded: bool) -> Icon:
    """Draw a participant's band of a choreography activity; its outer corners are round (11)."""
    r, x, y, right, bottom = min(RADIUS, box.height / 2), box.x, box.y, box.right, box.bottom
    a, b = (r if top else 0), (r if foot else 0)
    k, q = a * 0.45, b * 0.45
    points = (
        (x + a, y), (x + a, y), (right - a, y), (right - a, y),
        (right - k, y), (right, y + k), (right, y + a),
        (right, y + a), (right, bottom - b), (right, bottom - b),
        (right, bottom - q), (right - q, bottom), (right - b, bottom),
        (right - b, bottom), (x + b, bottom), (x + b, bottom),
        (x + q, bottom), (x, bottom - q), (x, bottom - b),
        (x, bottom - b), (x, y + a), (x, y + a),
        (x, y + k), (x + k, y), (x + a, y),
    )  # fmt: skip
    return (Part(Draw.BLOB, points, Ink.SHADE if shaded else Ink.PAPER, THIN),)
