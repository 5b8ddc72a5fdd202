"""THE table of icons: every name a drawing may ask for.

>>> sorted(name for name in ICONS if name.startswith("task/"))[:3]
['task/business-rule', 'task/manual', 'task/receive']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml.render.composing.icons.events import EVENTS
from bpmn_xml.render.composing.icons.gateways import GATEWAYS
from bpmn_xml.render.composing.icons.markers import MARKERS, SIGNS
from bpmn_xml.render.composing.icons.parts import Icon
from bpmn_xml.render.composing.icons.tasks import TASKS

_GROUPS: Final[Mapping[str, Mapping[str, Icon]]] = {
    "event": EVENTS,
    "gateway": GATEWAYS,
    "task": TASKS,
    "marker": MARKERS,
    "sign": SIGNS,
}

ICONS: Final[Mapping[str, Icon]] = {
    f"{group}/{name}": icon for group, icons in _GROUPS.items() for name, icon in icons.items()
}
