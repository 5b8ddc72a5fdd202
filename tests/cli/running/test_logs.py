"""Logging as the legacy file says, behind a queue."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpmn_xml.cli.running.logs import configured
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
