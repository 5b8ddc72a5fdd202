"""Handlers are imported from allowed places only, and nothing is left behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.imports import AllowedImports, plain_name, plain_text


def write(folder: Path, **modules: str) -> Path:
    """Make a folder with modules; `a__b` is module b of package a, `a__` is the package itself."""
    for name, text in modules.items():
        package, _, module = name.rpartition("__")
        path = folder / package / f"{module or '__init__'}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def refusal(imports: AllowedImports, name: str) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        imports.load(name)
    return caught.value


def test_a_module_beside_the_drawing_leaves_no_trace(tmp_path: Path) -> None:
    write(tmp_path, orders="def charge(): return 'charged'")
    path, known = list(sys.path), set(sys.modules)
    module = AllowedImports([tmp_path]).load("orders")
    assert module.charge() == "charged"
    assert sys.path == path
    assert "orders" not in sys.modules
    assert all(name.startswith("bpmn_xml_handlers_") for name in set(sys.modules) - known)


def test_modules_of_the_same_name_in_two_folders_do_not_mix(tmp_path: Path) -> None:
    helper = "def name(): return WHO"
    a = write(tmp_path / "a", helpers=f"WHO = 'a'\n{helper}", main="import helpers\nh = helpers")
    b = write(tmp_path / "b", helpers=f"WHO = 'b'\n{helper}", main="import helpers\nh = helpers")
    first, second = (AllowedImports([folder]).load("main") for folder in (a, b))
    assert (first.h.name(), second.h.name()) == ("a", "b")
    assert AllowedImports([a]).load("main") is first


NEIGHBOURS = {
    "plainly": "import helpers\nfound = helpers.VALUE",
    "under a name": "import helpers as h\nfound = h.VALUE",
    "from it": "from helpers import VALUE as found",
    "a package": "import kit.numbers\nfound = kit.numbers.VALUE",
    "from a package": "from kit import numbers\nfound = numbers.VALUE",
    "from deep inside": "from kit.numbers import VALUE as found",
    "inside, relatively": "from kit.relative import VALUE as found",
    "inside, absolutely": "from kit.absolute import VALUE as found",
    "relatively": "from . import helpers\nfound = helpers.VALUE",
    "later": "def late():\n    import helpers\n    return helpers.VALUE\nfound = late()",
    "with what is installed": "import json, msgspec, os.path, helpers\nfound = helpers.VALUE",
    "beside the standard library": "import json\nfound = 7 if json.dumps else 0",
}


@pytest.mark.parametrize("text", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_modules_import_their_neighbours(tmp_path: Path, text: str) -> None:
    write(
        tmp_path,
        main=text,
        helpers="VALUE = 7",
        json="raise RuntimeError('shadows')",
        kit__="",
        kit__numbers="VALUE = 7",
        kit__relative="from .numbers import VALUE\nfrom . import numbers",
        kit__absolute="import helpers\nfrom kit import numbers\nVALUE = helpers.VALUE",
    )
    assert AllowedImports([tmp_path]).load("main").found == 7


def test_neighbours_are_found_after_the_import_too(tmp_path: Path) -> None:
    write(tmp_path, main="def late():\n    import helpers\n    return helpers.VALUE")
    module = AllowedImports([tmp_path]).load("main")
    write(tmp_path, helpers="VALUE = 8")
    assert module.late() == 8


def test_classes_of_such_modules_can_be_looked_into(tmp_path: Path) -> None:
    text = """
from __future__ import annotations
import typing
from dataclasses import dataclass

@dataclass
class Order:
    number: int

def hints():
    return typing.get_type_hints(Order)
