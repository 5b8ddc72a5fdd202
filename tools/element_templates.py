"""Write the element templates that are shipped: `schemas/element-templates/python-task.json`.

`python tools/element_templates.py` writes them, with `--check` says whether they are fresh.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bpmn_xml.runtime.binding.templates import as_text, general

FOLDER: Final = Path(__file__).resolve().parent.parent / "schemas" / "element-templates"
TARGET: Final = FOLDER / "python-task.json"


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say whether they are fresh")
    text = as_text(general())
    if parser.parse_args().check:
        fresh = TARGET.is_file() and TARGET.read_text("utf-8") == text
        print("fresh" if fresh else f"{TARGET} is stale: run tools/element_templates.py")
        return 0 if fresh else 1
    TARGET.write_text(text, "utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
