"""Runs instances: who applies commands, who calls Python, who receives what is thrown.

A command goes to an `instance`, which has one writer at a time. That one applies it at its `desk`,
where the rules stand. What the batch asks of the outside and what calls must hear of it
(`reactions`) becomes *entries*: calls to make, mail of other instances, deliveries. The `executor`
owns what all threads share: the queue of entries, the timers, the instances. A driver gets the
entries done; `observers` see each batch, `waiting` is for who wants to know when it is over.

    drivers/   whose threads do that: the caller's (inline), or workers
    messages/  who receives messages and signals, what is kept, what they begin
    calls/     the kinds of calls of a task, how many at once, how they are counted

Imports lead from drivers and the executor down to calls, messages and instances. What instances and
messages need of those above is said by protocols (`messages.carrier`); only annotations of calls,
of the desk and its reactions lead back up.
"""
