"""Open diagrams in bpmn-js, the editor inside Camunda Modeler, in a headless browser."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

PACKAGE = Path(os.environ.get("BPMN_JS", ROOT / "build/browser/node_modules/bpmn-js"))
SCRIPT = PACKAGE / "dist" / "bpmn-modeler.production.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

PAGE = """<!DOCTYPE html><meta charset="utf-8"><div id="canvas" style="height: 600px"></div>
<script src="{script}"></script>
<script>
const diagrams = {diagrams};
async function openAll() {{
  const told = {{}};
  for (const [name, xml] of Object.entries(diagrams)) {{
    const modeler = new BpmnJS({{ container: "#canvas" }});
    try {{
      const result = await modeler.importXML(xml);
      const shown = modeler.get("elementRegistry").getAll().map(element => element.id);
      told[name] = {{ warnings: result.warnings.map(w => w.message), shown }};
    }} catch (error) {{
      told[name] = {{ warnings: ["cannot be opened: " + error.message], shown: [] }};
    }}
    modeler.destroy();
  }}
  document.body.textContent = "told:" + JSON.stringify(told);
}}
openAll();
</script>
"""


class Opened(NamedTuple):
    """What bpmn-js says of one diagram: its warnings and the ids of what it shows."""

    warnings: list[str]
    shown: list[str]


def browser() -> str:
    """The browser's program; empty if there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def reason_to_skip() -> str:
    """Why diagrams cannot be opened here; empty if they can."""
    if not browser():
        return "there is no chromium on this machine"
    return "" if SCRIPT.is_file() else "npm's bpmn-js is not in build/browser"


def open_all(diagrams: Mapping[str, str], folder: Path) -> dict[str, Opened]:
    """Import diagrams (name -> XML), one after the other, in one browser."""
    page = folder / "page.html"
    data = json.dumps(dict(diagrams)).replace("</", "<\\/")
    page.write_text(PAGE.format(script=SCRIPT.as_uri(), diagrams=data), "utf-8")
    done = subprocess.run(
        [
            browser(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=600000",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    told = re.search(r"told:(\{.*\})", done.stdout, re.DOTALL)
    assert told, f"the page did not finish:\n{done.stderr[-2000:]}"
    return {name: Opened(**found) for name, found in json.loads(html.unescape(told[1])).items()}
