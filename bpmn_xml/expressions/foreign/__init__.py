"""Groovy and JavaScript, as far as both say the same as everybody: values compared, and logic.

What could mean something else there is not supported, or has no value: what calls anything, text
compared with a number, division, decimals that are calculated with in Groovy, `===` with a key that
is not there. So nothing is computed differently in silence.

>>> from bpmn_xml.expressions import compile
>>> compile("amount > 100 && status === 'open'", "javascript").evaluate({"amount": 5})
False
"""
