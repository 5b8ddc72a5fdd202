"""What Python does each task's work: where it is looked for, imported from, and how it is called.

`bindings` is the look-up, `beside` says what stands beside a drawing, `handlers` what a callable
takes, `answers` what it gave back; `skeleton` and `templates` write what a drawing and its editor
lack. Nothing here runs a process: `execution` does.
"""
