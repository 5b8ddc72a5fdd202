"""Workers that were written for Camunda's servers, as handlers: their code stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.codes import finding
from bpmn_xml.errors import BindingError, UsageError
from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.references import Reference
from bpmn_xml.runtime.binding.workers.external_task import from_external_task
from bpmn_xml.runtime.binding.workers.zeebe import from_pyzeebe, is_router
from bpmn_xml.wording import suggest

__all__ = ["from_external_task", "from_pyzeebe", "load_workers", "workers_from"]

REMEDY: Final = "name a ZeebeTaskRouter, or a mapping from topics to functions"


def workers_from(source: object) -> dict[str, Callable[..., Any]]:
    """The handlers of a `ZeebeTaskRouter`, or of a mapping from topics to functions.

    Raises:
        UsageError: it is neither.
    """
    if is_router(source):
        return from_pyzeebe(source)
    if isinstance(source, Mapping):
        return from_external_task(source)
    raise UsageError(f"{type(source).__name__} holds no workers", remedy=REMEDY)


def load_workers(text: str, imports: AllowedImports) -> dict[str, Callable[..., Any]]:
    """Import `module:name` from an allowed place; the handlers of the workers there.

    Raises:
        BindingError: it is not there, or holds no workers.
    """
    try:
        reference = Reference.parse(text)
        module = imports.load(reference.module)
        return workers_from(getattr(module, reference.name))
    except RefusedError as error:
        code, message, remedy = error.code, str(error), error.remedy
    except AttributeError:
        known = [name for name in vars(module) if not name.startswith("_")]
        code, remedy = codes.NO_SUCH_NAME, suggest(reference.name, known, "correct the name")
        message = f"{reference.module} has no {reference.name!r}"
    except ValueError as error:
        code, message, remedy = codes.MALFORMED, str(error), "write module:name"
    except UsageError as error:
        code, remedy = codes.NOT_CALLABLE, REMEDY
        message = f"{text}: {str(error).removesuffix(f': {REMEDY}')}"
    raise BindingError([finding(code, message, remedy)])
