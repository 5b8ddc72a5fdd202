"""Pages of ours in a browser: nothing is refused by their own policy, and they do what they say."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from bpmn_xml import render
from bpmn_xml.render.replay.pages import replay_page
from bpmn_xml.render.replay.schedule import schedule
from tests.browser.bpmn_js import browser
from tests.browser.pages import driven, opened
from tests.render.build import drill_down
from tests.render.replay.told import run_of

pytestmark = pytest.mark.skipif(not browser(), reason="there is no chromium on this machine")


@pytest.fixture(scope="module")
def order() -> bytes:
    return replay_page(*run_of("order"))


@pytest.fixture(scope="module")
def streaming() -> bytes:
    return replay_page(*run_of("streaming"))


def test_the_policy_refuses_nothing_of_ours(order: bytes, tmp_path: Path) -> None:
    document, log = opened(order, tmp_path, hash_="#t=3500")
    assert log == ""
    page = lxml.html.fromstring(document)
    (charge,) = page.xpath("//*[@id='charge']/@class")
    assert "waiting" in charge.split()
    assert page.xpath("//*[@data-for='received']/@class") == ["done"]
    assert page.xpath("//*[@data-for='shipped']/@class") == ["untouched"]
    assert page.xpath("//tbody[@id='variables']//td/text()")[:2] == ["100", "true"]


def test_an_end_event_stays_thicker_than_others(order: bytes, tmp_path: Path) -> None:
    steps = """
      const width = (id) => parseFloat(getComputedStyle(
        document.querySelector(`#${id} > .shape`)).strokeWidth);
      for (const at of [0, 9000]) {
        put("at", at, "input"); tell([width("shipped"), width("received")]);
      }
    """
    before, after = driven(order, tmp_path, steps, hash_="#t=0")
    assert before[0] > 1.5 * before[1]
    assert after[0] > 1.5 * after[1]


def test_the_policy_refuses_what_is_not_ours(order: bytes, tmp_path: Path) -> None:
    evil = order.replace(b"<header>", b"<img src='http://x.invalid/y' onerror='1'><header>")
    evil = evil.replace(b"</body>", b"<script>document.title = 'taken'</script></body>")
    document, log = opened(evil, tmp_path)
    assert "<title>Order</title>" in document
    assert "Content Security Policy" in log


def test_one_can_go_anywhere_and_back(order: bytes, tmp_path: Path) -> None:
    steps = """
      const look = () => ["check", "charge", "ship", "offer"].map(
        (id) => state(id).split(" ").pop());
      for (const at of [0, 700, 3500, 9000, 3500, 0]) { put("at", at, "input"); tell(look()); }
      click("play"); tell(texts("#play")[0]); await later(2500); tell(look());
    """
    told = driven(order, tmp_path, steps, hash_="#t=0")
    start = ["untouched"] * 4
    middle = ["done", "waiting", "untouched", "untouched"]
    end = ["done", "done", "done", "untouched"]
    assert told[0] == start
    assert told[1] == ["active", "untouched", "untouched", "untouched"]
    assert told[2] == told[4] == middle
    assert (told[3], told[5]) == (end, start)
    assert told[6] == "Pause"
    assert told[7][0] == "done"


def test_steps_keys_and_speed(order: bytes, tmp_path: Path) -> None:
    steps = """
      const at = () => Number(document.getElementById("at").value);
      tell(at()); click("forth"); tell(at()); press("."); tell(at()); press(","); tell(at());
      click("back"); tell(at()); press("End"); tell(at()); press("Home"); tell(at());
      const speed = document.getElementById("speed");
      press(">"); tell(speed.value); press("<"); press("<"); tell(speed.value);
      press(" "); tell(texts("#play")[0]); press(" "); tell(texts("#play")[0]);
      press("Home"); press("ArrowRight"); tell(at()); press("ArrowLeft"); tell(at());
      for (const id of ["stage", "at", "speed"]) press("ArrowRight", document.getElementById(id));
      tell(at());
    """
    told = driven(order, tmp_path, steps, hash_="#t=0")
    length = schedule(run_of("order")[1], run_of("order")[2]).length
    assert told[0] == told[4] == told[6] == 0
    assert told[1] == told[3] == pytest.approx(600)
    assert told[2] == pytest.approx(800)
    assert told[5] == pytest.approx(length, abs=1)
    assert told[7:11] == ["2", "0.5", "Pause", "Play"]
    assert told[11:] == [pytest.approx(600), 0, 0]


def test_a_state_is_told_with_how_many_visits_are_in_it(streaming: bytes, tmp_path: Path) -> None:
    """Readings are looked at one after the other: while one is, those before it are done."""
    steps = """
      const last = Number(document.getElementById("at").max);
      for (let at = 0; at <= last; at += 250) { put("at", at, "input"); tell(texts(".sign text")); }
      put("at", last, "input"); tell(texts(".sign text"));
    """
    *told, end = driven(streaming, tmp_path, steps, hash_="#t=0")
    partial = {sign for signs in told for sign in signs if " of " in sign}
    numbers = [[int(word) for word in sign.split() if word.isdigit()] for sign in partial]
    assert numbers
    assert all(some < every for some, every in numbers)
    assert not [sign for sign in end if " of " in sign]
    assert any(sign.endswith(" 24") for sign in end)


def test_several_tokens_travel_at_once_and_one_item_alone(streaming: bytes, tmp_path: Path) -> None:
    steps = """
      const tokens = () => document.querySelectorAll(".token").length;
      put("at", 6500, "input"); tell(tokens()); tell(texts(".token text").filter(Boolean));
      const item = document.getElementById("item");
      const option = [...item.options].find((one) => one.text.endsWith("read.1:1"));
      put("item", option.value, "change");
      tell(texts(".token text").filter(Boolean)); tell(texts("#variables th"));
      tell(texts("#whose")); tell(state("prepare").split(" ").pop());
    """
    told = driven(streaming, tmp_path, steps, hash_="#t=0")
    assert told[0] >= 4
    assert len(told[1]) >= 2
    assert set(told[2]) <= {"1"}
    assert {"fahrenheit", "station", "store"} <= set(told[3])
    assert told[4][0].endswith("gather.1/read.1:1")
    assert told[5] == "untouched"


def test_a_chosen_token_shows_its_variables(streaming: bytes, tmp_path: Path) -> None:
    steps = """
      put("at", 6500, "input");
      const button = [...document.querySelectorAll("#tokens button")].find(
        (one) => /:[0-9]+$/.test(one.textContent));
      button.click();
      tell(texts("#tokens [aria-pressed='true']").length); tell(texts("#variables th"));
    """
    told = driven(streaming, tmp_path, steps, hash_="#t=0")
    assert told[0] >= 1
    assert "fahrenheit" in told[1]


def test_without_motion_it_stands_until_asked(order: bytes, tmp_path: Path) -> None:
    steps = "tell(texts('#play')[0]); click('forth'); tell(state('received').split(' ').pop());"
    told = driven(order, tmp_path, steps, "--force-prefers-reduced-motion")
    assert told == ["Play", "done"]


def test_a_sub_process_leads_to_its_own_drawing(tmp_path: Path) -> None:
    page = render.draw(drill_down(), format="html")
    steps = """
      const seen = (svg) => getComputedStyle(svg).display !== "none";
      const shown = () => [...document.querySelectorAll("#stage > svg")].filter(seen)
        .map((svg) => svg.dataset.element);
      const current = () => texts("#planes [aria-current]");
      const sub = document.getElementById("sub");
      tell([shown(), current(), sub.getAttribute("role")]);
      sub.dispatchEvent(new MouseEvent("click", { bubbles: true })); await later(50);
      tell([shown(), current(), location.hash]);
      document.querySelector("#planes a").click(); await later(50);
      tell([shown(), current()]);
      press("Enter", sub); await later(50);
      tell([shown(), document.querySelectorAll(".leads").length]);
    """
    told = driven(page, tmp_path, steps, hash_="#plane=7")
    assert told == [
        [["process"], ["process"], "link"],
        [["sub"], ["Look & see"], "#plane=2"],
        [["process"], ["process"]],
        [["sub"], 1],
    ]


def test_a_small_drawing_is_shown_at_twice_its_size_at_most(tmp_path: Path) -> None:
    steps = """
      const svg = document.querySelector("svg"), box = svg.viewBox.baseVal;
      tell(svg.clientWidth / box.width);
      tell(svg.clientHeight / box.height);
    """
    told = driven(render.draw(drill_down(), format="html"), tmp_path, steps)
    assert max(told) <= 2.01


def test_a_drawing_can_be_zoomed_and_moved(tmp_path: Path) -> None:
    page = render.draw(run_of("order")[0], format="html")
    steps = """
      const svg = document.querySelector("svg");
      const box = () => svg.getAttribute("viewBox").split(" ").map(Number);
      const stage = document.getElementById("stage");
      tell(box()); click("zoom-in"); tell(box()); press("ArrowRight", stage); tell(box());
      press("0", stage); tell(box());
      stage.dispatchEvent(new WheelEvent("wheel",
        { deltaY: -100, clientX: 300, clientY: 200, cancelable: true }));
      tell(box());
    """
    whole, closer, moved, again, wheeled = driven(page, tmp_path, steps)
    assert closer[2] == pytest.approx(whole[2] / 1.25)
    assert moved[0] == pytest.approx(closer[0] + closer[2] / 10)
    assert again == pytest.approx(whole)
    assert wheeled[2] < whole[2]
