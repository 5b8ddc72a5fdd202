"""Pictures of diagrams: the format by the suffix, a run as marks on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from bpmn_xml.cli.complaints import complain
from bpmn_xml.cli.writing import STANDARD_OUTPUT, check_writable, write_out
from bpmn_xml.errors import UsageError

if TYPE_CHECKING:
    from bpmn_xml.model import Definitions
    from bpmn_xml.render.drawing import Format
    from bpmn_xml.render.overlay import Overlay

FORMATS: Final = ("svg", "png", "pdf", "html", "dot")


def format_of(name: str) -> Format:
    """Find the format of a picture by the suffix of its file.

    Raises:
        UsageError: there is no such format.
    """
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{known}" for known in FORMATS)
        what = f"unknown picture format '.{suffix}'" if suffix else f"{name} has no suffix"
        raise UsageError(what, remedy=f"expected one of {known}")
    return cast("Format", suffix)


def kind_of(target: str, *sources: Path, usual: Format | None = None) -> Format:
    """The format of a picture that will be written; that of the standard output is SVG.

    Raises:
        UsageError: there is no such format.
        StoreError: it could not be written, or would overwrite what is read.
    """
    kind: Format = usual or ("svg" if target == STANDARD_OUTPUT else format_of(target))
    check_writable(target, *sources)
    return kind


def draw(
    definitions: Definitions,
    target: str,
    overlay: Overlay | None = None,
    *,
    kind: Format | None = None,
    **options: str,
) -> str:
    """Draw a file to a picture; print what could not be drawn as specified; its plane's name.

    Args:
        definitions: what is drawn.
        target: the picture's file, its suffix the format; `-` is the standard output.
        overlay: the run on top.
        kind: the format, if it is not to be that of the suffix.
        options: `theme`, `plane` and `style` of `render.picture`, empty for what is usual.

    Raises:
        UsageError: there is no such plane, theme or format.
        StoreError: the file cannot be written.
    """
    from bpmn_xml.render.drawing import picture

    chosen = {key: value for key, value in options.items() if value}
    drawn = picture(definitions, overlay=overlay, format=kind or format_of(target), **chosen)
    complain(drawn.notes)
    write_out(target, drawn.data)
    return drawn.plane
