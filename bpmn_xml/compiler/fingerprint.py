"""The hash of a program: equal for equal models, different for all that could run differently.

What is only shown or told takes no part: names, places, the hash itself. Functions are stood for
by the texts and languages beside them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import Container, Flow, Node, Program
from bpmn_xml.expressions.clock import NOW

SHOWN: Final = frozenset(
    {"name", "place", "about", "hash", "clock", "answers", "renamed", "prefilled", "properties"}
)
"""Fields that decide nothing once an instance has begun."""

PARTS: Final = frozenset({"nodes", "flows", "containers"})
"""Fields of a program whose entries are hashed one by one."""

DERIVED: Final = frozenset({"counted", "watched"})
"""Fields of a program that only gather what its nodes say."""


def program_hash(program: Program) -> str:
    """Hash all that decides how a program runs; 32 hexadecimal digits.

    >>> len(program_hash(Program(nodes=(), flows=(), containers=(), processes={})))
    32
    """
    return hashlib.sha256(_deciding_parts(program)).hexdigest()[:32]


def clock_of(program: Program) -> str:
    """The name under which the time is to be given to expressions, if any of them may ask.

    Those that draw by chance ask too: what is drawn comes from the time.
    """
    return NOW if _ASKING.search(_deciding_parts(program)) else ""


_ASKING: Final = re.compile(
    rb"\b(?:now|today|dateTime|uuid|random\s+number)\s*\(|\bexecution\b|\btask\.\w*rocessInstanceId"
)


def _deciding_parts(program: Program) -> bytes:
    """All that decides how a program runs."""
    plain = (
        _WHOLE(program),
        [_NODE(node) for node in program.nodes],
        [_FLOW(flow) for flow in program.flows],
        [_CONTAINER(container) for container in program.containers],
    )
    return msgspec.json.encode(plain, enc_hook=_no_function)


def deciding(
    struct: type[msgspec.Struct], without: frozenset[str] = SHOWN
) -> Callable[[Any], tuple[object, ...]]:
    """Make the function that takes out of a value all its fields that decide something."""
    return attrgetter(*[field for field in struct.__struct_fields__ if field not in without])


def _no_function(_function: object) -> None:
    """Encode a function as null: the text beside it says what it computes."""


_NODE: Final = deciding(Node)
_FLOW: Final = deciding(Flow)
_CONTAINER: Final = deciding(Container)
_WHOLE: Final = deciding(Program, SHOWN | PARTS | DERIVED)
