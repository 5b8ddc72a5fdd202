"""From a model and one of its planes to a scene: every primitive that is drawn, and where."""
