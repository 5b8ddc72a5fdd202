"""What BPMN 2.0.2 demands beyond its schema: one table of rules, grouped by its chapters."""
