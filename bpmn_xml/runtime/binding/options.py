"""Where the Python of tasks is looked for: options that engines and checks share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from bpmn_xml.runtime.binding.stores import Stores

if TYPE_CHECKING:
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.decisions.values import DecisionModel


class BindingOptions(TypedDict, total=False):
    """What may be told of where the Python of tasks is.

    Attributes:
        options: what the compiler may assume, as one value.
        folders: from whose modules handlers may be imported, beside those of the diagrams.
        allow_imports: installed modules that may be named by the diagrams.
        bindings: a table of names, or the path of a binding file; `bindings.toml` beside a
            drawing unless said.
        decisions: decision models, besides those among the models and beside the drawings.
        modules: modules to take handlers from; the one called like a drawing, beside it, unless
            said.
        workers_from: routers of workers, as `module:name`.
        stores: data stores by name; those that are not given are in memory.
    """

    options: Options
    folders: Sequence[Path | str]
    allow_imports: Sequence[str]
    bindings: Mapping[str, str] | Path | str
    decisions: Sequence[DecisionModel]
    modules: Sequence[str]
    workers_from: Sequence[str]
    stores: Stores
