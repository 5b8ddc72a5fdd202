"""Compare our XML Schema with the OMG's own on files that were changed at random.

python tools/schema_mutations.py FOLDER [COUNT]    FOLDER holds omg-xsd/ and folders of .bpmn
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from bpmn_xml.formats.bpmn.vocabulary import ROWS
from bpmn_xml.formats.xml.namespaces import NAMESPACES

SCHEMA: Final = Path(__file__).resolve().parent.parent / "schemas" / "bpmn.xsd"
SEED: Final = 20100524
LARGEST: Final = 200_000
VALUES: Final = ("", "true", "maybe", "3", "-1", "1.5", "a b", "p:q", "Parallel", "##Store", "id_1")
TAGS: Final = sorted({row.tag.rpartition(":")[2] for row in ROWS} | {"incoming", "condition"})
ATTRIBUTES: Final = sorted({one.name for row in ROWS for one in row.attributes} | {"bogus"})

Chance = random.Random
Mutation = Callable[[Any, Chance], None]


class Case(NamedTuple):
    """A changed document: how it was changed, and what the two schemas say."""

    file: str
    mutation: str
    ours: bool
    theirs: bool


def pick(root: Any, chance: Chance) -> Any:
    """Return any element but the root, or the root where there is no other."""
    return chance.choice([one for one in root.iter() if isinstance(one.tag, str)][1:] or [root])


def drop(root: Any, chance: Chance) -> None:
    """Remove an element."""
    one = pick(root, chance)
    if one is not root:
        one.getparent().remove(one)


def add(root: Any, chance: Chance) -> None:
    """Put a new element somewhere."""
    tag = f"{{{chance.choice(list(NAMESPACES.values()))}}}{chance.choice(TAGS)}"
    one = pick(root, chance)
    one.insert(chance.randint(0, len(one)), etree.Element(tag))


def repeat(root: Any, chance: Chance) -> None:
    """Let an element stand twice."""
    one = pick(root, chance)
    if one is not root:
        one.addnext(deepcopy(one))


def swap(root: Any, chance: Chance) -> None:
    """Exchange two neighbours."""
    one = pick(root, chance)
    other = one.getnext()
    if other is not None and one is not root:
        other.addnext(one)


def move(root: Any, chance: Chance) -> None:
    """Put an element into another one."""
    one, other = pick(root, chance), pick(root, chance)
    if one is not root and one not in other.iterancestors() and one is not other:
        other.append(one)


def rename(root: Any, chance: Chance) -> None:
    """Give an element another tag of its namespace."""
    one = pick(root, chance)
    one.tag = f"{{{etree.QName(one).namespace or ''}}}{chance.choice(TAGS)}"


def unname(root: Any, chance: Chance) -> None:
    """Remove an attribute."""
    one = pick(root, chance)
    if one.attrib:
        del one.attrib[chance.choice(sorted(one.attrib))]


def attribute(root: Any, chance: Chance) -> None:
    """Add an attribute, or give one another value."""
    pick(root, chance).set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def value(root: Any, chance: Chance) -> None:
    """Give an attribute another value."""
    one = pick(root, chance)
    if one.attrib:
        one.set(chance.choice(sorted(one.attrib)), chance.choice(VALUES))


def text(root: Any, chance: Chance) -> None:
    """Put text somewhere."""
    pick(root, chance).text = chance.choice((*VALUES, "some words"))


MUTATIONS: Final[tuple[Mutation, ...]] = (
    drop, add, repeat, swap, move, rename, unname, attribute, value, text,
)  # fmt: skip


def cases(folder: Path, count: int) -> Iterator[Case]:
    """Yield so many changed documents, the same ones each time."""
    ours = etree.XMLSchema(etree.parse(str(SCHEMA)))
    theirs = etree.XMLSchema(etree.parse(str(folder / "omg-xsd" / "BPMN20.xsd")))
    files = [one for one in sorted(folder.glob("*/*.bpmn")) if one.stat().st_size < LARGEST]
    texts = {one: one.read_bytes() for one in files}
    chance = random.Random(SEED)
    for number in range(count):
        file, mutation = chance.choice(files), MUTATIONS[number % len(MUTATIONS)]
        root = etree.fromstring(texts[file])
        mutation(root, chance)
        document = etree.fromstring(etree.tostring(root))
        yield Case(
            f"{file.parent.name}/{file.name}",
            f"{mutation.__name__} {number}",
            ours.validate(document),
            theirs.validate(document),
        )


if __name__ == "__main__":
    found = list(cases(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000))
    different = [case for case in found if case.ours != case.theirs]
    print(*different, sep="\n", end="\n" if different else "")
    valid = sum(case.theirs for case in found)
    print(f"{len(found)} documents, {valid} valid, {len(different)} judged differently")
    sys.exit(bool(different))
