"""The drawing beside its model (12): what it leaves out, doubles, or says otherwise."""
