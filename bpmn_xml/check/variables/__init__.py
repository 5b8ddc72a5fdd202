"""What nodes read and write: names that nobody writes, names nearly alike, races."""
