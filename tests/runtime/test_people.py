"""People see what is told of their task as it was when the task came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.errors import CommandRejected, StoreError, UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, run
from bpmn_xml.runtime.forms import FormError
from tests.compiler.drawing import around, extended, said, word
from tests.documents import CAMUNDA_DEFINITIONS

TASK = m.UserTask(
    id="t",
    **extended(
        word(
            "camunda:formData",
            word("camunda:formField", id="n", type="long", defaultValue="${amount * 2}"),
            word("camunda:formField", id="note", type="string", defaultValue="none"),
        )
    ),
    **said(
        camunda_assignee="${who}",
        camunda_candidateGroups="sales,support",
        camunda_dueDate="2023-11-14T22:13:20Z",
        camunda_priority="70",
        camunda_formKey="embedded:app:a.html",
    ),
)


def test_a_task_tells_whose_it_is_and_what_is_asked() -> None:
    started = run(around(TASK), {"who": "ada", "amount": 2})
    (task,) = started.tasks
    assert (task.assignee, task.candidate_users) == ("ada", ())
    assert task.candidate_groups == ("sales", "support")
    assert task.due == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (task.follow_up, task.priority) == (None, 70)
    assert task.form_key == "embedded:app:a.html"
    assert [(field.name, field.default) for field in task.form] == [("n", 4), ("note", "none")]


def test_what_is_told_does_not_change_while_the_task_is_open() -> None:
    with Engine(around(TASK), workers=0) as engine:
        started = engine.start("P", {"who": "ada", "amount": 2})
        started.wait()
        (task,) = started.tasks
        task.complete()
        started.wait()
    assert started.variables == {"who": "ada", "amount": 2, "n": 4, "note": "none"}


def test_a_task_is_claimed_assigned_and_changed() -> None:
    with Engine(around(m.UserTask(id="t")), workers=0) as engine:
        (task,) = engine.start("P").tasks
        assert task.claim("ada").assignee == "ada"
        with pytest.raises(CommandRejected, match="is ada's already"):
            task.claim("bob")
        assert task.assign("bob").assignee == "bob"
        assert task.assign().assignee == ""
        due = datetime(2026, 1, 2, tzinfo=UTC)
        changed = task.change(candidate_groups=["sales"], due=due, priority=70)
        (task,) = engine.tasks()
        assert [(one.candidate_groups, one.due, one.priority) for one in (changed, task)] == [
            (("sales",), due, 70)
        ] * 2
        assert (task.candidate_users, task.follow_up) == ((), None)
        with pytest.raises(UsageError, match="the name of a user"):
            task.assign(5)  # type: ignore[arg-type] # what callers do
        with pytest.raises(UsageError, match=r"a list of names: give \['ada'\]"):
            task.change(candidate_users="ada")
        task.complete()
        with pytest.raises(CommandRejected, match="no longer open"):
            task.claim("ada")


def test_a_task_without_words_tells_nothing() -> None:
    (task,) = run(around(m.UserTask(id="t"))).tasks
    assert (task.assignee, task.due, task.priority, task.form) == ("", None, 50, ())


def test_what_cannot_be_told_is_an_incident_that_can_be_mended() -> None:
    with Engine(around(TASK), workers=0) as engine:
        started = engine.start("P", {"who": 5, "amount": 2})
        started.wait()
        assert started.tasks == []
        (incident,) = started.incidents
        assert "the assignee cannot be told: '5' is no text" in incident.message
        incident.retry({"who": "grace"})
        started.wait()
        (task,) = started.tasks
        assert task.assignee == "grace"


FORM = '{"id": "Review", "components": [{"type": "number", "key": "n", "validate": {"min": 1}}]}'
DRAWN = (
    CAMUNDA_DEFINITIONS + '<process id="P" isExecutable="true">'
    '<startEvent id="s"/><userTask id="t" camunda:formRef="{}"/>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>'
)


@pytest.mark.parametrize("name", ["Review", "check"])
def test_a_form_beside_the_drawing_is_found_by_its_id_or_name(tmp_path: Path, name: str) -> None:
    drawing = tmp_path / "a.bpmn"
    drawing.write_text(DRAWN.format(name), "utf-8")
    (tmp_path / "check.form").write_text(FORM, "utf-8")
    (tmp_path / "odd.form").write_text("[]", "utf-8")
    (tmp_path / "odder.form").write_text("{", "utf-8")
    (task,) = run(read(drawing)).tasks
    with pytest.raises(FormError, match="n: 0 must be 1 at least"):
        task.complete({"n": 0})


def test_a_form_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = tmp_path / "a.bpmn"
    drawing.write_text(DRAWN.format("x"), "utf-8")
    (tmp_path / "x.form").write_text("{}", "utf-8")
    drawn, whole = read(drawing), Path.open

    def refused(path: Path, *args: Any, **named: Any) -> Any:
        if path.suffix == ".form":
            raise PermissionError(13, "Permission denied")
        return whole(path, *args, **named)

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(StoreError, match=r"cannot read .*x\.form: Permission denied"):
        run(drawn)


def test_a_folder_with_the_name_of_a_form_is_none(tmp_path: Path) -> None:
    drawing = tmp_path / "a.bpmn"
    drawing.write_text(DRAWN.format("x"), "utf-8")
    (tmp_path / "x.form").mkdir()
    (task,) = run(read(drawing)).tasks
    assert not task.form


def test_python_says_whose_a_task_is_before_it_comes() -> None:
    class Staff:
        def boss(self, who: str) -> str:
            return f"the boss of {who}"

    task = m.UserTask(id="t", **said(camunda_assignee="${staff.boss(who)}", camunda_priority="3"))
    started = run(around(task), {"who": "ada"}, {"staff": Staff()})
    (open_task,) = started.tasks
    assert (open_task.assignee, open_task.priority) == ("the boss of ada", 3)
    assert started.variables == {"who": "ada"}
