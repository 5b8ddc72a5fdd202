"""Import handlers from allowed places only, and leave no trace in `sys.path`.

The folders of a drawing become a package of their own, under a name that nothing else has, so
modules of the same name beside two drawings never mix. Inside such a module a plain
`import helpers` finds the neighbour, at any time, because the module has an `__import__` of its
own. The standard library is never shadowed.
"""

from __future__ import annotations

import builtins
import re
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module, invalidate_caches, util
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.wording import suggest

PREFIX: Final = "bpmn_xml_handlers_"
"""What the names of the packages begin with."""

_OWN_NAME: Final = re.compile(rf"\b{PREFIX}\d+\.")


def plain_name(module: str) -> str:
    """The name of a module as its author knows it.

    >>> plain_name("bpmn_xml_handlers_3.orders.stock"), plain_name("json")
    ('orders.stock', 'json')
    """
    return module.partition(".")[2] if module.startswith(PREFIX) else module


def plain_text(text: str) -> str:
    """A message with modules named as their author knows them."""
    return _OWN_NAME.sub("", text)


class HandlerPackage:
    """Some folders as a package of their own."""

    _known: Final[dict[tuple[Path, ...], HandlerPackage]] = {}
    _lock: Final = threading.Lock()
    _number: Final = count(1)

    def __init__(self, folders: tuple[Path, ...], name: str) -> None:
        self.folders, self.name = folders, name
        self._builtins: dict[str, Any] = {**vars(builtins), "__import__": self._import}

    @classmethod
    def of(cls, folders: Sequence[Path]) -> HandlerPackage:
        """The package of these folders; the same one each time, so modules are loaded once."""
        key = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        with cls._lock:
            package = cls._known.get(key)
            if package is None:
                package = cls(key, f"{PREFIX}{next(cls._number)}")
                _install(package)
                cls._known[key] = package
            return package

    def find(self, name: str) -> ModuleSpec | None:
        """Where a module is; nothing is executed."""
        path: Sequence[str] | None = [str(folder) for folder in self.folders]
        full, spec = self.name, None
        for part in name.split("."):
            full = f"{full}.{part}"
            spec = None if path is None else PathFinder.find_spec(full, path)
            if spec is None:
                return None
            path = spec.submodule_search_locations
        return spec

    def load(self, name: str) -> ModuleType:
        """Import a module of the package, or take the one that the program has imported itself."""
        return self._imported(name) or import_module(f"{self.name}.{name}")

    def prepare(self, module: ModuleType) -> None:
        """Give a new module the `__import__` that finds its neighbours."""
        vars(module)["__builtins__"] = self._builtins

    def _imported(self, name: str) -> ModuleType | None:
        spec = self.find(name)
        if spec is None or spec.origin is None:
            return None
        origin = Path(spec.origin).resolve()
        for known in (sys.modules.get(name), sys.modules.get("__main__")):
            file = getattr(known, "__file__", None)
            if file and Path(file).resolve() == origin:
                return known
        return None

    def _is_neighbour(self, top: str) -> bool:
        if top in sys.stdlib_module_names:
            return False
        spec = self.find(top)
        if spec is None or self._imported(top) is not None:
            return False
        return spec.origin is not None or util.find_spec(top) is None

    def _import(
        self,
        name: str,
        names: Mapping[str, object] | None = None,
        local: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        """Do what `__import__` does, but look for a neighbour first."""
        top = name.partition(".")[0]
        if level or not self._is_neighbour(top):
            return builtins.__import__(name, names, local, fromlist, level)
        module = builtins.__import__(f"{self.name}.{name}", names, local, fromlist, 0)
        return module if fromlist else sys.modules[f"{self.name}.{top}"]


class _Loader(SourceFileLoader):
    """Loads a module of a handler package."""

    def __init__(self, package: HandlerPackage, fullname: str, path: str) -> None:
        super().__init__(fullname, path)
        self._package = package

    def exec_module(self, module: ModuleType) -> None:
        self._package.prepare(module)
        super().exec_module(module)


class _Finder(MetaPathFinder):
    """Finds the modules of handler packages, and nothing else."""

    def __init__(self) -> None:
        self.packages: dict[str, HandlerPackage] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package = self.packages.get(fullname.partition(".")[0])
        if package is None or path is None:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(package, fullname, spec.loader.path)
        return spec


_FINDER: Final = _Finder()


def _install(package: HandlerPackage) -> None:
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
    invalidate_caches()
    module = ModuleType(package.name, "Handlers beside a drawing.")
    module.__path__ = [str(folder) for folder in package.folders]
    sys.modules[package.name] = module
    _FINDER.packages[package.name] = package


class AllowedImports:
    """The places from which a drawing may name Python.

    Args:
        folders: whose modules are allowed, in the order in which they are looked up.
        prefixes: installed modules that are allowed, each with all that is below it.
    """

    def __init__(self, folders: Sequence[Path] = (), prefixes: Sequence[str] = ()) -> None:
        self.package = HandlerPackage.of(folders)
        self.prefixes = tuple(prefixes)

    def check(self, name: str) -> None:
        """See whether a module may be imported and is there; nothing is executed.

        Raises:
            RefusedError: it may not or cannot.
        """
        beside = self.package.find(name)
        top = name.partition(".")[0]
        if beside is not None and top in sys.stdlib_module_names:
            message = f"{beside.origin or top} has the name of the standard module {top!r}"
            raise RefusedError(codes.SHADOWS_STANDARD, message, "rename the file")
        if beside is not None or (self.prefixed(name) and util.find_spec(top) is not None):
            return
        folders = ", ".join(map(str, self.package.folders)) or "none given"
        message = f"there is no module {name!r} in the allowed places (folders: {folders})"
        remedy = "put it beside the drawing, name its folder with --path or allow it by its prefix"
        raise RefusedError(codes.NOT_ALLOWED, message, suggest(name, self.modules(), remedy))

    def load(self, name: str) -> ModuleType:
        """Import an allowed module.

        Raises:
            RefusedError: it may not be imported, or importing it fails.
        """
        self.check(name)
        try:
            return self.package.load(name) if self.package.find(name) else import_module(name)
        except (Exception, SystemExit) as error:
            message = plain_text(f"importing {name!r} fails: {_told(error)}")
            raise RefusedError(codes.NOT_IMPORTED, message, "correct the module") from error

    def prefixed(self, name: str) -> bool:
        """Whether a module is allowed by its name."""
        return any(name == p or name.startswith(f"{p}.") for p in self.prefixes)

    def defines(self, module: str) -> bool:
        """Whether a module that was imported lies in an allowed place."""
        if module.startswith(f"{self.package.name}.") or self.prefixed(module):
            return True
        file = getattr(sys.modules.get(module), "__file__", None)
        if file is None:
            return False
        path, parts = Path(file).resolve(), module.split(".")
        inside = path.parent if path.stem == "__init__" else path.with_suffix("")
        return any(inside == folder.joinpath(*parts) for folder in self.package.folders)

    def modules(self) -> list[str]:
        """The modules that lie in the folders."""
        found: dict[str, None] = {}
        for folder in self.package.folders:
            if folder.is_dir():
                found |= dict.fromkeys(file.stem for file in sorted(folder.glob("*.py")))
        return list(found)


def _ours(file: str) -> bool:
    """Whether a frame is of what imports, which nobody wants to know of."""
    return file == __file__ or file.startswith("<frozen ")


def _told(error: BaseException) -> str:
    """What went wrong in a module, where, and the line itself."""
    what = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        file, line, text, why = error.filename, error.lineno or 0, error.text or "", error.msg
    else:
        frames = traceback.extract_tb(error.__traceback__)
        last = [frame for frame in frames if not _ours(frame.filename)][-1]
        file, line, text, why = last.filename, last.lineno or 0, last.line or "", str(error)
    said = f"{what}: {why}" if why else what
    return f"{said} ({Path(file).name}:{line}: {text.strip()})"
