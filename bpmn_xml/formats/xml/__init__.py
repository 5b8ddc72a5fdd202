"""XML as BPMN and DMN files share it: bytes become events, events a tree, and tags text again."""
