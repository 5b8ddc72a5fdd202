"""The verb that writes the first Python for a drawing: all files or none, never over others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.documents import DEFINITIONS

DRAWN = (
    DEFINITIONS + '<process id="P" isExecutable="true"><startEvent id="s"/>{}'
    '<sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>'
)


def draw(
    folder: Path, task: str = '<serviceTask id="t" name="Pay"/>', name: str = "my-shop.bpmn"
) -> None:
    (folder / name).write_text(DRAWN.format(task), "utf-8")


def test_what_it_writes_runs(cli: Cli, folder: Path) -> None:
    draw(folder)
    done = cli("bindings", "my-shop.bpmn")
    assert (done.code, done.out) == (0, "")
    assert "wrote my_shop.py for 1 task, bindings.toml with 1 new line" in done.err
    assert cli("run", "my-shop.bpmn", "--quiet").code == 0
    assert "my_shop:pay  bindings.toml names it: t" in cli("check", "my-shop.bpmn").out


CALLING = (
    '<serviceTask id="t" name="Pay"/><sequenceFlow id="g" sourceRef="t" targetRef="u"/>'
    '<serviceTask id="u" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'camunda:expression="${mail.send(1)}"/>'
)


def test_a_run_tells_of_functions_that_nobody_has_filled(cli: Cli, folder: Path) -> None:
    draw(folder, CALLING)
    cli("bindings", "my-shop.bpmn")
    told = cli("run", "my-shop.bpmn", "--quiet").err
    assert "BX214 t: my_shop:pay does nothing yet" in told
    assert "BX214 u: my_shop:send does nothing yet" in told
    assert cli("check", "my-shop.bpmn").out.count("does nothing yet") == 2


def test_nothing_is_told_of_functions_that_say_so_no_more(cli: Cli, folder: Path) -> None:
    draw(folder, CALLING)
    cli("bindings", "my-shop.bpmn")
    module = folder / "my_shop.py"
    line = "\n\n    It does nothing yet: delete this line when it does."
    module.write_text(module.read_text("utf-8").replace(line, ""), "utf-8")
    assert cli("run", "my-shop.bpmn", "--quiet").err == ""


def test_no_module_is_overwritten_unless_it_is_said(cli: Cli, folder: Path) -> None:
    draw(folder)
    module = folder / "my_shop.py"
    module.write_text("mine = 1", "utf-8")
    done = cli("bindings", "my-shop.bpmn")
    assert (done.code, "1 further function in my_shop.py" in done.err) == (0, True)
    assert module.read_text("utf-8").startswith(
        "mine = 1\n\n\nfrom typing import Any\n\n\ndef pay("
    )
    assert cli("run", "my-shop.bpmn", "--quiet").code == 0
    assert cli("bindings", "my-shop.bpmn", "--force").code == 0
    assert "mine" not in module.read_text("utf-8")


def test_tasks_that_have_come_get_their_functions(cli: Cli, folder: Path) -> None:
    draw(folder)
    assert cli("bindings", "my-shop.bpmn").code == 0
    module = folder / "my_shop.py"
    mine = module.read_text("utf-8").replace("return {}", 'return {"paid": True}')
    module.write_text(mine, "utf-8")
    assert "nothing to write" in cli("bindings", "my-shop.bpmn").err
    assert module.read_text("utf-8") == mine
    draw(folder, '<serviceTask id="t" name="Pay"/><serviceTask id="u" name="Ship"/>')
    done = cli("bindings", "my-shop.bpmn")
    assert "wrote 1 further function in my_shop.py, bindings.toml with 1 new line" in done.err
    text = module.read_text("utf-8")
    assert text.startswith(mine)
    assert (text.count("def pay("), text.count("def ship("), text.count("import Any")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (b"def pay(:", "my_shop.py:1: invalid syntax"),
        (b"\xff", "my_shop.py is no Python: "),
        (b"\0", "null bytes"),
    ],
)
def test_a_module_that_is_no_python_is_kept(
    cli: Cli, folder: Path, module: bytes, message: str
) -> None:
    draw(folder)
    (folder / "my_shop.py").write_bytes(module)
    done = cli("bindings", "my-shop.bpmn")
    assert (done.code, message in done.err, "--force" in done.err) == (2, True, True)
    assert (folder / "my_shop.py").read_bytes() == module
    assert not (folder / "bindings.toml").exists()


def test_a_table_that_cannot_be_read_is_kept(cli: Cli, folder: Path) -> None:
    draw(folder)
    (folder / "bindings.toml").write_text("mine = 1", "utf-8")
    done = cli("bindings", "my-shop.bpmn", "--force")
    assert (done.code, "mine is no text of the form" in done.err) == (2, True)
    assert (folder / "bindings.toml").read_text("utf-8") == "mine = 1"
    assert not (folder / "my_shop.py").exists()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_lines_that_are_there_are_kept(cli: Cli, folder: Path, force: tuple[str, ...]) -> None:
    draw(folder)
    sum_up = DRAWN.replace('"t"', '"u"').format('<serviceTask id="u" implementation="sum"/>')
    (folder / "other.bpmn").write_text(sum_up, "utf-8")
    table = folder / "bindings.toml"
    old = '# mine\r\nt = "python:office:greet"'
    table.write_text(old, "utf-8", newline="")
    done = cli("bindings", "my-shop.bpmn", "other.bpmn", *force)
    assert "wrote other.py for 1 task, bindings.toml with 1 new line" in done.err
    assert table.read_bytes().decode() == f'{old}\n"sum" = "python:other:sum_"\n'
    (folder / "other.py").unlink()
    assert cli("bindings", "other.bpmn", *force).code == 0
    assert "def sum_()" in (folder / "other.py").read_text("utf-8")
    assert table.read_bytes().decode().count("\n") == 3


def test_two_drawings_make_no_module_of_one_name(cli: Cli, folder: Path) -> None:
    for name in ("shop.bpmn", "sub/shop.bpmn"):
        (folder / name).parent.mkdir(exist_ok=True)
        draw(folder, name=name)
    done = cli("bindings", "shop.bpmn", "sub/shop.bpmn", "-o", "work")
    assert (done.code, "would be written for two drawings" in done.err) == (2, True)


def test_it_writes_elsewhere_and_says_how_to_run(cli: Cli, folder: Path) -> None:
    draw(folder)
    done = cli("bindings", "my-shop.bpmn", "-o", "new/work")
    assert "run it with --path new/work --bindings new/work/bindings.toml" in done.err
    words = ("--path", "new/work", "--bindings", "new/work/bindings.toml")
    assert cli("run", "my-shop.bpmn", "--quiet", *words).code == 0


def test_where_it_cannot_write(cli: Cli, folder: Path) -> None:
    draw(folder)
    (folder / "file").write_text("", "utf-8")
    done = cli("bindings", "my-shop.bpmn", "-o", "file")
    assert (done.code, "cannot make the folder file" in done.err) == (2, True)


def test_a_drawing_that_needs_nothing(cli: Cli, folder: Path) -> None:
    draw(folder, '<task id="t"/>')
    done = cli("bindings", "my-shop.bpmn")
    assert done.code == 0
    assert "the drawing or bindings.toml names the Python of each task" in done.err
    assert not (folder / "bindings.toml").exists()


def test_a_drawing_that_cannot_be_run(cli: Cli, folder: Path) -> None:
    draw(folder, '<complexGateway id="t"/>')
    assert cli("bindings", "my-shop.bpmn", "--process", "Q").code == 2


def test_tasks_that_share_an_id_are_told(cli: Cli, folder: Path) -> None:
    draw(folder, '<serviceTask id="t" name="Weigh"/>', "a.bpmn")
    draw(folder, '<serviceTask id="t" name="Ship"/>', "b.bpmn")
    told = cli("bindings", "a.bpmn", "b.bpmn").err
    assert 'b.bpmn: t "Ship" shares its id with a task that is bound to python:a:' in told
    assert "a.bpmn: t" not in told
    (folder / "bindings.toml").write_text('t = "python:shop:weigh"\n')
    assert "shares" not in cli("bindings", "a.bpmn", "b.bpmn", "--force").err


def test_a_name_that_is_computed_is_told(cli: Cli, folder: Path) -> None:
    words = 'xmlns:c="http://camunda.org/schema/1.0/bpmn" c:type="external" c:topic="${topic}"'
    draw(folder, f'<serviceTask id="t" {words}/>')
    done = cli("bindings", "my-shop.bpmn")
    assert done.code == 0
    assert "t: the name of its Python is computed when it comes, by ${topic}" in done.err
    assert "the drawing or bindings.toml names the Python of each other task" in done.err
    assert "its name is computed when it comes: ${topic}" in cli("check", "my-shop.bpmn").out


def test_what_is_not_bound_is_told_where_it_is_called(cli: Cli, folder: Path) -> None:
    listener = "<c:executionListener {} delegateExpression='${{audit}}'/>"
    words = "<extensionElements xmlns:c='http://camunda.org/schema/1.0/bpmn'>\n{}\n{}\n"
    both = words.format(listener.format("event='start'"), listener.format("event='end'"))
    draw(folder, f'<userTask id="t">{both}</extensionElements></userTask>')
    done = cli("check", "my-shop.bpmn", "--for", "run")
    assert done.out.count("BX201 t: nothing is bound to 'audit'\n") == 1
    assert "+ 1 more like this: line 6" in done.out


def test_what_an_event_or_a_vote_asks_gets_its_function(cli: Cli, folder: Path) -> None:
    timer = "<timeDuration>${config.wait()}</timeDuration>"
    event = f"<timerEventDefinition>{timer}</timerEventDefinition>"
    draw(folder, f'<intermediateCatchEvent id="t">{event}</intermediateCatchEvent>')
    vote = "<loopCardinality>3</loopCardinality><completionCondition>${votes.done()}"
    loop = f"<multiInstanceLoopCharacteristics>{vote}</completionCondition>"
    drawn = f'<userTask id="t">{loop}</multiInstanceLoopCharacteristics></userTask>'
    draw(folder, drawn, "votes.bpmn")
    assert cli("bindings", "my-shop.bpmn", "votes.bpmn").code == 0
    assert '"config.wait" = "python:my_shop:wait"' in (folder / "bindings.toml").read_text()
    assert "def done() -> Any:" in (folder / "votes.py").read_text()
