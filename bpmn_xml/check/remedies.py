"""What to do in general about each code whose findings say it in particular: for `explain`."""

from __future__ import annotations

from typing import Final

from bpmn_xml.check.soundness.findings import WORDS
from bpmn_xml.runtime.binding.codes import REMEDIES as BINDING

NEIGHBOURS: Final = "give it a name of its own, or remove one of them"
DRAW_AGAIN: Final = "correct the drawing in a modeler, or have it laid out anew: bpmn-xml layout"
XML: Final = "correct the element; a modeler that writes BPMN 2.0 does so when it saves the file"

LEGACY: Final = {
    "BX050": "write [section], name = value or # a comment",
    "BX051": NEIGHBOURS,
    "BX052": "add a section [model] with keys = a, b, c",
    "BX053": "add a section of its name, or take the key out of [model]",
    "BX054": "add its name to the keys of [model], or remove the section",
    "BX055": "write type = generator, transfer or sink",
    "BX056": "add the option",
    "BX057": "write a number that is in the range",
    "BX058": "write a name as Python has it",
    "BX059": "correct the name of the option, or remove it",
    "BX060": "correct the name, or add it to the keys of [model]",
    "BX061": "let a generator or a transfer lead on, and nothing lead to a generator",
    "BX062": "give a section type = generator",
    "BX063": "name it in OnSuccess or OnFailure of a section that is reached, or remove it",
    "BX064": "lead the cycle past the join, or let that wait for any of its ports",
    "BX065": "join only what one generator has made",
    "BX066": "write input_ports = all or any",
    "BX067": "remove it",
    "BX068": "lead the failure elsewhere, or let the join wait for any of its ports",
}
"""Of the legacy format."""

GATE: Final = {
    "BX101": "draw it with an element that is run: bpmn-xml features lists them",
    "BX102": "draw another event, or complete what it waits for or throws",
    "BX103": "remove the attribute, or draw what it means with gateways",
    "BX104": "pass the data by variables, or by a mapping",
    "BX105": "remove it, or draw what it means; bpmn-xml check --words lists what is known",
    "BX106": "remove mustUnderstand, if the file runs without the extension",
    "BX107": "give it an id or a name that an expression can use, or see it as a picture only",
    "BX110": "correct the expression: bpmn-xml eval tries one",
    "BX111": "write it in FEEL, JUEL or Python expressions, or answer with --choose",
    "BX112": "name an element with conditions and one of the flows that leave it",
    "BX113": "remove the condition",
    "BX114": "give the flow before it a condition, or make that the default flow",
    "BX115": "answer with --choose where it matters",
    "BX120": "connect both ends, or remove the flow",
    "BX121": "end the flow at the sub-process itself; between pools send a message",
    "BX122": "lead the flow to what follows, or use an intermediate event",
    "BX123": "attach it to an activity of the same process or sub-process",
    "BX124": "name a flow that leaves the element as its default",
    "BX125": "give each its own id",
    "BX126": "draw one start event, or name one with --start",
    "BX127": "lead a flow there, or join fewer flows",
    "BX128": "lead a flow there, or remove it",
    "BX129": "name one with --start, or keep only one",
    "BX130": 'set isExecutable="true", or name a process with --process',
    "BX131": "correct the name: the finding lists those that there are",
    "BX132": "leave the file out, or call its process",
    "BX133": "correct calledElement, or give the file that has the process, too",
    "BX134": "give both events of a link the same name, on the same level",
    "BX135": "attach one compensation event to the activity, with an association to what undoes it",
    "BX140": "run it with --allow-scripts if you trust the file, or bind Python to its id",
    "BX141": "correct the script, or bind Python to its id",
    "BX150": "join only results of one producer, or put each producer into a sub-process",
    "BX151": "let it arrive once, or put what repeats into a sub-process",
    "BX152": "put the task into a sub-process that has the mapping, listeners or instances",
    "BX160": "correct the value",
    "BX161": "remove it, or put it where it has an effect",
    "BX163": "nothing, if it is meant for another program",
    "BX164": "put the form beside the drawing, or correct its name",
    "BX301": "nothing, or lay out parts of it as sub-processes",
    "BX302": "move the shapes apart in a modeler",
    "BX303": "nothing, or put parts of it into sub-processes",
}
"""Of running a diagram, and of laying it out."""

