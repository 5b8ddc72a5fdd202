"""`python -m bpmn_xml` and the `bpmn-xml` command."""

from __future__ import annotations

import sys

from bpmn_xml.cli.command import main

if __name__ == "__main__":
    sys.exit(main())
