"""Decision models in DMN 1.1 to 1.5, read with the same care as diagrams."""
