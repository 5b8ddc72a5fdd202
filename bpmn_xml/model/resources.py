"""Resources of activities (10.3)."""

from __future__ import annotations

from bpmn_xml.model.common import Expression
from bpmn_xml.model.foundation import BaseElement


class ResourceRole(BaseElement, frozen=True, kw_only=True):
    """Which resource plays a part in an activity or process (10.3)."""

    name: str | None = None
    resource_ref: str | None = None
    resource_parameter_bindings: tuple[ResourceParameterBinding, ...] = ()
    resource_assignment_expression: ResourceAssignmentExpression | None = None


class Performer(ResourceRole, frozen=True, kw_only=True):
    """The resource that performs the activity (10.3)."""


class HumanPerformer(Performer, frozen=True, kw_only=True):
    """The people who perform the activity (10.3)."""


class PotentialOwner(HumanPerformer, frozen=True, kw_only=True):
    """The people who may claim a user task (10.3)."""


class ResourceAssignmentExpression(BaseElement, frozen=True, kw_only=True):
    """An expression whose value is the resource (10.3)."""

    expression: Expression | None = None


class ResourceParameterBinding(BaseElement, frozen=True, kw_only=True):
    """The value of one parameter of a resource query (10.3)."""

    parameter_ref: str
    expression: Expression | None = None
