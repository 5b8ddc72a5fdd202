"""What the languages of expressions may do, as documentation: `schemas/expressions.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bpmn_xml.expressions import limits
from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS as FEEL
from bpmn_xml.expressions.juel import methods
from bpmn_xml.expressions.python.functions import FUNCTIONS as PYTHON
from generators import SCHEMAS

TARGET: Final = SCHEMAS / "expressions.md"

ANYTHING: Final = "any value"
RECEIVERS: Final[Mapping[str, Mapping[str, object]]] = {
    ANYTHING: methods.OF_ANY,
    "texts": methods.OF_TEXTS,
    "numbers": methods.OF_NUMBERS,
    "dates": methods.OF_DATES,
    "lists, arrays of JSON": methods.OF_LISTS,
    "sets": methods.OF_SETS,
    "maps, objects of JSON": methods.OF_MAPPINGS,
}
"""What JUEL has methods of."""

HEAD: Final = """<!-- Written by tools/generate.py; do not edit. -->

# What expressions may do

Nothing here can reach a file, the network or Python's own objects. Each evaluation has a limit:
{text_steps:,} steps (items, calls, parts of texts), and {value_steps} more for each value of the
data that it reads. So 20,000 records can be sorted by a function, hundreds of orders joined with
hundreds of customers, and no text makes a bomb of little data; all that is made has to fit into
{room} MB, and functions of FEEL call each other {calls:,} levels deep at most.

What a language cannot do here is refused before the first step (`BX110`, `BX111`, for
scripts `BX141`) with the part that is meant. Python can then take its place: a line of
`bindings.toml`. `bpmn-xml eval` tries an expression.
"""

LIMITS: Final = {
    "text_steps": limits.TEXT_STEPS,
    "value_steps": limits.VALUE_STEPS,
    "room": limits.MAX_ROOM // 1_000_000,
    "calls": limits.MAX_CALLS,
}

OF_JUEL: Final = """
## JUEL

`${...}` and `#{...}`, also in the middle of a text: literals, names, `.` `[]`, calls of methods,
`+ - * / %`, `== != < <= > >=`, `&& || !`, `empty`, `? :`, and their words (`eq ne lt le gt ge and
or not div mod`). A name that calls Python, as `${shop.price(item)}`, is bound like a task.

`execution` and `task` tell of themselves what is known here; `execution.getVariable` and
`execution.hasVariable` read variables. What is work, an expression or a script of a task or a
listener, also writes them and takes them away (`setVariable`, `removeVariable` and their like) and
asks for local ones (`getVariableLocal` and its like). Local are those of activities that are scopes
in Camunda 7; one of a branch, beside others, is refused elsewhere.
`now()` and `dateTime()` are the time of the engine's clock.
`S()` and `JSON()` read JSON as Spin does. Methods:

| of | names |
|---|---|
"""

OF_PYTHON: Final = """
## Python

Names, constants, `+ - * / // %`, comparisons, `in`, `and or not`, `x if y else z`, lists, tuples
and dictionaries as literals, entries by `[]` and by dots. No attributes of objects, no `**`, no
comprehensions. A script is lines of `name = expression` and `list.append(expression)`.
Functions: """

SECRETS: Final = """
`secrets.NAME` is an entry of a variable called `secrets`, which is given like any other and told in
results and traces like any other. What a connector has as `{{secrets.NAME}}` reaches the Python in
its place as it is written: that is where a secret is best looked up.
"""

OF_OTHERS: Final = r"""
## Groovy and JavaScript

What means the same as everywhere else, and nothing that could mean something else in silence:

| | Groovy | JavaScript |
|---|---|---|
| literals | whole numbers, texts without `$`, decimals that are compared | the same, all decimals |
| lists | `[1, n]`, and maps, `[total: n]` | not here |
| reading | names, entries by dots | the same, and `.length` of lists and texts |
| comparing | `== != < <= > >=` of alike values | the same, `=== !==` |
| logic | `&& \|\| !` by Groovy's truth: true or false | by JavaScript's truth: an operand |
| choice | `? :` | `? :` |
| calculating | `+ - * %` of numbers | `+ - * %` of numbers |
| texts | joined by `+` | joined by `+` |
| variables | `execution.getVariable`, `hasVariable` | the same |
| scripts | `def n = ...`, `n = ...`, `return` at the end | `var n = ...`, `n = ...`, the same |
| setting | `execution.setVariable("n", ...)`, of `task`, of `task.execution` | the same |
| not here | methods, `/`, `?:`, `?.`, `"${x}"`, `if` and loops | calls, `/`, `if` and loops |

What a script names is its own; only what it sets is a variable of the process.

## XPath

What needs no document, where a condition says XPath, or where it is neither Python nor JUEL,
nothing else is said and the file is not Camunda's, as in `n = 1`: the standard has it so.
Names, with `$` or without, `getDataObject("name")`, entries as in `order/total`, `= !=` of alike
values, `< <= > >= + - * div mod` of numbers, `and or not()`, `true() false()`. Nothing compares
with null. No `//`, no `[]`, no other functions.
"""


def rendered() -> str:
    """The whole page, as Markdown."""
    feel = f"\n## FEEL\n\nAll of DMN 1.5 and what Camunda documents beyond it: {_names(FEEL)}\n"
    rows = "".join(f"| {kind} | {_names(_own(kind))} |\n" for kind in RECEIVERS)
    of_juel = (OF_JUEL, rows, OF_PYTHON, _names(PYTHON))
    return "".join((HEAD.format(**LIMITS), feel, SECRETS, *of_juel, "\n", OF_OTHERS))


def _own(kind: str) -> set[str]:
    """The methods of a kind of values, but those that all values have."""
    return set(RECEIVERS[kind]) - (set() if kind == ANYTHING else set(RECEIVERS[ANYTHING]))


def _names(found: Iterable[str]) -> str:
    """Names in alphabetical order, as code."""
    return ", ".join(f"`{name}`" for name in sorted(found))


def files() -> dict[Path, str]:
    """Every file that is made, with its text."""
    return {TARGET: rendered()}
