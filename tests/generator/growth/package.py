"""Generates a client from a contract of this folder, and imports it under a name of its own."""

from __future__ import annotations

import importlib.util
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import orbitconnect_api
from generator.output import Paths, build

CONTRACTS = Path(__file__).parent
# The pipeline recognizes errors and clients by the classes of these modules.
_SHARED = ("types", "values", "encoding", "forms", "raw_calls")


class Package:
    """A generated client.

    Args:
        name: The file name of the contract, without `.yaml`.
        root: The folder to generate into.
    """

    def __init__(self, name: str, root: Path) -> None:
        self.contract = CONTRACTS / f"{name}.yaml"
        self.folder = root / "generated" / "orbitconnect_api"
        self._name = f"grown_{name}"
        build(Paths(self.contract, root), lambda step: None)
        self._import()

    def module(self, name: str) -> Any:
        """A module of the client, such as `models` or `api.things.create_thing`."""
        return import_module(f"{self._name}.{name}")

    def _import(self) -> None:
        installed = Path(str(orbitconnect_api.__file__)).parent
        for shared in _SHARED:
            assert (self.folder / f"{shared}.py").read_bytes() == (installed / f"{shared}.py").read_bytes()
            sys.modules[f"{self._name}.{shared}"] = import_module(f"orbitconnect_api.{shared}")
        spec = importlib.util.spec_from_file_location(
            self._name, self.folder / "__init__.py", submodule_search_locations=[str(self.folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        package = sys.modules[self._name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(package)

    def forget(self) -> None:
        """Remove the client from the imported modules."""
        for name in [name for name in sys.modules if name.split(".")[0] == self._name]:
            del sys.modules[name]
