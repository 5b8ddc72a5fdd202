"""BPMN 2.0 XML: one vocabulary drives the reader, the writer and the XML Schema."""
