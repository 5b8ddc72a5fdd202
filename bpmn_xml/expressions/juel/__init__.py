"""JUEL, the expressions of Camunda 7: `${...}`, `#{...}`, and texts with such in them.

>>> from bpmn_xml.expressions import compile
>>> compile("${amount > 100 and status eq 'open'}", "juel").evaluate({"amount": 250, "status": "x"})
False
>>> compile("Dear ${customer.name}", "juel").evaluate({"customer": {"name": "Ada"}})
'Dear Ada'

`parse` makes a tree of all that JUEL can write. What is compiled must be a value of the variables:

>>> compile("${mail.send(customer)}", "juel")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
bpmn_xml.expressions.outside.OutsideError: mail.send(): not a value of the variables, ...
>>> functions = {"mail.send": lambda customer: f"sent to {customer}"}
>>> sent = compile("${mail.send(customer)}", "juel", functions=functions)
>>> sent.evaluate({"customer": "Ada"})
'sent to Ada'
"""

from bpmn_xml.expressions.juel.grammar import parse
from bpmn_xml.expressions.outside import OutsideError

__all__ = ["OutsideError", "parse"]
