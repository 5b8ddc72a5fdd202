"""The program `bpmn-xml`, also as `python -m bpmn_xml`."""

from __future__ import annotations

import sys

from bpmn_xml.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
