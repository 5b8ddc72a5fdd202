"""Soundness: whatever the data and the order of things, a process ends, and nothing is left over.

Each container is looked at on its own, for what is inside a sub-process is over before it is left.
Its `skeleton` says what data and the outside may do, from the `beginning` on; `reduction` takes
away all blocks that fit together, `fragments` the parts that a search of them alone finds sound; of
what is left the `kernel` is run by the core itself in every order (`space`), with an oracle in
place of data, which remembers what cannot have changed since it was asked (`memory`). The answer is
sound, or the problems with a run that comes to each (`verdict`), or that it is not known.
Then the pools of a `collaboration` are looked at side by side, where a message must have been sent
before it comes (`unfolding`, `messages`, `conversation`).
"""
