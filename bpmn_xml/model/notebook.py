"""How models and runs are shown in a notebook: only the name of what shows them is known here.

Nothing is imported before a notebook asks, and what is below does not depend on what draws.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, cast

SHOWN_BY: Final = "bpmn_xml.show.notebook"


def from_notebook(name: str) -> Callable[..., Any]:
    """Find the function of `show` that shows a value in a notebook.

    >>> from_notebook("svg_of").__module__
    'bpmn_xml.show.notebook'
    """
    return cast("Callable[..., Any]", getattr(import_module(SHOWN_BY), name))
