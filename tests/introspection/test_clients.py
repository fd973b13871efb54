"""How mocks, `help` and similar tools see the two clients and their namespaces."""

from __future__ import annotations

import asyncio
import inspect
import pickle
import pydoc
import re
import subprocess
import sys
import typing
from typing import Any
from unittest import mock

import pytest

import orbitconnect
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._facade.namespace import namespace
from orbitconnect.emulator import Emulator
from orbitconnect_api.models import AppUser
from tests.yaml_files import contract

CLIENTS = [OrbitServer, AsyncOrbitServer]
NAMESPACES = [name for name, value in vars(OrbitServer).items() if isinstance(value, namespace)]
Client = type[OrbitServer] | type[AsyncOrbitServer]


def finish(result: Any) -> Any:
    """Await the result if necessary, because otherwise a mock in Python 3.14 does not check its arguments."""
    return asyncio.run(result) if asyncio.iscoroutine(result) else result


def is_awaited(fake: Any) -> bool:
    """Whether a mock must be awaited. `inspect.iscoroutinefunction` is true for any mock of a function."""
    return isinstance(getattr(fake, "mock", fake), mock.AsyncMock)


each_client = pytest.mark.parametrize("client", CLIENTS)
each_namespace = pytest.mark.parametrize("name", NAMESPACES)


