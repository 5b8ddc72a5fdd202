"""The process engine that runs BPMN drawings in Python."""

__version__ = "0.1.0"
