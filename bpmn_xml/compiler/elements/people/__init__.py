"""User tasks: whom they are for, and the forms that these fill in."""
