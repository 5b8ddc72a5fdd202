"""THE table of shapes: for every type its outline, what lies on it, and where its name stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bpmn_xml import model
from bpmn_xml.render.composing import captions, outlines, symbols
from bpmn_xml.render.composing.icons.parts import Icon, Ink, Part, line
from bpmn_xml.render.composing.outlines import HEAVY, NORMAL, RADIUS, THICK, THIN
from bpmn_xml.render.composing.scene import Caption, Dash
from bpmn_xml.render.composing.subject import Subject
from bpmn_xml.render.geometry import Box


class Look(NamedTuple):
    """How a type is drawn; `usual` is the size of a shape without one, nothing for containers."""

    outline: Callable[[Subject], Icon]
    parts: Callable[[Subject], Icon]
    texts: Callable[[Subject], tuple[Caption, ...]]
    usual: tuple[float, float] | None = (100.0, 80.0)


def _start(subject: Subject) -> Icon:
    dash = Dash.NONE if subject.interrupts() else Dash.SHORT
    return outlines.circle(subject.box, width=NORMAL, dash=dash)


def _between(subject: Subject) -> Icon:
    dash = Dash.NONE if subject.interrupts() else Dash.SHORT
    return outlines.circle(subject.box, width=THIN, dash=dash, double=True)


def _activity(subject: Subject) -> Icon:
    return outlines.rectangle(subject.box, radius=RADIUS)


def _call(subject: Subject) -> Icon:
    return outlines.rectangle(subject.box, radius=RADIUS, width=HEAVY)


def _sub_process(subject: Subject) -> Icon:
    dash = Dash.DOTTED if subject.waits_for_event() else Dash.NONE
    return outlines.rectangle(subject.box, radius=RADIUS, dash=dash)


def _pool(subject: Subject) -> Icon:
    kind = subject.shape.participant_band_kind
    if not kind:
        return outlines.rectangle(subject.box, width=THIN)
    top, foot = kind.startswith("top"), kind.startswith("bottom")
    return outlines.band(subject.box, top=top, foot=foot, shaded="non" in kind)


def _pool_parts(subject: Subject) -> Icon:
    """Draw the line of the band, or the message that a band of a choreography sends."""
    crowd = symbols.crowd(subject)
    if subject.shape.participant_band_kind:
        return (*_sent(subject), *crowd) if subject.shape.is_message_visible else crowd
    return crowd if subject.black_box else (_band_line(subject), *crowd)


def _band_line(subject: Subject) -> Part:
    strip = captions.band_of(subject)
    if subject.upright:
        return line((strip.x, strip.bottom), (strip.right, strip.bottom), width=THIN)
    return line((strip.right, strip.y), (strip.right, strip.bottom), width=THIN)


def _sent(subject: Subject) -> Icon:
    """Draw the message of a participant's band, outside and tied to it (11)."""
    box, kind = subject.box, subject.shape.participant_band_kind or ""
    cx, gap, high = box.centre[0], 14.0, 22.0
    up = kind.startswith("top")
    edge = box.y if up else box.bottom
    tip = edge - gap if up else edge + gap
    sheet = Box(cx - 16, tip - high if up else tip, 32, high)
    tie = line((cx, edge), (cx, tip))._replace(dash=str(Dash.DOTTED))
    return (tie, *outlines.letter(sheet, shaded="non" in kind))


def _pool_texts(subject: Subject) -> tuple[Caption, ...]:
    band = subject.shape.participant_band_kind
    return captions.banner(subject) if band else captions.on_band(subject)


def _lane(subject: Subject) -> Icon:
    """Draw a lane; one sees through it what its pool is marked with, unless it has a colour."""
    ink = Ink.PAPER if subject.shape.extension_attributes else Ink.LINE
    return outlines.rectangle(subject.box, width=THIN, ink=ink)


def _nothing(_: Subject) -> Icon:
    return ()


def _group(subject: Subject) -> Icon:
    """Draw a group; one sees through it."""
    dash = str(Dash.DASH_DOT)
    return outlines.rectangle(subject.box, radius=RADIUS, width=THIN, dash=dash, ink=Ink.LINE)


def _activity_parts(subject: Subject) -> Icon:
    signs = () if subject.expanded else symbols.task_icon(subject)
    return (*signs, *symbols.started_by(subject), *symbols.markers(subject))


_EVENT = (symbols.event_icon, captions.beside, (36.0, 36.0))
_ACTIVITY = (_activity_parts, captions.inside)
_DATA = (symbols.data_icon, captions.beside, (36.0, 50.0))
_MIDDLE_SIZE = (50.0, 50.0)

LOOKS: Final[Mapping[type, Look]] = {
    model.StartEvent: Look(_start, *_EVENT),
    model.IntermediateCatchEvent: Look(_between, *_EVENT),
    model.IntermediateThrowEvent: Look(_between, *_EVENT),
    model.BoundaryEvent: Look(_between, *_EVENT),
    model.EndEvent: Look(lambda s: outlines.circle(s.box, width=THICK), *_EVENT),
    model.Gateway: Look(
        lambda s: outlines.diamond(s.box), symbols.gateway_icon, captions.beside, _MIDDLE_SIZE
    ),
    model.Task: Look(_activity, *_ACTIVITY),
    model.CallActivity: Look(_call, *_ACTIVITY),
    model.SubProcess: Look(_sub_process, *_ACTIVITY),
    model.Transaction: Look(lambda s: outlines.double_rectangle(s.box), *_ACTIVITY),
    model.DataObject: Look(lambda s: outlines.sheet(s.box), *_DATA),
    model.DataObjectReference: Look(lambda s: outlines.sheet(s.box), *_DATA),
    model.DataInput: Look(lambda s: outlines.sheet(s.box), *_DATA),
    model.DataOutput: Look(lambda s: outlines.sheet(s.box), *_DATA),
    model.DataStore: Look(
        lambda s: outlines.cylinder(s.box), _nothing, captions.beside, _MIDDLE_SIZE
    ),
    model.DataStoreReference: Look(
        lambda s: outlines.cylinder(s.box), _nothing, captions.beside, _MIDDLE_SIZE
    ),
    model.Message: Look(lambda s: outlines.letter(s.box), _nothing, captions.beside, (32.0, 22.0)),
    model.TextAnnotation: Look(
        lambda s: outlines.bracket(s.box), _nothing, captions.note, (100.0, 40.0)
    ),
    model.Group: Look(_group, _nothing, captions.caption, None),
    model.Participant: Look(_pool, _pool_parts, _pool_texts, None),
    model.Lane: Look(_lane, _nothing, captions.on_band, None),
    model.ConversationNode: Look(
        lambda s: outlines.hexagon(s.box), symbols.markers, captions.beside, _MIDDLE_SIZE
    ),
    model.CallConversation: Look(
        lambda s: outlines.hexagon(s.box, width=HEAVY),
        symbols.markers,
        captions.beside,
        _MIDDLE_SIZE,
    ),
    model.ChoreographyActivity: Look(_activity, symbols.markers, captions.free),
    model.CallChoreography: Look(_call, symbols.markers, captions.free),
}


def look_of(element: object) -> Look | None:
    """Find how an element is drawn, by its type or the nearest type above it."""
    return next((LOOKS[kind] for kind in type(element).__mro__ if kind in LOOKS), None)
