"""What the verb `run` needs: a session from the first word of the command line to the exit code."""
