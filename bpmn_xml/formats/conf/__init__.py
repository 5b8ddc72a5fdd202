"""The legacy `.conf`: an INI file of generators, transfers and sinks, read as a BPMN process."""
