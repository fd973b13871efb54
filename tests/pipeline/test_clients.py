from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import traceback
from typing import Any

import httpx
import pytest

import orbitconnect
from orbitconnect import UNSET, AsyncOrbitServer, OrbitServer
from orbitconnect._async.executor import AsyncExecutor
from orbitconnect._facade.arguments import omit_none
from orbitconnect._sync.executor import Executor
from orbitconnect_api import operations
from tests.for_each import for_each
from tests.pipeline.harness import KEY, NEVER, Sdk, answer, data, loopback, request_of, scripted

NAMESPACES = ["users", "conversations", "messages", "calls", "meetings", "media", "realtime", "webhooks", "billing"]

WRONG_KEYS = [
    "",
    "pk_test_0123456789",
    " sk_test_0123456789",
    "sk_test_0123456789\n",
    "sk_test_01234 56789",
    "sk_test_0123456789ü",
    "sk_test_0123456789\x00",
    "key_0123456789",
    "sk_",
    "sk_live_",
]


@for_each("key", WRONG_KEYS)
def test_an_invalid_key_is_refused_and_not_repeated(sdk: Sdk, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"key") as caught:
        sdk.client(key)
    assert "0123456789" not in "".join(traceback.format_exception_only(caught.value))
    monkeypatch.setenv("ORBIT_SECRET_KEY", key.replace("\x00", "\x01"))
    with pytest.raises(ValueError, match=r"key"):
        sdk.client(None)


def test_the_error_for_a_publishable_key_says_so(sdk: Sdk) -> None:
    with pytest.raises(ValueError, match="publishable key"):
        sdk.client("pk_live_0123456789")


def test_the_key_can_come_from_the_environment(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORBIT_SECRET_KEY", raising=False)
    with pytest.raises(ValueError, match="set ORBIT_SECRET_KEY"):
        sdk.client(None)
    monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_live_environment")
    transport, asked = scripted(data())
    sdk.execute(sdk.client(None, transport=transport), request_of())
    assert asked[0].headers[operations.SECRET_KEY_HEADER] == "sk_live_environment"


@for_each(
    ("options", "kind"),
    [
        ({"secret_key": 7}, TypeError),
        ({"secret_key": b"sk_test_x"}, TypeError),
        *(({"timeout": value}, ValueError) for value in (0, -1, float("nan"), float("inf"))),
        *(({"timeout": value}, TypeError) for value in ("30", True)),
        ({"max_retries": -1}, ValueError),
        *(({"max_retries": value}, TypeError) for value in (True, 1.0, None)),
        *(({"signing_secret": value}, ValueError) for value in ("", " x", "x\n")),
        ({"signing_secret": b"x"}, TypeError),
        *(({"transport": value}, TypeError) for value in (object(), httpx.MockTransport)),
        *(({"transport": value}, ValueError) for value in ("http://x", "", "requests")),
    ],
)
def test_invalid_options_are_refused(sdk: Sdk, options: dict[str, Any], kind: type[Exception]) -> None:
    with pytest.raises(kind, match=f"{next(iter(options)).replace('_', '.')}|key"):
        sdk.client(**{"secret_key": KEY, **options})


def test_a_transport_for_the_other_client_is_refused() -> None:
    with pytest.raises(TypeError, match="handle_async_request"):
        AsyncOrbitServer(KEY, transport=httpx.HTTPTransport())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="handle_request"):
        OrbitServer(KEY, transport=httpx.AsyncHTTPTransport())  # type: ignore[arg-type]


def test_repr_and_attributes_show_no_secret(sdk: Sdk) -> None:
    client = sdk.client(signing_secret="signing-secret")
    name = "OrbitServer" if sdk.kind == "sync" else "AsyncOrbitServer"
    assert repr(client) == f"<{name} key=sk_test_… transport=httpx timeout=30.0 max_retries=2>"
    view = client.as_user("usr_1").with_options(timeout=None, max_retries=0)
    assert repr(view) == f"<{name} key=sk_test_… transport=httpx timeout=None max_retries=0 acting_user_id='usr_1'>"
    settings = client._settings
    shown = [repr(vars(client)), *(repr(getattr(settings, name)) for name in settings.__slots__), repr(client.raw)]
    assert not [text for text in shown if KEY in text or "signing-secret" in text]


def test_views_share_the_connection_and_leave_the_client_alone(sdk: Sdk) -> None:
    transport, asked = scripted(data())
    client = sdk.client(transport=transport)
    view = client.with_options(headers={"X-A": "1"}).as_user("usr_7").with_options(headers={"X-B": "2"}, timeout=5)
    assert type(view) is type(client)
    assert view._connection is client._connection
    sdk.execute(view, request_of(NEVER, acting_user_id=None))
    sdk.execute(client, request_of())
    assert asked[0].headers[operations.ACTING_USER_HEADER] == "usr_7"
    assert (asked[0].headers["x-a"], asked[0].headers["x-b"]) == ("1", "2")
    assert asked[0].extensions["timeout"]["read"] == 5
    assert not {"x-a", "x-b", operations.ACTING_USER_HEADER} & set(asked[1].headers)
    assert asked[1].extensions["timeout"]["read"] == 30


@for_each("user_id", ["", "a\r\nb", "ü", None, 7])
def test_a_view_of_an_invalid_user_is_refused(sdk: Sdk, user_id: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="user_id"):
        sdk.client().as_user(user_id)


def test_a_view_with_invalid_options_is_refused(sdk: Sdk) -> None:
    client = sdk.client()
    for options in ({"timeout": 0}, {"max_retries": -1}, {"headers": {"x-api-key": "mine"}}):
        with pytest.raises(ValueError, match=r"timeout|max_retries|x-api-key"):
            client.with_options(**options)


