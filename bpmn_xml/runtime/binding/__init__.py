"""What Python does each task's work: where it is looked for, imported from, and how it is called.

`bindings` binds every task, `sources` say what a name means, `beside` what stands beside a drawing,
`handlers` what a callable takes and `answers` what it gave back. `skeleton` and `templates` write
what a drawing and its editor lack. Nothing here runs a process: `execution` does.
"""
