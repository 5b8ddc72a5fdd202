"""The codes of findings about legacy files: stable, one title each."""

from __future__ import annotations

from typing import Final

NO_LINE: Final = "BX050"
TWICE: Final = "BX051"
NO_MODEL: Final = "BX052"
NO_SECTION: Final = "BX053"
NO_KEY: Final = "BX054"
WRONG_TYPE: Final = "BX055"
NO_OPTION: Final = "BX056"
WRONG_NUMBER: Final = "BX057"
WRONG_NAME: Final = "BX058"
UNKNOWN_OPTION: Final = "BX059"
UNKNOWN_SUCCESSOR: Final = "BX060"
WRONG_SUCCESSOR: Final = "BX061"
NO_GENERATOR: Final = "BX062"
UNREACHABLE: Final = "BX063"
JOIN_IN_CYCLE: Final = "BX064"
MIXED_JOIN: Final = "BX065"
WRONG_PORTS: Final = "BX066"
NO_EFFECT: Final = "BX067"
STRAY_FAILURE: Final = "BX068"

TITLES: Final = {
    NO_LINE: "A line is neither a section nor an option nor a comment",
    TWICE: "A section, an option or a key stands twice",
    NO_MODEL: "The section [model] or its option keys is missing",
    NO_SECTION: "A key of the model has no section",
    NO_KEY: "A section has no key in the model; it has no effect",
    WRONG_TYPE: "A section has a type that does not exist",
    NO_OPTION: "A section lacks an option that it needs",
    WRONG_NUMBER: "An option is not a number or out of range",
    WRONG_NAME: "A module, class or method is not a name of Python",
    UNKNOWN_OPTION: "An option is unknown; it has no effect",
    UNKNOWN_SUCCESSOR: "A successor is not a key of the model",
    WRONG_SUCCESSOR: "A section has a successor that it cannot have",
    NO_GENERATOR: "No section is a generator, so nothing would start",
    UNREACHABLE: "A section is never reached",
    JOIN_IN_CYCLE: "A cycle leads through a join that waits for all",
    MIXED_JOIN: "A join waits for results of different generators",
    WRONG_PORTS: "The option input_ports is neither all nor any",
    NO_EFFECT: "An option or section has no effect here",
    STRAY_FAILURE: "A failure leads to a join that cannot tell what it stands for",
}
"""The title of each code."""
