"""Packages that load their names on first use have exactly the names in `__all__`."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

LISTED = ["orbitconnect", "orbitconnect.testing", "orbitconnect.webhooks", "orbitconnect.webhooks.once"]
LATE = [*LISTED, "orbitconnect.emulator"]


@pytest.mark.parametrize("package", LATE)
def test_every_name_is_found(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is getattr(module, name)


@pytest.mark.parametrize("package", LATE)
def test_the_error_names_a_missing_name(package: str) -> None:
    module = importlib.import_module(package)
    with pytest.raises(AttributeError) as caught:
        _ = module.Nothing
    assert str(caught.value) == f"module '{package}' has no attribute 'Nothing'"


@pytest.mark.parametrize("package", LISTED)
def test_names_are_listed_before_they_are_loaded(package: str) -> None:
    program = (
        f"import {package} as module; late = set(module.__all__) - set(vars(module)); "
        "assert late and late <= set(dir(module)); assert late.isdisjoint(vars(module))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
