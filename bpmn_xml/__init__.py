"""The process engine that runs BPMN drawings in Python."""
