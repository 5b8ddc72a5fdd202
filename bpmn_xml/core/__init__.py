"""The pure core: (state, command) -> batch of records. No I/O, no clock, no threads, no chance.

A driver creates a `Machine` for a program, sends commands, starts the jobs that a batch opened
and sends their answers. `evolve.replay` brings a state after any batch without deciding again.
"""
