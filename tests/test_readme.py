"""The README lists every namespace and every argument of the client."""

from __future__ import annotations

import inspect
import re

from orbitconnect import OrbitServer, errors
from orbitconnect_api.operations import OPERATIONS
from tests.pages import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_namespace_is_listed() -> None:
    listed = re.findall(r"^\| `orbit\.(\w+)`", README, flags=re.MULTILINE)
    assert sorted(listed) == sorted({operation.tag for operation in OPERATIONS.values()})


def test_every_argument_of_the_client_is_listed() -> None:
    signature = re.search(r"^OrbitServer\((.*)\)$", README, flags=re.MULTILINE)
    assert signature is not None
    assert re.findall(r"(\w+)=", signature[1]) == list(inspect.signature(OrbitServer).parameters)


def test_the_errors() -> None:
    assert [name for name in errors.__all__ if name not in README] == []
