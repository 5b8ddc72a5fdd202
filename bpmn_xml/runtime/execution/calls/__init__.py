"""What is called for a task: the kinds of calls, how many at once, how they are counted."""
