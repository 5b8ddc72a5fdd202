"""What each kind of element is to the core: its node, its data, its events, its work."""
