"""Names in annotations whose modules are loaded late."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module in annotations, and imports it when `typing.get_type_hints` or a person looks.

    A name that is imported for type checkers alone would make `get_type_hints` raise `NameError`:

        if TYPE_CHECKING:
            import httpx
        else:
            httpx = Later("httpx")

        def transport(self) -> httpx.BaseTransport: ...

    Args:
        module: The module's name, relative to `package` if it begins with a dot.
        package: The package of the module that has the annotation.
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
        except ImportError:  # It comes with an extra. Hints that do not need it are of use without it.
            return Any
