"""A picture as one self-contained HTML page: nothing is loaded, nothing but our own script runs.

The policy names the script and the styles by their hash, so that even markup that found its way
into a name could neither run nor load anything.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import NamedTuple

from lxml import etree

_PAGE = """<!DOCTYPE html>
<html lang="en" class="{theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1>
<div class="buttons" role="group" aria-label="zoom">
<button type="button" id="zoom-out" aria-label="zoom out" title="zoom out (-)">&#8722;</button>
<button type="button" id="zoom-in" aria-label="zoom in" title="zoom in (+)">+</button>
<button type="button" id="zoom-fit" title="show all (0)">all</button>
</div></header>
{above}<main><div id="stage" tabindex="0" role="group" aria-label="drawing: plus, minus, 0, arrows">
{drawing}
</div>{beside}</main>
{below}<noscript>Without a script the drawing stands still.</noscript>
{data}<script>{script}</script>
</body>
</html>
"""


class PageDrawing(NamedTuple):
    """One drawing of a page: its SVG, what it is called, and the element it is the inside of."""

    svg: bytes
    name: str = ""
    element: str = ""


class Extras(NamedTuple):
    """What stands on a page around the drawing: markup that is ours, and safe.

    Attributes:
        above, beside, below: where it stands.
        title: what stands above; by default what the drawing is called.
        assets: the names of further scripts and styles in `web`.
        data: what the scripts read, as JSON.
    """

    above: str = ""
    beside: str = ""
    below: str = ""
    title: str = ""
    assets: tuple[str, ...] = ()
    data: object = None


def page(*drawings: PageDrawing, extras: Extras = Extras()) -> bytes:  # noqa: B008 - it is frozen
    """Put SVGs on a page on which one can zoom and pan; of several drawings one is shown."""
    roots = [_root(drawing) for drawing in drawings]
    for root in roots[1:]:
        root.set("class", f"{root.get('class')} away")
    styles = [str(style.text) for root in roots for style in root.iter("{*}style")]
    several = ("planes.js",) if len(drawings) > 1 else ()
    style, script = (
        "".join(_asset(name) for name in (*first, *extras.assets) if name.endswith(suffix))
        for first, suffix in ((("page.css",), ".css"), (("pan.js", *several), ".js"))
    )
    return _PAGE.format(
        policy=policy(scripts=[script], styles=[style, *dict.fromkeys(styles)]),
        theme=roots[0].get("class", "").split()[-1],
        title=escape(extras.title or roots[0].get("aria-label", "")),
        style=style,
        above=_links(drawings) + extras.above,
        drawing="\n".join(etree.tostring(root, encoding="unicode") for root in roots),
        beside=extras.beside,
        below=extras.below,
        data="" if extras.data is None else _json(extras.data),
        script=script,
    ).encode("utf-8", "replace")


def _root(drawing: PageDrawing) -> etree._Element:
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    root = etree.fromstring(drawing.svg, parser)
    root.set("data-element", drawing.element)
    return root


def _links(drawings: Sequence[PageDrawing]) -> str:
    """Write where else one can go on a page of several drawings."""
    if len(drawings) < 2:
        return ""
    links = (
        f'<a href="#plane={number}">{escape(drawing.name)}</a>'
        for number, drawing in enumerate(drawings, 1)
    )
    return f'<nav id="planes" aria-label="drawings">{"".join(links)}</nav>\n'


def policy(*, scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Write a content security policy that lets in these scripts and styles, and nothing else.

    >>> policy(scripts=["1"], styles=[])[:67]
    "default-src 'none'; script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqi"
    """
    rules = ["default-src 'none'"]
    for name, texts in (("script-src", scripts), ("style-src", styles)):
        hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in texts]
        rules.append(" ".join((name, *(f"'sha256-{found}'" for found in hashes))))
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _json(data: object) -> str:
    """Write data for a script; no `<` in it can end or begin an element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="data">{text}</script>\n'


@cache
def _asset(name: str) -> str:
    return (files("bpmn_xml.render") / "web" / name).read_text("utf-8")
