"""Write what is made of the package's tables: schemas, documentation, templates, the features.

python tools/generate.py            # writes what is stale
python tools/generate.py --check    # only says what is; exit code 1 if anything
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generators import (
    ROOT,
    bpmn_schema,
    dialect_tables,
    element_templates,
    expression_tables,
    features,
    trace_schema,
)

GENERATORS = (
    bpmn_schema,
    dialect_tables,
    element_templates,
    expression_tables,
    features,
    trace_schema,
)


def files() -> dict[Path, str]:
    """Every file that is made, with its text."""
    made: dict[Path, str] = {}
    for generator in GENERATORS:
        made |= generator.files()
    return made


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Write what is made of the package's tables.")
    parser.add_argument("--check", action="store_true", help="only say which files are stale")
    check = parser.parse_args().check
    made = files()
    stale = [path for path in made if not path.is_file() or path.read_text("utf-8") != made[path]]
    for path in stale:
        print(
            f"{path.relative_to(ROOT)} {'is stale: run tools/generate.py' if check else 'written'}"
        )
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
