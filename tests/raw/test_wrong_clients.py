"""A raw function with the wrong client or body raises an error that shows the correct call, and sends nothing."""

from __future__ import annotations

import asyncio
import inspect
import re
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api.api.conversations import get_conversation
from orbitconnect_api.api.users import create_app_user
from orbitconnect_api.models import AppUser, CreateAppUserBody, CreateUserTokenBody
from tests.arguments.recorder import KEY, Recorder
from tests.for_each import for_each
from tests.properties.calls import MODULES

BODY = CreateAppUserBody(external_id="e", display_name="d")
SYNC_FORM = "Write: create_app_user.sync(client=orbit.raw, body=CreateAppUserBody(...))"
ASYNC_FORM = "Write: await create_app_user.asyncio(client=orbit.raw, body=CreateAppUserBody(...))"


def call(function: Any, **arguments: Any) -> Any:
    """Call a function, and await the result if it is awaitable."""
    result = function(**arguments)
    return asyncio.run(_awaited(result)) if inspect.isawaitable(result) else result


async def _awaited(result: Any) -> Any:
    return await result


def wrong_clients(recorder: Recorder) -> list[tuple[str, Any, str, str]]:
    """The function, the client, the beginning of the message, and its end."""
    orbit, async_orbit = OrbitServer(KEY, transport=recorder), AsyncOrbitServer(KEY, transport=recorder)
    cases = [
        ("sync", async_orbit.raw, "OrbitServer, not that of an AsyncOrbitServer.", ASYNC_FORM),
        ("sync", orbit, "OrbitServer, not the OrbitServer itself.", SYNC_FORM),
        ("sync", async_orbit, "OrbitServer, not the AsyncOrbitServer itself.", ASYNC_FORM),
        ("sync", orbit.users, "OrbitServer, not Users", SYNC_FORM),
        ("sync", None, "OrbitServer, not NoneType", SYNC_FORM),
        ("sync", KEY, "OrbitServer, not str", SYNC_FORM),
        ("sync", OrbitServer, "OrbitServer, not type", SYNC_FORM),
        ("asyncio", orbit.raw, "AsyncOrbitServer, not that of an OrbitServer.", SYNC_FORM),
        ("asyncio", async_orbit, "AsyncOrbitServer, not the AsyncOrbitServer itself.", ASYNC_FORM),
        ("asyncio", orbit, "AsyncOrbitServer, not the OrbitServer itself.", SYNC_FORM),
        ("asyncio", None, "AsyncOrbitServer, not NoneType", ASYNC_FORM),
    ]
    return [
        (function, client, f"client must be the raw attribute of an {words}", form)
        for function, client, words, form in cases
    ]


@pytest.mark.parametrize("number", range(11))
def test_the_error_for_a_wrong_client_shows_the_correct_call(number: int) -> None:
    recorder = Recorder()
    function, client, words, form = wrong_clients(recorder)[number]
    for name in (function, f"{function}_detailed"):
        with pytest.raises(TypeError) as caught:
            call(getattr(create_app_user, name), client=client, body=BODY)
        assert str(caught.value).startswith(words)
        assert str(caught.value).endswith(form)
        assert KEY not in str(caught.value)
    assert recorder.requests == []


@for_each("module", MODULES)
def test_the_call_in_the_error_fits_every_operation(module: ModuleType) -> None:
    recorder = Recorder(answer={"data": []})
    orbit, async_orbit = OrbitServer(KEY, transport=recorder), AsyncOrbitServer(KEY, transport=recorder)
    arguments = {name: "x_1" for name in inspect.signature(module.sync).parameters if name not in ("client", "body")}
    if "body" in inspect.signature(module.sync).parameters:
        arguments["body"] = inspect.signature(module.sync, eval_str=True).parameters["body"].annotation.from_dict({})
    for client, other, name in ((orbit, async_orbit, "sync"), (async_orbit, orbit, "asyncio")):
        with pytest.raises(TypeError) as caught:
            call(getattr(module, name), client=other.raw, **arguments)
        assert recorder.requests == []
        form = re.search(r"Write: (await )?(\w+)\.(\w+)\((.*)\)$", str(caught.value))
        assert form is not None
        assert (bool(form[1]), form[3]) == ((False, "sync") if client is async_orbit else (True, "asyncio"))
        assert f"{form[2]}" == module.__name__.rpartition(".")[2]
        bound = eval(f"collect({form[4]})", Scope(orbit))
        inspect.signature(module.sync).bind(*bound[0], **bound[1])


class Scope(dict[str, Any]):
    """Gives every name a value, so that the call shown in the error can be evaluated."""

    def __init__(self, orbit: Any) -> None:
        super().__init__(orbit=orbit, collect=lambda *args, **kwargs: (args, kwargs))

    def __missing__(self, name: str) -> Any:
        return Mock()


def test_custom_clients_are_accepted() -> None:
    user = AppUser.from_dict({"id": "usr_1"})
    for client in (Mock(execute=Mock(return_value=user)), SimpleNamespace(execute=lambda request: user)):
        assert create_app_user.sync(client=client, body=BODY) is user
    mock = Mock(execute=AsyncMock(return_value=user))
    assert call(create_app_user.asyncio, client=mock, body=BODY) is user
    with pytest.raises(TypeError, match="await create_app_user"):
        create_app_user.sync(client=mock, body=BODY)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"external_id": "e", "display_name": "d"},
            r"body must be a CreateAppUserBody, not dict: pass CreateAppUserBody\.from_dict\(\.\.\.\)\.",
        ),
        (CreateUserTokenBody(ttl=1), r"body must be a CreateAppUserBody, not CreateUserTokenBody: pass a CreateAppU"),
        (None, r"body must be a CreateAppUserBody, not NoneType"),
        (CreateAppUserBody, r"body must be a CreateAppUserBody, not type"),
        ('{"external_id": "e"}', r"body must be a CreateAppUserBody, not str"),
    ],
    ids=["dict", "other model", "None", "class", "text"],
)
def test_a_wrong_body_is_rejected(body: Any, words: str) -> None:
    recorder = Recorder()
    orbit, async_orbit = OrbitServer(KEY, transport=recorder), AsyncOrbitServer(KEY, transport=recorder)
    for function, client in ((create_app_user.sync, orbit), (create_app_user.asyncio, async_orbit)):
        with pytest.raises(TypeError, match=words):
            call(function, client=client.raw, body=body)
    with pytest.raises(TypeError, match=words):
        create_app_user.build(body=body)
    assert recorder.requests == []


def test_a_model_in_place_of_an_id_is_rejected() -> None:
    user = AppUser.from_dict({"id": "usr_1"})
    with pytest.raises(TypeError, match=r"^conversation_id must be a string, not AppUser: pass user\.id\.$"):
        get_conversation.build(user, acting_user_id="usr_1")  # type: ignore[arg-type]
