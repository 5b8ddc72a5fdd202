"""The pure core: (state, command) -> batch of records. No I/O, no clock, no threads, no chance.

A driver creates a `Machine` for a program, sends commands, starts the jobs that a batch opened
and sends their answers. `evolve.replay` brings a state after any batch without deciding again.

The way of a command: `machine` has `intake` make its first records; `lifecycle` binds to each node
what `behaviour` says of its kind and what is put around that; `settle` decides when nothing can
move any more, `budget` when that is too much. `advance` is the short way (`ways`) where nothing
else has a say. A decision reads through a `view` and gives `records`; `evolve` alone changes
`state`.

    where tokens go    routes, joins, gathering (what counts what arrives), reach
    activities         frames, loops, calls, adhoc, steering, retries, compensation
    events             waits, throws, faults, judging (errors by conditions)
    scopes             opening, closing, data, values, numbers
    what a person does mending, of incidents; halt holds all of an instance
"""
