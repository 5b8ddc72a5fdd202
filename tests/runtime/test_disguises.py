"""Drawings that mean the same do the same with every driver."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.formats import read
from tests.core.disguises import Disguise
from tests.core.meanings import BLOCKS, Block, Log, Meaning
from tests.runtime.harness import DRIVERS, bench


def handler(log: Log, name: str) -> Callable[..., object]:
    """What is called for a task, with variables by name."""
    return lambda **names: log.called(name, names)


@settings(max_examples=25)
@given(BLOCKS, st.integers(0, 2**32))
def test_a_disguise_changes_nothing_for_any_driver(block: Block, seed: int) -> None:
    meaning = Meaning(block)
    file = Disguise(meaning, random.Random(seed), 0.3).file
    program = compile_models([read(file, name="disguise.bpmn")], Options(stub=True))
    for workers in DRIVERS.values():
        log = Log(meaning)
        with bench(program, {n.id: handler(log, n.id) for n in program.nodes}, workers) as at:
            run = at.run(meaning.variables)
            assert (run.outcome, run.incidents) == ("completed", [])
        log.check()
        done = {name: run.variables.get(name, 0) for name in meaning.order}
        assert done == Counter(meaning.order)
