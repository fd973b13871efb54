"""Lazy imports for annotations."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A placeholder for a module in annotations, which imports the module when an annotation is evaluated.

    If a name is imported only for type checkers, `typing.get_type_hints` raises `NameError`. With this class, it works:

        if TYPE_CHECKING:
            import httpx
        else:
            httpx = Later("httpx")

        def transport(self) -> httpx.BaseTransport: ...

    Args:
        module: The module's name, relative to `package` if it begins with a dot.
        package: The package of the module that contains the annotation.
    """

    __slots__ = ("_module", "_package")

    def __init__(self, module: str, package: str | None = None) -> None:
        self._module = module
        self._package = package

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return getattr(import_module(self._module, self._package), name)
        except ImportError:  # The module is part of an extra. The other hints are useful without it.
            return Any
