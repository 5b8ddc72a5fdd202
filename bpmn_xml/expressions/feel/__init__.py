"""FEEL, the expression language of DMN 1.5: never raises, answers null where there is no answer."""