def methods_of(kind: type[Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(kind).items() if inspect.isfunction(value) and name[0] != "_"}


def _tags(operation: Any) -> list[str]:
    return operation["tags"] if isinstance(operation, dict) else []  # A path's parameters are a list.


def test_both_clients_have_a_namespace_for_each_tag_of_the_contract() -> None:
    tags = {tag for item in contract()["paths"].values() for operation in item.values() for tag in _tags(operation)}
    assert sorted(NAMESPACES) == sorted(tags)
    assert [name for name, value in vars(AsyncOrbitServer).items() if isinstance(value, namespace)] == NAMESPACES


@each_client
@each_namespace
def test_the_class_of_a_client_has_the_class_of_a_namespace(client: Client, name: str) -> None:
    kind = getattr(client, name)
    orbit = client("sk_test_x")
    assert type(getattr(orbit, name)) is kind
    assert getattr(orbit, name) is getattr(orbit, name)
    assert typing.get_type_hints(inspect.getattr_static(client, name).func) == {"return": kind}
    assert getattr(orbit.as_user("u"), name) is not getattr(orbit, name)


@each_client
@each_namespace
@pytest.mark.parametrize("of", ["class", "instance"])
def test_autospec_knows_every_method_its_signature_and_whether_to_await_it(client: Client, name: str, of: str) -> None:
    kind = getattr(client, name)
    spec = client if of == "class" else client("sk_test_x")
    fake = getattr(mock.create_autospec(spec, instance=True), name)
    for method_name, method in methods_of(kind).items():
        method_fake = getattr(fake, method_name)
        assert is_awaited(method_fake) == inspect.iscoroutinefunction(inspect.unwrap(method)), method_name
        with pytest.raises(TypeError, match="argument"):
            method_fake(*range(20))
    with pytest.raises(AttributeError):
        fake.no_such_method  # noqa: B018


@each_client
def test_autospec_covers_the_clients_own_methods(client: Client) -> None:
    fake: Any = mock.create_autospec(client)("sk_test_x")
    fake.as_user.return_value = fake
    assert fake.as_user("usr_1") is fake
    with pytest.raises(TypeError, match="user_id"):
        fake.as_user()
    with pytest.raises(TypeError):
        mock.create_autospec(client)("sk_test_x", base_url="https://example.com")


def test_an_autospecced_client_can_be_called() -> None:
    orbit = mock.create_autospec(OrbitServer, instance=True)
    orbit.users.get.return_value = AppUser(id="usr_1")
    assert orbit.users.get("usr_1").id == "usr_1"
    orbit.users.get.assert_called_once_with(user_id="usr_1")
    with pytest.raises(TypeError, match="external_id"):
        orbit.users.create(display_name="Ada")


async def test_an_autospecced_asynchronous_client_can_be_awaited() -> None:
    orbit = mock.create_autospec(AsyncOrbitServer, instance=True)
    orbit.users.create.return_value = AppUser(id="usr_1")
    assert (await orbit.users.create(external_id="e", display_name="d")).id == "usr_1"
    orbit.users.create.assert_awaited_once()
    orbit.__aenter__.return_value = orbit
    async with orbit as entered:
        assert entered is orbit


@each_client
@each_namespace
@pytest.mark.parametrize("autospec", [None, True])
def test_a_method_of_one_client_can_be_patched_and_restored(client: Client, name: str, autospec: bool | None) -> None:
    orbit = client("sk_test_x")
    there = getattr(orbit, name)
    method_name, method = next(iter(methods_of(type(there)).items()))
    with mock.patch.object(there, method_name, autospec=autospec) as fake:
        assert getattr(there, method_name) is fake
        assert is_awaited(fake) == inspect.iscoroutinefunction(inspect.unwrap(method))
        if autospec:
            with pytest.raises(TypeError, match="argument"):
                finish(fake(*range(20)))
    assert getattr(there, method_name).__func__ is method


@each_client
def test_methods_of_all_clients_can_be_patched_on_the_class(client: Client) -> None:
    with mock.patch.object(client.users, "get", autospec=True) as fake:
        finish(client("sk_test_x").users.get("usr_1"))
    (orbit_users, user_id) = fake.call_args.args
    assert isinstance(orbit_users, client.users)
    assert user_id == "usr_1"


@each_client
@each_namespace
def test_a_namespace_of_all_clients_can_be_patched(client: Client, name: str) -> None:
    kind = getattr(client, name)
    with mock.patch.object(client, name, autospec=True) as fake:
        assert getattr(client("sk_test_x"), name) is fake
        for method_name, method in methods_of(kind).items():
            assert is_awaited(getattr(fake, method_name)) == inspect.iscoroutinefunction(inspect.unwrap(method)), (
                method_name
            )
            with pytest.raises(TypeError, match="argument"):
                getattr(fake, method_name)(*range(20))
        with pytest.raises(AttributeError):
            fake.no_such_method  # noqa: B018
    assert getattr(client, name) is kind


def test_a_namespace_can_be_replaced_in_one_client_and_in_the_class() -> None:
    orbit = OrbitServer("sk_test_x")
    with mock.patch.object(OrbitServer, "users") as fake:
        assert orbit.users is fake
    assert isinstance(orbit.users, OrbitServer.users)
    with mock.patch.object(orbit, "users") as fake:
        assert orbit.users is fake
    assert isinstance(orbit.users, OrbitServer.users)


@pytest.mark.parametrize("name", ["OrbitServer", "AsyncOrbitServer"])
def test_a_client_can_be_patched_where_it_is_imported_from(name: str) -> None:
    real = getattr(orbitconnect, name)
    with mock.patch(f"orbitconnect.{name}", autospec=True) as fake:
        assert getattr(orbitconnect, name) is fake
        orbit = getattr(orbitconnect, name)("sk_test_x")
        assert is_awaited(orbit.messages.send) == (name == "AsyncOrbitServer")
        orbit.media.start_recording  # noqa: B018
    assert getattr(orbitconnect, name) is real


def test_orbit_raw_can_be_patched() -> None:
    orbit = OrbitServer("sk_test_x")
    with mock.patch.object(orbit.raw, "request", return_value=[1]):
        assert orbit.raw.request("GET", "/things") == [1]


@each_client
def test_help_shows_the_methods_of_every_namespace(client: Client) -> None:
    text = pydoc.render_doc(client, renderer=pydoc.plaintext)
    for name in NAMESPACES:
        assert f" {name} = <class" in text
        listed = re.findall(r"`(\w+)`", typing.cast("str", getattr(client, name).__doc__).partition("Methods:")[2])
        assert listed == list(methods_of(getattr(client, name)))
        assert all(f"`{method}`" in text for method in listed)


@each_client
@pytest.mark.parametrize("name", [None, "raw", *NAMESPACES])
def test_help_shows_annotations_without_quotes(client: Client, name: str | None) -> None:
    shown = client if name is None else getattr(client("sk_test_x"), name)
    text = pydoc.render_doc(shown, renderer=pydoc.plaintext)
    kind = shown if isinstance(shown, type) else type(shown)
    for method in ("__init__", *methods_of(kind)):
        assert method in text
    assert not re.findall(r"(?:: |-> )'\w.*", text.partition("Data and other")[0])


@each_client
def test_repr_of_a_client_whose_constructor_failed(client: Client) -> None:
    class Failed(client):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            try:
                super().__init__("sk_test_a key with spaces")
            finally:
                shown.append(repr(self))

    shown: list[str] = []
    with pytest.raises(ValueError, match="space"):
        Failed()
    assert shown == ["<Failed (not initialized)>"]
    assert repr(client.__new__(client)) == f"<{client.__name__} (not initialized)>"


def test_two_threads_get_the_same_namespace() -> None:
    orbit = OrbitServer("sk_test_x")
    static = inspect.getattr_static(OrbitServer, "users")
    first = static.__get__(orbit)
    assert static.__get__(orbit) is first is orbit.users


def test_a_used_client_is_still_pickled_without_its_namespaces() -> None:
    with OrbitServer("sk_test_x") as orbit:
        orbit.users  # noqa: B018
        assert "users" not in vars(pickle.loads(pickle.dumps(orbit)))


def test_creating_a_client_imports_no_namespace() -> None:
    code = """
import sys
from orbitconnect import AsyncOrbitServer, OrbitServer
OrbitServer("sk_test_x").as_user("u")
AsyncOrbitServer("sk_test_x")
print(*(name for name in sys.modules if name.startswith(("orbitconnect_api.api.", "orbitconnect_api.models."))))
OrbitServer("sk_test_x").users
print(*(name for name in sys.modules if name.startswith("orbitconnect_api.api.") and ".users" not in name))
"""
    finished = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert finished.stdout.split("\n") == ["", "", ""]


def test_the_emulators_clients_can_be_spied_on() -> None:
    with Emulator() as emulator, emulator.client() as orbit:
        spied = mock.patch.object(orbit.users, "create", wraps=orbit.users.create)
        with spied as spy:
            user = orbit.users.create(external_id="e", display_name="d")
        spy.assert_called_once_with(external_id="e", display_name="d")
        assert orbit.users.get(user.id) == user
