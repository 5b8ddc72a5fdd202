"""Read a legacy `.conf`: an INI file of generators, transfers and sinks becomes a BPMN process.

>>> definitions, findings = read_conf(b'''
... [model]
... keys=count, show
... [model_count]
... type=generator
... module=numbers_demo
... class=Counter
... method=count
... OnSuccess=show
... [model_show]
... type=sink
... module=numbers_demo
... class=Counter
... method=show
... ''', "count.conf")
>>> [element.id for element in definitions.root_elements[0].flow_elements]
['start', 'count', 'show', 'show_end', 'start_to_count', 'count_to_show', 'show_to_show_end']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath
from typing import Final

from bpmn_xml.errors import Finding, ReadError
from bpmn_xml.formats.codes import TOO_MUCH
from bpmn_xml.formats.conf import codes
from bpmn_xml.formats.conf.decode import decode
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.conf.joins import slots_of
from bpmn_xml.formats.conf.lines import Option, Section, parse
from bpmn_xml.formats.conf.process import definitions_of
from bpmn_xml.formats.conf.successors import check_successors
from bpmn_xml.formats.conf.tasks import CONNECTION, OPTIONS, LegacyTask, names, read_task
from bpmn_xml.formats.conf.wiring import Slots, Tasks, reached, routes_between
from bpmn_xml.formats.limits import DEFAULT_LIMITS, Limits
from bpmn_xml.formats.xml.characters import ILLEGAL, pattern
from bpmn_xml.model import Definitions
from bpmn_xml.wording import shorten

MODEL: Final = "model"
DEFAULTS: Final = "DEFAULT"
NOTHING: Final = Option([], 0)
INCOMPLETE: Final = (
    codes.NO_MODEL,
    codes.NO_SECTION,
    codes.NO_OPTION,
    codes.WRONG_TYPE,
    codes.WRONG_PORTS,
    codes.UNKNOWN_SUCCESSOR,
)
"""Where one of these was found, not all is known of who leads to whom."""
MOST_KEYS: Final = 10_000
MOST_ROUTES: Final = 100_000


def read_conf(
    data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[Definitions, tuple[Finding, ...]]:
    """Return the process and remarks; `ReadError` has every fault of the file."""
    faults = Faults(name, limits.findings)
    sections = with_defaults(parse(decode(data, faults), faults))
    model = sections.get(MODEL, Section(MODEL, 0, {}))
    keys = keys_of(model, faults)
    remark_sections(sections, keys, faults)
    types = {key: type_of(sections.get(section_of(key))) for key in keys}
    tasks = read_tasks(types, sections, faults)
    check_successors(tasks, types, faults)
    slots = check_wiring(tasks, faults)
    if faults.errors:
        raise ReadError(faults.all())
    title = pattern(ILLEGAL).sub("_", PurePath(name).stem) or "legacy"
    return definitions_of(tasks, slots, file=name, name=title, line=model.line), faults.all()


def with_defaults(sections: dict[str, Section]) -> dict[str, Section]:
    """Return the sections, each with the known options of `[DEFAULT]` that it has not itself."""
    given = sections.pop(DEFAULTS, Section(DEFAULTS, 0, {})).options
    defaults = {name: given[name] for name in OPTIONS if name in given}
    for section in sections.values():
        section.options = {**defaults, **section.options}
    return sections


def section_of(key: str) -> str:
    """Return the name of a key's section."""
    return f"{MODEL}_{key}"


def type_of(section: Section | None) -> str:
    """Return what a section says is its type."""
    return section.options.get("type", NOTHING).value if section else ""


def keys_of(model: Section, faults: Faults) -> list[str]:
    """Return the keys of the model, each once."""
    option = model.options.get("keys", NOTHING)
    found = names(option.value)
    if not found:
        remedy = "add keys=... with the names of all sections"
        faults.report(codes.NO_MODEL, model.line, "there is no [model] with keys", remedy)
    if len(found) > MOST_KEYS:
        message = f"the model has more than {MOST_KEYS:,} keys"
        faults.stop(TOO_MUCH, option.line, message, "split the model")
    for key in sorted({key for key, times in Counter(found).items() if times > 1}):
        message = f"the key '{shorten(key)}' stands twice"
        faults.report(codes.TWICE, option.line, message, "name it once", key=key)
    for name, other in model.options.items():
        if name not in ("keys", *OPTIONS):
            message = f"the option '{shorten(name)}' of [model] has no effect"
            faults.report(codes.UNKNOWN_OPTION, other.line, message)
    return list(dict.fromkeys(found))


def remark_sections(sections: Mapping[str, Section], keys: Collection[str], faults: Faults) -> None:
    """Remark on sections that no key names; one with a key's bare name is its fault."""
    used = {MODEL, *map(section_of, keys), *keys}
    for name, section in sections.items():
        if name not in used and not faults.full:
            hint = faults.hint(name.removeprefix(f"{MODEL}_"), keys)
            message = f"the section [{shorten(name)}] has no key in [model]{hint}"
            faults.report(codes.NO_KEY, section.line, message, "add its key, or remove it")


def read_tasks(
    types: Mapping[str, str], sections: Mapping[str, Section], faults: Faults
) -> dict[str, LegacyTask]:
    """Return the task of each key, but connections, which are none."""
    tasks: dict[str, LegacyTask] = {}
    for key, type_ in types.items():
        section = sections.get(section_of(key))
        if section is None:
            refuse_key(key, types, sections, faults)
        elif type_ != CONNECTION:
            tasks[key] = read_task(key, section, faults)
    return tasks


def refuse_key(
    key: str, keys: Iterable[str], sections: Mapping[str, Section], faults: Faults
) -> None:
    """Refuse a key without a section."""
    name = section_of(key)
    message = f"the key '{shorten(key)}' has no section [{shorten(name)}]"
    if key in sections and key != MODEL:
        remedy = f"write [{shorten(name)}] instead of [{shorten(key)}]"
        faults.report(codes.NO_SECTION, sections[key].line, message, remedy, key=key)
        return
    used = {MODEL, *map(section_of, keys)}
    hint = faults.hint(name, [other for other in sections if other not in used])
    line = sections[MODEL].options["keys"].line
    faults.report(codes.NO_SECTION, line, message + hint, "add the section", key=key)


def check_wiring(tasks: Tasks, faults: Faults) -> dict[str, Slots]:
    """Return what each task waits for; refuse what is never reached or waits for ever."""
    routes = routes_between(tasks)
    if len(routes) > MOST_ROUTES:
        message = f"the model has more than {MOST_ROUTES:,} successors"
        faults.stop(TOO_MUCH, 0, message, "split the model")
    queued = next((task for task in tasks.values() if task.queue), None)
    if queued:
        message = "queue_count has no effect: there are no queues that could be full"
        faults.report(codes.NO_EFFECT, queued.lines["queue_count"], message)
    whole = not faults.has(*INCOMPLETE)
    if whole:
        refuse_unreached(tasks, reached(tasks, routes), faults)
    return slots_of(tasks, routes, faults, whole=whole)


def refuse_unreached(tasks: Tasks, found: set[str], faults: Faults) -> None:
    """Refuse a model without a generator, and tasks that no generator leads to."""
    if not found:
        remedy = "give the first section type=generator"
        faults.report(codes.NO_GENERATOR, 0, "no section is a generator, nothing starts", remedy)
        return
    for key, task in tasks.items():
        if key not in found:
            message = f"no generator leads to '{shorten(key)}'"
            remedy = "name it in an OnSuccess, or remove it from keys"
            faults.report(codes.UNREACHABLE, task.line, message, remedy, key=key)
