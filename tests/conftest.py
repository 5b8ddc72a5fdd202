"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

pytest.register_assert_rewrite("tests.compiler.drawing")

settings.register_profile(
    "dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_finish() -> None:
    """What has been collected stays to the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


LONGEST_ID = 60
"""Letters of what a case of a table is called."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """Call a row of a table by the last text in it, which mostly says what is expected."""
    words = last_text(val) if isinstance(val, list | tuple | dict) else ""
    return " ".join(words.split())[:LONGEST_ID] or None


def last_text(val: object) -> str:
    """The last text in a value of lists and dictionaries; nothing if there is none."""
    if isinstance(val, str):
        return val
    inner = list(val) if isinstance(val, list | tuple | dict) else []
    return next(filter(None, map(last_text, reversed(inner))), "")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real diagrams kept beside the project; a user's checkout has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the collection of real diagrams is not beside this checkout")
    return folder
