"""The safe subset of Python: values, names, operators and registered functions; nothing else."""
