"""Clients that are generated from the contracts of this folder, each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.generator.growth.package import Package
from tests.pipeline.conftest import no_proxy, sdk

__all__ = ["no_proxy", "sdk"]


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Package]]:
    """Call it with the file name of a contract of this folder, without `.yaml`."""
    packages: dict[str, Package] = {}

    def package(name: str) -> Package:
        if name not in packages:
            packages[name] = Package(name, tmp_path_factory.mktemp(name))
        return packages[name]

    yield package
    for known in packages.values():
        known.forget()
