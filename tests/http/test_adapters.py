"""The table of HTTP stacks, and the choice of an adapter."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._extras import command
from orbitconnect._http import stacks
from orbitconnect._http.stacks import STACKS, AsyncStack, Stack, StackEntry, new_adapter, new_async_adapter
from orbitconnect._pipeline.clock import Clock
from orbitconnect._pipeline.traceback import _LIBRARIES
from tests.transports import ASYNC, SYNC


@pytest.mark.parametrize("create", [new_adapter, new_async_adapter])
def test_a_stack_without_an_adapter_does_not_fall_back_to_another(create: object) -> None:
    assert callable(create)
    with pytest.raises(NotImplementedError, match="'quic'"):
        create("quic", None, Clock())


def test_the_types_name_the_stacks_of_the_table() -> None:
    assert list(get_args(Stack)) == SYNC
    assert list(get_args(AsyncStack)) == ASYNC


def test_the_packages_of_all_stacks_are_hidden_in_tracebacks() -> None:
    assert {entry.package for entry in STACKS.values()} - {None} <= _LIBRARIES


def test_each_stack_names_the_extra_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = STACKS["httpx"]._replace(package="no_such_package", extra="quick")
    monkeypatch.setitem(stacks.STACKS, "quick", entry)
    for client in (OrbitServer, AsyncOrbitServer):
        with pytest.raises(ImportError, match="no_such_package is not installed") as caught:
            client("sk_test_x", transport="quick")  # type: ignore[arg-type]  # The mistake to be found.
        assert command("quick") in str(caught.value)
        assert caught.value.name == "no_such_package"


def test_a_stack_needs_no_package_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = STACKS["httpx"]._replace(package=None)
    monkeypatch.setitem(stacks.STACKS, "no_such_package", entry)
    with OrbitServer("sk_test_x", transport="no_such_package") as orbit:  # type: ignore[arg-type]  # The test has added this stack.
        assert "no_such_package" in repr(orbit)


@pytest.mark.parametrize(
    ("client", "missing", "other"),
    [(OrbitServer, "new", "AsyncOrbitServer"), (AsyncOrbitServer, "new_async", "OrbitServer")],
)
def test_a_stack_of_the_other_client_is_refused(
    client: Any, missing: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry: StackEntry = STACKS["httpx"]._replace(**{missing: None})
    monkeypatch.setitem(stacks.STACKS, "half", entry)
    with pytest.raises(ValueError, match=f"transport='half' .* use it with {other}"):
        client("sk_test_x", transport="half")
