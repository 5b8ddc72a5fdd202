"""What `v1.jsonl` says: every type of record, as version 1 of the format writes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from bpmn_xml.core import records as r
from bpmn_xml.core.words import ITEM, LEAVING, TURN

VARIABLES = {
    "text": "ü",
    "price": Decimal("1.50"),
    "due": dt.datetime(2030, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    "list": [1, 2.5, None, (True,)],
    "$odd": {1: b"\x00"},
}

BATCHES = [
    r.Batch(
        "i-1",
        1,
        1_700_000_000_000_000,
        [
            r.InstanceStarted("hash of the program", 1, 0),
            r.VariablesWritten("", VARIABLES),
            r.TokenPlaced("", 0),
            r.Passed("", 0),
            r.FlowTaken("", 0),
            r.FlowTaken("", 1, {"a": 1}),
            r.Joined("", 2, (0, 1)),
            r.Activated("", 1, 1),
            r.ScopeOpened("", 1, 1),
            r.TokenPlaced("1.1", 3, {}),
            r.Activated("1.1", 3, 2, {"a": 1}),
            r.ScopeOpened("1.1", 3, 2, 17, ITEM),
        ],
        r.Worked(7, 1),
        more=True,
    ),
    r.Batch(
        "i-1",
        2,
        1_700_000_000_000_001,
        [
            r.Completed("1.1/3.2:17", 4, 1, {"sum": 3}),
            r.Completed("1.1", 3, 2),
            r.ArrivalRead("1.1", 2),
            r.ArrivalSpent("1.1", 2),
            r.TokenDropped("1.1", 3, 3),
            r.TokenConsumed("1.1", 3),
            r.ScopeClosed("1.1", completed=True),
            r.JobFailed("", 5, 1, 1, 1_700_000_001_000_000, "ValueError", "no"),
            r.JobRetried("", 5, 1),
            r.ResultDiscarded("", 5, 1, "completed too late"),
            r.ErrorThrown("", 5, "OUT_OF_STOCK", "only 2 left"),
            r.Cancelled("", 5, 1),
            r.IncidentRaised("", 6, 1, "no", "Traceback", stage=LEAVING, payload={"a": 1}),
            r.IncidentRaised("", 7, 0, "stuck"),
            r.IncidentResolved("", 6, 1),
            r.TimeClamped(1_699_999_999_999_999),
            r.InstanceEnded("failed", "OUT_OF_STOCK", "only 2 left"),
        ],
        r.Worked(1),
    ),
    r.Batch(
        "i-2",
        1,
        1_700_000_000_000_002,
        [
            r.WaitOpened("", 4, 1, 0, 2, 1_700_000_001_000_000, "paid", "A7"),
            r.KeyFilled("", {"order": "A7"}),
            r.Triggered("", 4, 1, 0),
            r.ConditionTurned("", 4, 1, 1, holds=True),
            r.ScopeInterrupted("1.1"),
            r.HandlersClosed("1.1"),
            r.LoopStarted("", 2, 1, 2, [1, Decimal("2.5")]),
            r.ScopeOpened("", 2, 1, 0, TURN),
            r.LoopInstanceDone("", 2, 1, 0, {"sum": Decimal("1.5")}),
            r.LoopEnded("", 2, 1),
            r.MessageThrown("", 3, "paid", "A7", {"a": 1}),
            r.SignalThrown("", 3, "alarm"),
            r.EscalationThrown("", 3, "LATE"),
            r.PersonAsked("", 5, 1, {"assignee": "ada", "candidate_groups": ["sales"]}),
        ],
        r.Worked(3, 1, applied=2),
    ),
    r.Batch(
        "i-3",
        1,
        1_700_000_000_000_003,
        [
            r.CompensationThrown("", 3, 1, 5),
            r.CompensationStarted("", 3, 1, 5),
            r.CompensationEnded("", 3, 1),
            r.ActivitiesQueued("1.1", (3, 4)),
            r.ResetAwaited("", 2, (0, 1)),
            r.GatewayReset("", 2, (1,)),
            r.Answered("1.1", {"asked:b": [1]}),
            r.VariablesRemoved("1.1", ("draft", "Größe")),
        ],
        r.Worked(1),
    ),
    r.Batch("i-3", 2, 1_700_000_000_000_004, [r.Advanced("", 3, 1, ((2, 4, 1),))], r.Worked()),
    r.Batch(
        "i-3",
        3,
        1_700_000_000_000_005,
        [
            r.Advanced("", 3, 1, ((2, 5, -1),), None, ((0, 2, 0, 1), (1, 1)), ended=True),
            r.Advanced("1.1", 4, 2, ((3, 5, 2),), {"a": 1}),
        ],
        r.Worked(),
    ),
    r.Batch("i-3", 4, 1_700_000_000_000_006, [r.Advanced("", 4, 1, ((3, 5, 3),))]),
]
