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

REMEDIES: Final = {
    NO_LINE: "write [section], name = value or # a comment",
    TWICE: "give it a name of its own, or remove one of them",
    NO_MODEL: "add a section [model] with keys = a, b, c",
    NO_SECTION: "add a section of its name, or take the key out of [model]",
    NO_KEY: "add its name to the keys of [model], or remove the section",
    WRONG_TYPE: "write type = generator, transfer or sink",
    NO_OPTION: "add the option",
    WRONG_NUMBER: "write a number that is in the range",
    WRONG_NAME: "write a name as Python has it",
    UNKNOWN_OPTION: "correct the name of the option, or remove it",
    UNKNOWN_SUCCESSOR: "correct the name, or add it to the keys of [model]",
    WRONG_SUCCESSOR: "let a generator or a transfer lead on, and nothing lead to a generator",
    NO_GENERATOR: "give a section type = generator",
    UNREACHABLE: "name it in OnSuccess or OnFailure of a section that is reached, or remove it",
    JOIN_IN_CYCLE: "lead the cycle past the join, or let that wait for any of its ports",
    MIXED_JOIN: "join only what one generator has made",
    WRONG_PORTS: "write input_ports = all or any",
    NO_EFFECT: "remove it",
    STRAY_FAILURE: "lead the failure elsewhere, or let the join wait for any of its ports",
}
"""What to do about each in general."""
