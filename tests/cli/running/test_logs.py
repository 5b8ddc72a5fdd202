"""Logging as the legacy file says, behind a queue."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpmn_xml.cli.running.logs import checked, configured
from bpmn_xml.errors import StoreError, UsageError
from tests.cli.conftest import Cli
from tests.cli.files import one

CONFIG = """[loggers]
keys=root,shop

[handlers]
keys=file

[formatters]
keys=short

[logger_root]
level=WARNING
handlers=

[logger_shop]
level=INFO
handlers=file
qualname=shop
propagate=0

[handler_file]
class=FileHandler
level=INFO
formatter=short
args=('shop.log', 'w')

[formatter_short]
format=%(name)s %(levelname)s %(message)s
"""


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """Leave the loggers of the tests as they were."""
    root, shop = logging.getLogger(), logging.getLogger("shop")
    before = root.handlers[:], root.level
    yield
    root.handlers, root.level = before[0], before[1]
    for handler in shop.handlers[:]:
        shop.removeHandler(handler)
        handler.close()
    shop.propagate = True


def test_what_is_logged_is_written_behind_a_queue(folder: Path) -> None:
    (folder / "logging.conf").write_text(CONFIG, "utf-8")
    with configured("logging.conf"):
        logger = logging.getLogger("shop")
        assert [type(h) for h in logger.handlers] == [logging.handlers.QueueHandler]
        logger.info("sold %d", 3)
        logger.debug("unseen")
    assert (folder / "shop.log").read_text("utf-8") == "shop INFO sold 3\n"
    assert [type(h) for h in logging.getLogger("shop").handlers] == [logging.FileHandler]


def test_a_run_logs(cli: Cli, folder: Path) -> None:
    (folder / "logging.conf").write_text(CONFIG, "utf-8")
    handler = "import logging\ndef sell():\n    logging.getLogger('shop').info('sold')\n"
    (folder / "shop.py").write_text(handler, "utf-8")
    (folder / "shop.bpmn").write_text(one("serviceTask sell"), "utf-8")
    assert cli("run", "shop.bpmn", "--log-config", "logging.conf").code == 0
    assert (folder / "shop.log").read_text("utf-8") == "shop INFO sold\n"


def test_no_file_is_refused(folder: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file"), configured("none.conf"):
        pass


BAD = {
    "nothing": "",
    "a missing section": CONFIG.replace("[handler_file]", "[handler_other]"),
    "a missing class": CONFIG.replace("FileHandler", "NoHandler"),
    "no INI": "what is this",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_file_is_refused(folder: Path, text: str) -> None:
    (folder / "logging.conf").write_text(text, "utf-8")
    refusal = pytest.raises(UsageError, match=r"cannot log as logging\.conf says")
    with refusal, configured("logging.conf"):
        pass


TOUCH = "__import__('pathlib').Path('pwned').touch()"
STREAM = CONFIG.replace("class=FileHandler", "class=StreamHandler")
TWICE = CONFIG.replace("('shop.log', 'w')", "(%(x)s,)")
CODE = {
    "in arguments": STREAM.replace("('shop.log', 'w')", f"({TOUCH} or sys.stdout,)"),
    "in named arguments": f"{STREAM}[handler_other]\nkwargs={{'stream': {TOUCH}}}\n",
    "as a class": CONFIG.replace("FileHandler", TOUCH),
    "by a builtin": CONFIG.replace("FileHandler", "eval").replace(
        "('shop.log', 'w')", f'("{TOUCH}",)'
    ),
    "by a module that logging imports": CONFIG.replace("FileHandler", "os.mkdir"),
    "by any class": CONFIG.replace("FileHandler", "pathlib.Path.touch"),
    "by a formatter": f"{STREAM}class=subprocess.getoutput\n",
    "in a formatter's defaults": f"{CONFIG}defaults={{'a': {TOUCH}}}\n",
    "by interpolation": f"[DEFAULT]\nx={TOUCH}\n{TWICE}",
    "that computes for ever": STREAM.replace("('shop.log', 'w')", "(9**9**9**9,)"),
    "that takes all memory": STREAM.replace("('shop.log', 'w')", "('x' * 9999999999,)"),
    "nested without end": STREAM.replace("('shop.log', 'w')", "(" * 9000),
    "that reads": STREAM.replace("('shop.log', 'w')", "(os.environ['HOME'], 'w')"),
    "by a private name": STREAM.replace("('shop.log', 'w')", "(sys.stdout.__class__,)"),
}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_code_is_refused_and_not_evaluated(folder: Path, text: str) -> None:
    (folder / "logging.conf").write_text(text, "utf-8")
    before = set(folder.iterdir())
    refusal = pytest.raises(UsageError, match=r"cannot log as logging\.conf says: \[\w+\]")
    with refusal as refused, configured("logging.conf"):
        pass
    assert set(folder.iterdir()) == before
    assert refused.value.remedy


PLAIN = {
    "a stream": ("StreamHandler", "(sys.stdout,)"),
    "no arguments": ("StreamHandler", "()"),
    "products": ("handlers.RotatingFileHandler", "('a.log', 'a', 5 * 1024*1024, 3)"),
    "a full name": ("logging.handlers.RotatingFileHandler", "('a.log', 'a', 1000 + 24)"),
    "constants": ("handlers.MemoryHandler", "(10, ERROR)"),
    "constants of a class": ("handlers.SysLogHandler", "('/', handlers.SysLogHandler.LOG_USER)"),
    "lists and names": (
        "handlers.SMTPHandler",
        "('h', 'a@b', ['c@d', 'e@f'], -1, None, {'a': ()})",
    ),
}


@pytest.mark.parametrize("row", PLAIN.values(), ids=PLAIN)
def test_plain_values_and_handlers_of_logging_are_taken(row: tuple[str, str]) -> None:
    name, arguments = row
    text = CONFIG.replace("FileHandler", name).replace("('shop.log', 'w')", arguments)
    assert checked(text).get("handler_file", "class") == name


MINE = CONFIG.replace("FileHandler", "tests.cli.running.handlers_of_mine.Mine")


def test_a_class_of_somebody_is_taken_where_it_may_be_imported(folder: Path) -> None:
    (folder / "logging.conf").write_text(MINE, "utf-8")
    refusal = pytest.raises(UsageError, match="is no class of logging")
    with refusal as refused, configured("logging.conf"):
        pass
    assert "--allow-import tests" in str(refused.value.remedy)
    with configured("logging.conf", ["tests.cli"]):
        pass
    assert (folder / "shop.log").read_text("utf-8") == "mine"


def test_a_refusal_does_not_tell_what_is_in_a_file_of_another_kind(folder: Path) -> None:
    (folder / "logging.conf").write_text("s3cr3t\n", "utf-8")
    with pytest.raises(UsageError, match="no section") as refused, configured("logging.conf"):
        pass
    assert "s3cr3t" not in str(refused.value)
