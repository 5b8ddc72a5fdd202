"""FEEL, the expression language of DMN 1.5: never raises, answers null where there is no answer.

words to tree   scanner, parser, grammar, typenames
tree to value   rows, with scopes, operators, compare, ranges, invoke, members, conform
values          values, temporal (as texts), calendar (what is calculated with), outward
builtins/       the functions
"""
