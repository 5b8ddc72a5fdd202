"""Whatever is drawn and whatever comes when: nothing is lost, left over, or waits in silence."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.compile import analyse
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve import replay
from bpmn_xml.core.machine import LIMIT, Machine
from bpmn_xml.core.state import AT_REST, NOT_HALTED, Scope, is_at_work, is_open, split_key
from bpmn_xml.core.ways import no_ways
from bpmn_xml.errors import CommandRejected, Severity
from bpmn_xml.formats import read
from bpmn_xml.trace.codec import Codec
from bpmn_xml.trace.histories import Histories
from bpmn_xml.trace.standstill import ASIDE, Cause
from tests.core.chance import CAMUNDA7, CAMUNDA8, Chance, Dialect
from tests.core.saved import dump, load

ALLOWED = Options(stub=True, allow_scripts=True)

MOST_COMMANDS = 60

LASTING = {
    "path",
    "container",
    "node",
    "n",
    "role",
    "index",
    "variables",
    "dropped",
    "terminated",
    "answers",
}
"""What may be left in the scope of a process that is over."""


class Play:
    """Runs an instance and asks of it what could be asked just then, by chance.

    Every batch is written and read as in a trace, and replayed into a second state, which must come
    out equal; the first is dumped and loaded. With `limited` a command does few steps, and others
    come before the rest of what it began; else a third state goes no short way, and comes as far.
    """

    def __init__(self, program: Program, seed: int, *, limited: bool) -> None:
        self.program, self.limited, self.chance = program, limited, random.Random(seed)
        self.machine, self.time, self.more = Machine(program), 0, False
        self.machine.budget.most_steps = 1_000  # what begins itself anew ends there
        self.slow = Machine(program, self.machine)
        self.slow.ways = no_ways(program)
        self.state, self.shadow, self.third = [self.machine.create("i") for _ in range(3)]
        self.codec, self.told = Codec(program), Histories(program)

    def send(self, command: c.Command) -> None:
        """Send a command; one that is rejected must change nothing."""
        self.time += self.chance.choice([0, 1])
        limit = self.chance.randint(1, 4) if self.limited else LIMIT
        try:
            batch = self.machine.send(self.state, command, self.time, limit)
        except CommandRejected:
            assert self.state == self.shadow
            return
        self.more = batch.more
        replay(self.program, self.shadow, batch)
        assert self.state == self.shadow
        self.told.add(self.codec.decode(self.codec.encode(batch)))
        assert self.told.states.get("i", self.state) == self.state
        if not self.limited:
            same = self.slow.send(self.third, command, self.time)
            assert r.expanded(same.records) == r.expanded(batch.records)
            assert self.third == self.state
        self.state = load(dump(self.state))
        assert self.state == self.shadow

    def run(self) -> None:
        """Begin, and go on until it is over or nothing but an incident is left."""
        self.send(c.StartInstance(self.program.processes["P"], {"n": 0}))
        for _ in range(MOST_COMMANDS):
            if self.state.outcome:
                return self.is_over()
            open_now = list(self.possible())
            if self.more and (not open_now or self.chance.random() < 0.7):
                self.send(c.Continue())
                continue
            if not self.more:
                self.is_explained()
            if not open_now:
                return None
            other = [c.BroadcastSignal("S", {}), c.SetVariables("", {"n": 4})]
            self.send(self.chance.choice([*open_now, *other]))
        return None

    def is_over(self) -> None:
        """Nothing is left, and it is told whether it came to its end."""
        (root,) = self.state.scopes.values()
        left = {name for name in root.__struct_fields__ if getattr(root, name)}
        assert left <= LASTING
        assert self.state.agenda is AT_REST
        assert not self.told.states
        assert bool(self.told.endings) is (self.state.outcome != "completed")

    def is_explained(self) -> None:
        """What it waits for is said of every token, or what must be mended.

        In one that is held as a whole tokens may stand anywhere.
        """
        stills = self.told.explain()
        if self.state.agenda.halted != NOT_HALTED:
            stills = tuple([still for still in stills if still.cause is Cause.INCIDENT])
        assert any(still.cause not in ASIDE for still in stills), "silence"
        for still in stills:
            if still.cause in (Cause.EVENT, Cause.INSIDE, Cause.BESIDE):
                assert still.awaits, still
            elif still.cause is Cause.JOIN:
                assert still.arrived, still
                assert still.lacking or still.awaits, still
            elif still.cause is Cause.INCIDENT:
                assert still.message

    def possible(self) -> Iterator[c.Command]:
        """What can be asked now."""
        for scope in self.state.scopes.values():
            yield from self.works(scope)
            for key, waits in (scope.waits or {}).items():
                node, n = split_key(self.state, key)
                for event in waits:
                    if self.program.nodes[node].events[event].trigger is not Trigger.CONDITIONAL:
                        values = self.chance.choice([None, {"n": 3}])
                        yield c.TriggerWait(scope.path, node, n, event, values)
            for key in scope.incidents or ():
                yield c.ResolveIncident(scope.path, *split_key(self.state, key))
                yield c.SkipIncident(scope.path, *split_key(self.state, key))

    def works(self, scope: Scope) -> Iterator[c.Command]:
        """What can be answered to the jobs of a scope; that it is done is the likeliest."""
        for key, activation in scope.active.items():
            index, n = split_key(self.state, key)
            node, values = self.program.nodes[index], {"n": self.chance.randint(0, 4)}
            if node.work is None or not is_at_work(node, scope):
                continue
            if not is_open(scope, key, activation):
                continue
            job = (scope.path, index, n)
            if not node.work.many:
                yield from [c.CompleteJob(*job, self.chance.choice([None, values]))] * 4
            else:
                yield (c.CompleteJob if activation.emitted else c.DropJob)(*job)
                if activation.emitted < 4:
                    yield from [c.EmitResult(*job, activation.emitted, values)] * 4
            yield c.ThrowError(*job, "E")
            yield c.FailJob(*job, ("ValueError",), "no paper")


KINDS = {
    # whose file it is, and how many producers there are
    "plain": (None, 0.0),
    "with producers": (None, 0.5),
    "of Camunda 7": (CAMUNDA7, 0.0),
    "of Camunda 8": (CAMUNDA8, 0.0),
}
FIRST = 146
CHUNK = 10
CHUNKS = 6


@pytest.mark.parametrize("first", range(FIRST, FIRST + CHUNKS * CHUNK, CHUNK))
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_by_chance(kind: tuple[Dialect | None, float], first: int) -> None:
    dialect, many = kind
    ran = 0
    for seed in range(first, first + CHUNK):
        file = Chance(random.Random(seed), dialect, many=many).file()
        program, findings = analyse([read(file, name="chance.bpmn")], ALLOWED)
        if program is None:
            refused = {found.code for found in findings if found.severity is Severity.ERROR}
            assert refused == {codes.NEVER_TOGETHER}
            continue
        for number in range(4):
            play = Play(program, seed * 4 + number, limited=bool(number % 2))
            try:
                play.run()
            except Exception as error:
                error.add_note(f"drawing {seed}, play {number}:\n{file.decode()}")
                raise
            ran += 1
    assert ran
