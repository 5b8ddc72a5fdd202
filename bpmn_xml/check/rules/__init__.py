"""What BPMN 2.0.2 demands beyond its schema: a function for each rule, grouped by its chapters."""
