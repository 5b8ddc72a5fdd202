"""Drawings that mean the same do the same: nested at random, in every order and by every driver."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.formats import read
from tests.core.disguises import Disguise
from tests.core.harness import Driver
from tests.core.meanings import BLOCKS, Block, Log, Meaning

WAYS = {
    "in order": {},
    "in any order": {"seed": 1},
    "from its state": {"seed": 2, "reload": True},
    "step by step": {"seed": 3, "reload": True, "limit": 1},
}


def compiled(meaning: Meaning, chance: random.Random, likely: float) -> Program:
    """A disguise that is ready to run."""
    disguise = Disguise(meaning, chance, likely)
    return compile_models([read(disguise.file, name="disguise.bpmn")], Options(stub=True))


def run(meaning: Meaning, program: Program, **ways: object) -> Driver:
    """Run a drawing and compare what it did with what it means."""
    log = Log(meaning)
    handlers = {
        node.id: lambda names, name=node.id: log.called(name, names) for node in program.nodes
    }
    ran = Driver(program, handlers, **ways).run(meaning.variables)
    assert (ran.outcome, ran.incidents()) == ("completed", [])
    assert ran.waits() == []
    log.check()
    return ran


@pytest.mark.parametrize("likely", [0.0, 0.2, 0.4])
@given(BLOCKS, st.integers(0, 2**32))
def test_a_disguise_changes_nothing(likely: float, block: Block, seed: int) -> None:
    meaning = Meaning(block)
    program = compiled(meaning, random.Random(seed), likely)
    for ways in WAYS.values():
        ran = run(meaning, program, **ways)
        if not ways.get("reload"):
            the_long_way = run(meaning, program, **ways, short=False)
            assert the_long_way.records == ran.records
