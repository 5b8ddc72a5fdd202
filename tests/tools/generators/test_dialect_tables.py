"""The tables of vendors' words in the documentation are those that the compiler goes by."""

from __future__ import annotations

from generators import dialect_tables

from bpmn_xml.compiler.dialects.read import DIALECTS


def test_every_word_is_in_its_table() -> None:
    assert dialect_tables.TITLES.keys() == {dialect.prefix for dialect in DIALECTS}
    for dialect in DIALECTS:
        text = dialect_tables.section(dialect)
        assert all(f"`{name}`" in text for name in dialect.rows)