"""
    module = AllowedImports([write(tmp_path, orders=text)]).load("orders")
    assert module.hints() == {"number": int}
    assert module.Order(3).number == 3


def test_what_the_program_has_imported_itself_is_not_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, mine="COUNT = []", other="import mine\nsame = mine")
    monkeypatch.syspath_prepend(str(tmp_path))
    mine = __import__("mine")
    monkeypatch.setitem(sys.modules, "mine", mine)
    imports = AllowedImports([tmp_path])
    assert imports.load("mine") is mine
    assert imports.load("other").same is mine
    assert imports.defines("mine")


def test_what_is_installed_below_the_folder_is_not_beside_the_drawing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = write(tmp_path / "venv" / "site", thirdparty="def wipe(): pass")
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.setitem(sys.modules, "thirdparty", __import__("thirdparty"))
    assert not AllowedImports([tmp_path]).defines("thirdparty")
    assert AllowedImports([installed]).defines("thirdparty")


def test_a_folder_without_init_is_a_package_unless_something_else_has_its_name(
    tmp_path: Path,
) -> None:
    write(tmp_path, shop__orders="VALUE = 1", msgspec__data="",
          main="import shop.orders, msgspec\nfound = msgspec.Struct")  # fmt: skip
    imports = AllowedImports([tmp_path])
    assert imports.load("shop.orders").VALUE == 1
    assert imports.load("main").found


def test_the_first_folder_wins(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", m="WHO = 'a'"), write(tmp_path / "b", m="WHO = 'b'", n="N = 1")
    imports = AllowedImports([a, b])
    assert imports.load("m").WHO == "a"
    assert imports.load("n").N == 1


@pytest.mark.parametrize("name", ["os", "subprocess", "msgspec", "bpmn_xml.errors", "nothing"])
def test_other_places_are_refused(tmp_path: Path, name: str) -> None:
    error = refusal(AllowedImports([tmp_path]), name)
    assert error.code == codes.NOT_ALLOWED
    assert str(tmp_path) in str(error)


def test_near_names_are_told(tmp_path: Path) -> None:
    error = refusal(AllowedImports([write(tmp_path, orders="")]), "oders")
    assert error.remedy.startswith("did you mean 'orders'?")


def test_a_file_with_the_name_of_a_standard_module_is_refused(tmp_path: Path) -> None:
    error = refusal(AllowedImports([write(tmp_path, calendar="")]), "calendar")
    assert (error.code, error.remedy) == (codes.SHADOWS_STANDARD, "rename the file")


def test_prefixes_allow_installed_modules(tmp_path: Path) -> None:
    imports = AllowedImports([tmp_path], ["collections", "msgspec.json"])
    assert imports.load("collections.abc").__name__ == "collections.abc"
    assert imports.load("msgspec.json")
    assert imports.defines("collections.abc")
    assert not imports.defines("msgspec")
    assert refusal(imports, "msgspec").code == codes.NOT_ALLOWED
    assert refusal(imports, "collectionsx").code == codes.NOT_ALLOWED
    assert refusal(imports, "collections.nothing").code == codes.NOT_IMPORTED


BROKEN = {
    "raise ValueError('no')": "fails: ValueError: no (broken.py:1: raise ValueError('no'))",
    "x = 1\ndef f(a, b:\n": "fails: SyntaxError: '(' was never closed (broken.py:2: def f(a, b:)",
    "def (": "importing 'broken' fails: SyntaxError",
    "raise KeyError": "importing 'broken' fails: KeyError (broken.py:1: raise KeyError)",
    "import not_installed_anywhere": (
        "No module named 'not_installed_anywhere' (broken.py:1: import not_installed_anywhere)"
    ),
    "raise SystemExit(3)": "importing 'broken' fails: SystemExit: 3",
    "from helpers import missing": "cannot import name 'missing' from 'helpers'",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items())
def test_a_module_that_cannot_be_imported(tmp_path: Path, text: str, message: str) -> None:
    error = refusal(AllowedImports([write(tmp_path, broken=text, helpers="")]), "broken")
    assert error.code == codes.NOT_IMPORTED
    assert message in str(error)


def test_checking_executes_nothing(tmp_path: Path) -> None:
    write(tmp_path, package__="raise RuntimeError", package__inner="raise RuntimeError")
    AllowedImports([tmp_path]).check("package.inner")


def test_names_are_told_as_their_author_knows_them() -> None:
    assert plain_name("bpmn_xml_handlers_12.a.b") == "a.b"
    assert plain_text("in bpmn_xml_handlers_12.a.b, bpmn_xml_handlers_3") == (
        "in a.b, bpmn_xml_handlers_3"
    )


def test_symbolic_links_and_relative_folders_are_one_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "real", m="WHO = 1")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    modules = [AllowedImports([Path(name)]).load("m") for name in ("real", "link", "./real/")]
    assert modules[0] is modules[1] is modules[2]
