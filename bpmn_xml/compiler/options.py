"""What whoever compiles may choose."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How strict the gate is and what it may assume.

    Attributes:
        process: the one process to compile, also if it is not marked executable.
        alone: without those that begin with messages of it, and nothing else in the file is judged.
        stub: tasks without Python pass; what only moves data may be left out, with a note.
        choices: a gateway's id -> the id of the flow that is taken, in place of its conditions; or
            their names, where no element has such an id.
        allow_scripts: script tasks may run their scripts.
        forms: the forms that stand beside the drawings, by id and by name, as text.
        allow_unknown: vendors' words that nobody here knows, let pass as they are spelled.
        stand_ins: names under which Python is given: where one is that of a called process, or of
            what calls it, and of no task, that is called in its place.
        catch_up: how many repetitions of a timer in a row may come late; more of them are left out.
    """

    process: str = ""
    alone: bool = False
    stub: bool = False
    choices: Mapping[str, str] = {}
    allow_scripts: bool = False
    forms: Mapping[str, str] = {}
    allow_unknown: frozenset[str] = frozenset()
    stand_ins: frozenset[str] = frozenset()
    catch_up: int = 1000
