"""What is shipped: the package, its types and its schemas, in the wheel and in the sdist."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUILD = "import sys, hatchling.build as b; print(b.build_{}(sys.argv[1]))"
SCHEMAS = {
    path.relative_to(ROOT / "schemas").as_posix()
    for path in (ROOT / "schemas").rglob("*")
    if path.is_file()
}


def build(kind: str, folder: Path, source: Path = ROOT) -> Path:
    """Build a wheel or an sdist of a source tree, as pip does."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD.format(kind), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", folder)) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def check_wheel(path: Path) -> None:
    """A wheel has everything and nothing else."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    packages = {name.partition("/")[0] for name in names}
    assert {f"bpmn_xml/schemas/{name}" for name in SCHEMAS} <= names
    assert {"bpmn_xml/py.typed", "bpmn_xml/__main__.py"} <= names
    assert [name for name in packages if not name.startswith("bpmn_xml")] == []
    assert not any("cache" in name for name in names)


def test_wheel_has_schemas_and_types(tmp_path: Path) -> None:
    check_wheel(build("wheel", tmp_path))


def test_wheel_of_the_sdist_has_them_too(sdist: Path, tmp_path: Path) -> None:
    check_wheel(build("wheel", tmp_path, source=sdist))


def test_sdist_has_what_its_tests_need(sdist: Path) -> None:
    wanted = ("README.md", "CHANGELOG.md", "LICENSE", "tests", "diagrams", "tools")
    assert [name for name in wanted if not (sdist / name).exists()] == []