TOOLS: Final = {
    "BX401": "record it again: bpmn-xml run --trace",
    "BX402": "write a JSON object of names and values",
    "BX403": "see that it is there, may be read, and ends in .bpmn, .dmn, .conf or .xml",
    "BX404": "correct the Python, as the message says",
    "BX405": "write a list of answers, each a task with values, a message or a signal",
    "BX501": "correct the code: bpmn-xml explain lists all",
    "BX502": "remove it",
    "BX503": "correct pyproject.toml, as the message says",
    "BX504": "name a type of FEEL, or define it in the model",
    "BX505": "change the rules that overlap, or the hit policy",
    "BX506": "give the file that is imported, too",
    "BX507": "correct the name, or put a text in quotes; nothing, if the process has that variable",
    "BX508": "correct the name of the function",
    "BX509": "write a range or a list of tests instead of joining them by a word",
}
"""Of the files around a diagram."""

DOUBTS: Final = {
    "BX607": "draw it in a simpler way, or with sub-processes, which are looked at one by one",
    "BX701": "give it at the start with --var, or write it before",
    "BX702": "give each branch a variable of its own",
    "BX703": "write the name that is meant",
    "BX704": "write it in the language of that engine",
    "BX705": "compare a variable, or draw what is taken where nothing holds as the default flow",
    "BX706": "write a function's brackets, or what joins the words",
    "BX707": "write what the language has for it, or quotes around a text",
    "BX708": "give each its own: a property of the sub-process, or a mapping",
    "BX709": "let one of the conditions hold there, or name a default flow",
    "BX710": "write the name of the variable in quotes",
    "BX711": "send it from outside, or give the file that sends it, too",
    "BX712": "give the file that awaits it, too",
    "BX713": "give it a name or a code, and say which is meant where it is thrown",
    "BX714": "attach an error boundary event for it to the sub-process",
    "BX715": 'write isExecutable="true", if it is meant to be run',
    "BX716": "correct what is in the quotes, or add a duration",
    "BX717": "write [1], if the first item is meant",
    "BX718": "leave the quotes out, or write them everywhere",
    "BX719": "name what it is about, or turn it round",
    "BX720": "give it a duration or a date",
    "BX721": "keep it in one of them",
    "BX722": "give each pool a process of its own",
    "BX723": "keep it once",
    "BX724": "name nodes only",
    "BX725": "move it to the level of the activity that it watches",
    "BX726": "attach a compensation boundary event to it, with what undoes it",
    "BX727": "remove one of them",
    "BX728": "name it as the default flow, or give it a condition",
    "BX729": "name it in its lane",
    "BX730": "call another one, or see that there is a way around it",
    "BX731": "say what is missing",
    "BX732": "write one of those that are known",
    "BX733": "write = before it",
    "BX734": "write the namespace that is meant",
    "BX735": "give each an id of its own",
    "BX736": "say it in words of the engine that the file is drawn for, or remove it",
    "BX737": "write = before it, if its value is meant",
    "BX738": "keep one of them",
    "BX739": "write it without the blank",
    "BX740": "correct calledElement, or give the file that has it, too",
    "BX741": "put it there, or remove the import",
    "BX742": "write the namespace that it has",
    "BX744": "draw what it means with other elements",
    "BX743": "throw it there, or remove the event",
}
"""Of what may be meant otherwise."""

DRAWINGS: Final = {
    **{f"BX{number}": DRAW_AGAIN for number in range(901, 910)},
    "BX910": "install a font, as DejaVu Sans",
    "BX911": "draw .svg or .html, which can be zoomed",
    "DI001": "draw a flow by an edge",
    "DI002": "draw a node by a shape",
    "DI003": "keep one of them",
    "DI004": "give it a width and a height that are no less than 0",
    "DI005": "add its bpmnElement, or remove it",
    **{f"DI{number:03}": DRAW_AGAIN for number in range(6, 13)},
}

SCHEMA: Final = {
    "XSD01": "move or remove it, or correct its name",
    "XSD02": "add the child",
    "XSD03": "correct its name, remove it, or give it a namespace of its own",
    "XSD04": "add the attribute",
    "XSD05": "write a value of that type",
    "XSD06": "give each its own id, which begins with a letter and has no spaces",
    "XSD07": "put the text into a documentation element",
    "XSD08": "write the value alone",
    "XSD09": "use one of the elements that stand for it",
    "XSD10": "begin with <definitions> in the namespace of BPMN 2.0",
    "XSD11": "name a type that may stand there, with the prefix of its namespace",
    "XSD99": XML,
}

REMEDIES: Final = {
    **BINDING,
    **LEGACY,
    **GATE,
    **TOOLS,
    **{words.code: words.remedy for words in WORDS.values()},
    **DOUBTS,
    **DRAWINGS,
    **SCHEMA,
}
"""By code."""
