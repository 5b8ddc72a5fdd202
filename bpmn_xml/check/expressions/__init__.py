"""What single expressions say: no value, another kind, the same for ever, all but one case."""
