"""Instances under way: what the core asks for is done, and what comes of it goes back as commands.

The rules stand in `desk`, the ways to call Python in `calls`, `streams`, `queues` and
`coroutines`, the drivers in `inline` and `threads`; `executor` is what they share.
"""
