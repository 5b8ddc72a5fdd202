"""Open pages of ours in a headless browser, and do things on them as a person would."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.browser.bpmn_js import browser

FRAMES = """<head><script>
window.requestAnimationFrame = (frame) => setTimeout(() => frame(performance.now()), 16);
</script>"""
"""A headless browser without a screen draws no frames while its clock is virtual."""

DRIVER = """<script>
const told = [];
const tell = (value) => told.push(value);
const click = (id) => document.getElementById(id).click();
const press = (key, at) => (at || document.body).dispatchEvent(
  new KeyboardEvent("keydown", {{ key, bubbles: true, cancelable: true }}));
const put = (id, value, kind) => {{
  const found = document.getElementById(id);
  found.value = value;
  found.dispatchEvent(new Event(kind, {{ bubbles: true }}));
}};
const state = (id) => document.getElementById(id).getAttribute("class");
const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
const later = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {{
  try {{ {steps} }} catch (error) {{ tell("failed: " + error.stack); }}
  document.body.textContent = "told:" + JSON.stringify(told) + ":told";
}})();
</script></body>"""


def opened(page: bytes, folder: Path, *options: str, hash_: str = "") -> tuple[str, str]:
    """Open a page as it is; the document when its script has run, and what the browser logged."""
    file = folder / "page.html"
    file.write_bytes(page)
    done = subprocess.run(
        [
            browser(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=20000",
            *options,
            "--dump-dom",
            file.as_uri() + hash_,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout, "\n".join(
        line for line in done.stderr.splitlines() if "CONSOLE" in line or "Refused" in line
    )


def driven(page: bytes, folder: Path, steps: str, *options: str, hash_: str = "") -> list[Any]:
    """Do steps (JavaScript) on a page whose policy is lifted for that; what they tell."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.decode())
    text = text.replace("<head>", FRAMES).replace("</body>", DRIVER.format(steps=steps))
    document, log = opened(text.encode(), folder, *options, hash_=hash_)
    told = re.search(r"told:(\[.*\]):told", document, re.DOTALL)
    assert told, f"the page did not finish: {log}"
    found: list[Any] = json.loads(html.unescape(told[1]))
    return found
