"""The project's own BPMN icons: one table from names to primitives, no fonts, no copied paths."""
