"""Primitives as SVG elements."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn_xml.render.composing.icons.parts import Draw, Part
from bpmn_xml.render.geometry import Point


def number(value: float) -> str:
    """Write a coordinate with at most two decimals.

    >>> number(12.0), number(-0.001), number(3.14159)
    ('12', '0', '3.14')
    """
    if value == (whole := round(value)):
        return str(whole)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text if text != "-0" else "0"


def _pairs(points: Sequence[Point]) -> str:
    return " ".join([f"{number(x)},{number(y)}" for x, y in points])


def path(part: Part) -> str:
    """Write an open or closed line or curve as the `d` of an SVG path."""
    start, rest = _pairs(part.points[:1]), _pairs(part.points[1:])
    letter = "C" if part.draw in {Draw.CURVE, Draw.BLOB} else "L"
    close = "Z" if part.draw in {Draw.POLYGON, Draw.BLOB} else ""
    return f"M{start}{letter}{rest}{close}"


def svg(part: Part) -> tuple[str, dict[str, str]]:
    """Give the name and the attributes of the SVG element of a part, without colours."""
    common = {"stroke-width": number(part.width)}
    if part.dash:
        common["stroke-dasharray"] = part.dash
    if part.draw is Draw.OVAL:
        (cx, cy), (rx, ry) = part.points
        shape = {"cx": cx, "cy": cy, "rx": rx, "ry": ry}
        return "ellipse", {key: number(value) for key, value in shape.items()} | common
    if part.draw is Draw.RECT:
        (x, y), (width, height), (radius, _) = part.points
        shape = {"x": x, "y": y, "width": width, "height": height}
        corner = {"rx": number(radius)} if radius else {}
        return "rect", {key: number(value) for key, value in shape.items()} | corner | common
    return "path", {"d": path(part)} | common
