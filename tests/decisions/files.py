"""Decision models as files, in few words, for tests."""

from __future__ import annotations

from xml.sax.saxutils import escape

from bpmn_xml.decisions import Decided, Decisions
from bpmn_xml.formats.dmn.reader import read_dmn

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(*elements: str, namespace: str = "urn:a") -> bytes:
    """Return a file of some elements."""
    start = f'<definitions xmlns="{DMN}" namespace="{namespace}" name="m" xmlns:b="urn:b">'
    return f"{start}{''.join(elements)}</definitions>".encode()


def decided(asked: str, *files: bytes, **given: object) -> Decided:
    """Return what files decide."""
    models = (read_dmn(content, f"{at}.dmn")[0] for at, content in enumerate(files))
    return Decisions(models).decide(asked, given)


def lit(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def named(tag: str, name: str, inner: str, type_: str = "") -> str:
    """Return an expression behind a name, as contexts, calls and functions have them."""
    inside, outside = {"contextEntry": "variable", "binding": "parameter"}[tag], tag
    kind = f' typeRef="{type_}"' if type_ else ""
    return f'<{outside}><{inside} name="{name}"{kind}/>{inner}</{outside}>'


def context(result: str = "", **entries: str) -> str:
    """Return a context; the result is an entry without a name."""
    parts = [named("contextEntry", key, inner) for key, inner in entries.items()]
    last = f"<contextEntry>{result}</contextEntry>" if result else ""
    return f"<context>{''.join(parts)}{last}</context>"


def call(function: str, **arguments: str) -> str:
    parts = [named("binding", key, inner) for key, inner in arguments.items()]
    return f"<invocation>{lit(function)}{''.join(parts)}</invocation>"


def function(body: str, *parameters: str, kind: str = "") -> str:
    """Return a function with parameters such as `n` or `n: number`."""
    attribute = f' kind="{kind}"' if kind else ""
    return f"<functionDefinition{attribute}>{formal(parameters)}{body}</functionDefinition>"


def formal(parameters: tuple[str, ...]) -> str:
    parts = [one.partition(": ") for one in parameters]
    return "".join(
        f'<formalParameter name="{name}"' + (f' typeRef="{type_}"/>' if type_ else "/>")
        for name, _, type_ in parts
    )


def loop(kind: str, variable: str, domain: str, body: str) -> str:
    last = "return" if kind == "for" else "satisfies"
    return (
        f'<{kind} iteratorVariable="{variable}"><in>{lit(domain)}</in>'
        f"<{last}>{body}</{last}></{kind}>"
    )


def choice(test: str, then: str, otherwise: str) -> str:
    return (
        f"<conditional><if>{lit(test)}</if><then>{then}</then>"
        f"<else>{otherwise}</else></conditional>"
    )


def chosen(domain: str, test: str) -> str:
    return f"<filter><in>{lit(domain)}</in><match>{lit(test)}</match></filter>"


def table(policy: str, columns: str, *rules: str) -> str:
    """Return a table: columns `n, m: "a", "b" -> x: 3, 2 = 0`, rules `> 1; - | "a"`.

    Behind a colon stand the values of a column, behind a sign of equality its default.
    """
    letter, _, aggregation = policy.partition(" ")
    policy = {"R": "RULE ORDER", "O": "OUTPUT ORDER", "C": "COLLECT"}.get(letter, letter)
    inputs, _, outputs = columns.partition("->")
    attributes = f'hitPolicy="{policy}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    parts = [in_column(one) for one in inputs.split(";")]
    parts += [out_column(one) for one in outputs.split(";")]
    parts += [rule(one) for one in rules]
    return f"<decisionTable {attributes}>{''.join(parts)}</decisionTable>"


def in_column(text: str) -> str:
    name, _, values = text.strip().partition(": ")
    allowed = f"<inputValues><text>{values}</text></inputValues>" if values else ""
    return f"<input><inputExpression><text>{name}</text></inputExpression>{allowed}</input>"


def out_column(text: str) -> str:
    text, _, default = text.strip().partition(" = ")
    name, _, values = text.partition(": ")
    allowed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    other = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}">{allowed}{other}</output>'


def rule(text: str) -> str:
    tests, _, results = text.partition("|")
    cells = [(tag, one) for tag, row in (("in", tests), ("out", results)) for one in row.split(";")]
    told = [
        f"<{tag}putEntry><text>{escape(one.strip())}</text></{tag}putEntry>" for tag, one in cells
    ]
    return f"<rule>{''.join(told)}</rule>"


def decision(name: str, inner: str, *requires: str, type_: str = "") -> str:
    """Return a decision that requires decisions (`#id`), knowledge (`@id`) and data (`>id`)."""
    variable = f'<variable name="{name}" typeRef="{type_}"/>' if type_ else ""
    needs = "".join(map(need, requires))
    return f'<decision id="{name}" name="{name}">{variable}{needs}{inner}</decision>'


def need(text: str) -> str:
    kind, tag = {
        "#": ("information", "requiredDecision"),
        ">": ("information", "requiredInput"),
        "@": ("knowledge", "requiredKnowledge"),
    }[text[0]]
    href = text[1:] if "#" in text[1:] else f"#{text[1:]}"
    return f'<{kind}Requirement><{tag} href="{href}"/></{kind}Requirement>'


def data(name: str, type_: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_}"/>' if type_ else ""
    return f'<inputData id="{name}" name="{name}">{variable}</inputData>'


def knowledge(name: str, body: str, *parameters: str, type_: str = "", requires: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_}"/>' if type_ else ""
    needs = "".join(map(need, requires.split()))
    logic = f"<encapsulatedLogic>{formal(parameters)}{body}</encapsulatedLogic>"
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}">{variable}{logic}{needs}'
        "</businessKnowledgeModel>"
    )


def service(name: str, outputs: str, inputs: str = "", decisions: str = "") -> str:
    parts = [
        f'<{tag} href="#{id_}"/>'
        for tag, ids in (
            ("outputDecision", outputs),
            ("inputDecision", decisions),
            ("inputData", inputs),
        )
        for id_ in ids.split()
    ]
    return f'<decisionService id="{name}" name="{name}">{"".join(parts)}</decisionService>'


def item(name: str, type_: str = "", *parts: str, many: bool = False, **values: str) -> str:
    """Return an item definition; `allowed` and `constraint` are its values."""
    tag = "itemComponent" if name.startswith(".") else "itemDefinition"
    kind = f"<typeRef>{type_}</typeRef>" if type_ else ""
    tests = {"allowed": "allowedValues", "constraint": "typeConstraint"}
    told = "".join(
        f"<{tests[key]}><text>{escape(value)}</text></{tests[key]}>"
        for key, value in values.items()
    )
    collection = ' isCollection="true"' if many else ""
    return f'<{tag} name="{name.lstrip(".")}"{collection}>{kind}{told}{"".join(parts)}</{tag}>'