def test_views_of_a_subclass_are_instances_of_it() -> None:
    class Mine(OrbitServer):
        def __init__(self, tenant: str) -> None:
            super().__init__(KEY)

    assert type(Mine("acme").as_user("usr_1")) is Mine


def test_namespaces_are_imported_on_first_use_and_made_once(sdk: Sdk) -> None:
    client = sdk.client()
    for name in NAMESPACES:
        assert getattr(client, name) is getattr(client, name)
        assert getattr(client, name) is not getattr(client.as_user("usr_1"), name)


def test_a_method_of_the_facade_returns_a_model(sdk: Sdk) -> None:
    transport, asked = scripted(data({"id": "usr_1", "display_name": "Ada", "new_field": 1}))
    client = sdk.client(transport=transport)
    user = sdk.run(client.users.create(external_id="c-1", display_name="Ada"))
    assert (user.id, user.display_name, user.additional_properties) == ("usr_1", "Ada", {"new_field": 1})
    assert asked[0].content == b'{"external_id":"c-1","display_name":"Ada"}'
    sdk.run(client.users.update("usr_1", metadata={}))
    assert asked[1].content == b'{"metadata":{}}'


def test_omit_none() -> None:
    assert omit_none(None) is UNSET
    assert omit_none(0) == 0


# Closing.


def test_close_is_final_and_can_be_repeated(sdk: Sdk) -> None:
    class Transport(httpx.MockTransport):
        closed = 0

        def close(self) -> None:
            self.closed += 1

        async def aclose(self) -> None:
            self.closed += 1

    transport = Transport(lambda request: data())
    client = sdk.client(transport=transport)
    sdk.execute(client, request_of())
    sdk.close(client.as_user("usr_1"))
    sdk.close(client)
    assert transport.closed == 1
    with pytest.raises(RuntimeError, match="client is closed"):
        sdk.execute(client, request_of())


def test_close_before_any_call(sdk: Sdk) -> None:
    sdk.close(sdk.client())


async def test_context_managers() -> None:
    with OrbitServer(KEY, transport=scripted(data())[0]) as client:
        assert client.raw.execute(request_of()) == {"id": "x"}
    with pytest.raises(RuntimeError, match="closed"):
        client.raw.execute(request_of())
    async with AsyncOrbitServer(KEY, transport=scripted(data())[0]) as other:
        assert await other.raw.execute(request_of()) == {"id": "x"}
    with pytest.raises(RuntimeError, match="closed"):
        await other.raw.execute(request_of())


# Copies, processes, environment.


class PicklableTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return data()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return data()


@pytest.mark.parametrize("transport", [None, PicklableTransport()])
def test_clients_can_be_pickled(sdk: Sdk, transport: Any) -> None:
    client = sdk.client(signing_secret="shh", timeout=7, max_retries=1, transport=transport).as_user("usr_1")
    assert client.users is not None
    twin = pickle.loads(pickle.dumps(client))
    assert repr(twin) == repr(client)
    assert twin._settings.secret_key.reveal() == KEY
    assert twin._settings.signing_secret.reveal() == b"shh"
    assert twin._connection is not client._connection
    assert type(twin._connection.transport) is type(transport)
    sdk.close(twin)


def test_the_error_says_that_a_transport_cannot_be_pickled(sdk: Sdk) -> None:
    client = sdk.client(transport=httpx.MockTransport(lambda request: data()))
    with pytest.raises(TypeError, match="cannot be pickled, because its transport cannot") as caught:
        pickle.dumps(client)
    assert KEY not in str(caught.value)


def test_copies_are_views(sdk: Sdk) -> None:
    client = sdk.client(transport=scripted(data())[0]).as_user("usr_1")
    for twin in (copy.copy(client), copy.deepcopy(client), copy.deepcopy({"a": [client]})["a"][0]):
        assert twin is not client
        assert twin._connection is client._connection
        assert repr(twin) == repr(client)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_process_opens_its_own_connections() -> None:
    with loopback(answer()) as server, OrbitServer(KEY) as client:
        client.raw.execute(request_of())
        child = os.fork()
        if child == 0:
            try:
                client.raw.execute(request_of())
                os._exit(0 if len(client._connection._adapters) == 1 else 2)
            except BaseException:  # noqa: BLE001  # The child process must end here, even after an error.
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        client.raw.execute(request_of())
        assert [seen.connection for seen in server.seen] == [1, 2, 1]


def test_making_a_client_builds_no_tls_context_and_opens_nothing() -> None:
    code = """
import socket, ssl, sys
ssl.SSLContext.__new__ = None
socket.socket.connect = None
from orbitconnect import OrbitServer
client = OrbitServer("sk_test_x")
assert "httpcore" not in sys.modules, "httpcore"
assert "asyncio" not in sys.modules, "asyncio"
assert "orbitconnect_api.models" not in sys.modules, "models"
client.close()
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_importing_the_package_loads_no_http_client() -> None:
    code = "import sys, orbitconnect; assert 'httpx' not in sys.modules; orbitconnect.OrbitServer; dir(orbitconnect)"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_every_public_name_can_be_imported() -> None:
    assert all(hasattr(orbitconnect, name) for name in orbitconnect.__all__)
    assert set(orbitconnect.__all__) <= set(dir(orbitconnect))
    with pytest.raises(AttributeError, match="no attribute 'Orbit'"):
        _ = orbitconnect.Orbit  # type: ignore[attr-defined]


def test_executors_fit_the_generated_functions() -> None:
    from orbitconnect_api.types import AsyncClient, Client

    # Checked by the type checker. The assignments are the test.
    one: type[Client] = Executor
    other: type[AsyncClient] = AsyncExecutor
    assert one is not other
