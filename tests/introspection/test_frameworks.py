"""FastAPI, pydantic and dependency injection frameworks accept clients and models."""

from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import httpx
import punq
import pytest
from fastapi import Body, Depends, FastAPI
from pydantic import BaseModel, TypeAdapter, ValidationError, validate_call

import orbitconnect_api.models as models
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._facade.namespace import namespace
from orbitconnect.emulator import Emulator
from orbitconnect.webhooks import parse_event
from orbitconnect_api.models import AppUser, CreateAppUserBody, Message, UserToken
from orbitconnect_api.operations import OPERATIONS
from orbitconnect_api.types import Model
from orbitconnect_api.webhook_events import MessageSentEvent
from tests.for_each import for_each

NAMESPACES = [name for name, value in vars(OrbitServer).items() if isinstance(value, namespace)]
EVENT = b'{"id": "evt_1", "type": "message.sent", "data": {"message": {"id": "m"}}, "new": 1}'


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


async def get(app: FastAPI, path: str, **options: Any) -> Any:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        response = await client.request(options.pop("method", "GET"), path, **options)
        return response.raise_for_status().json()


async def test_fastapi_accepts_clients_and_returns_models(emulator: Emulator) -> None:
    orbit, async_orbit = emulator.client(), emulator.async_client()
    user = orbit.users.create(external_id="e", display_name="Ada")
    app = FastAPI()

    def get_orbit() -> OrbitServer:
        return orbit

    async def get_async_orbit() -> AsyncOrbitServer:
        return async_orbit

    # FastAPI evaluates annotations in this module, where local functions are not visible.
    in_route = Annotated[OrbitServer, Depends(get_orbit)]
    in_async_route = Annotated[AsyncOrbitServer, Depends(get_async_orbit)]

    def annotated(orbit):  # type: ignore[no-untyped-def]
        return orbit.users.get(user.id)

    annotated.__annotations__ = {"orbit": in_route, "return": AppUser}
    app.get("/annotated")(annotated)

    async def bare(orbit):  # type: ignore[no-untyped-def]
        return await orbit.users.get(user.id)

    bare.__annotations__ = {"orbit": in_async_route}
    app.get("/bare")(bare)
    app.get("/default")(lambda orbit=Depends(get_orbit): orbit.users.get(user.id))  # noqa: B008
    app.get("/list", response_model=list[AppUser])(orbit.users.list)
    app.get("/bare-list")(lambda: orbit.users.list())
    app.get("/maybe", response_model=AppUser | None)(lambda: user)
    app.get("/inside")(lambda: {"user": user})
    app.get("/unchecked", response_model=None)(lambda: user)
    app.get("/token", response_model=UserToken)(lambda: orbit.users.create_token(user.id))
    app.get("/event")(lambda: parse_event(EVENT))

    def create(body):  # type: ignore[no-untyped-def]
        return orbit.users.create(external_id=body.external_id, display_name=body.display_name)

    create.__annotations__ = {"body": Annotated[CreateAppUserBody, Body()], "return": AppUser}
    app.post("/create")(create)

    expected = user.to_dict()
    for path in ("/annotated", "/bare", "/default", "/maybe", "/unchecked"):
        assert await get(app, path) == expected, path
    for path in ("/list", "/bare-list"):
        assert await get(app, path) == [expected], path
    assert await get(app, "/inside") == {"user": expected}
    assert (await get(app, "/token"))["token"].count("*") == 0
    assert await get(app, "/event") == json.loads(EVENT)
    made = await get(app, "/create", method="POST", json={"external_id": "f", "display_name": "Bob"})
    assert made["display_name"] == "Bob"
    document = await get(app, "/openapi.json")
    answer = document["paths"]["/annotated"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["type"] == "object"
    orbit.close()
    await async_orbit.aclose()


@for_each("name", models.__all__)
def test_pydantic_parses_and_serializes_every_model(name: str) -> None:
    model: type[Model] = getattr(models, name)
    adapter = TypeAdapter(model)
    read = adapter.validate_python({"a_new_field": 1})
    assert type(read) is model
    assert adapter.validate_python(read) is read
    assert adapter.dump_python(read) == {"a_new_field": 1} == dict(read)
    assert json.loads(adapter.dump_json(read)) == {"a_new_field": 1}
    assert adapter.json_schema()["title"] == name
    with pytest.raises(ValidationError, match=f"must be a {name}"):
        adapter.validate_python("text")


def test_pydantic_accepts_events_unchanged() -> None:
    event = parse_event(EVENT)
    adapter = TypeAdapter(MessageSentEvent)
    assert adapter.validate_python(event) is event
    assert json.loads(adapter.dump_json(event)) == json.loads(EVENT) == dict(event)
    with pytest.raises(ValidationError, match="must be a MessageSentEvent, not dict"):
        adapter.validate_python({"id": "evt_1"})


def test_a_model_can_be_a_field_of_a_pydantic_model() -> None:
    class Booking(BaseModel):
        customer: AppUser
        messages: list[Message] = []

    Booking.model_rebuild(_types_namespace={"AppUser": AppUser, "Message": Message})
    user = AppUser.from_dict({"id": "u", "created_at": "2026-01-05T09:30:00+00:00", "new": 1})
    booking = Booking(customer=user, messages=[Message(id="m")])
    assert booking.customer is user
    assert booking.model_dump()["customer"] == user.to_dict()
    assert Booking.model_validate_json(booking.model_dump_json()) == booking


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
def test_validate_call_accepts_a_client_and_wraps_its_methods(client: Any, emulator: Emulator) -> None:
    def use(orbit: Any, user_id: str) -> str:
        return f"{type(orbit).__name__} {user_id}"

    use.__annotations__["orbit"] = client
    checked = validate_call(config={"arbitrary_types_allowed": True})(use)
    orbit = client("sk_test_x")
    assert checked(orbit, "u") == f"{client.__name__} u"
    with pytest.raises(ValidationError, match="instance of"):
        checked("not a client", "u")
    with emulator.client() as offline:
        create = validate_call(offline.users.create)
        assert create(external_id="e", display_name="d").display_name == "d"
        with pytest.raises(ValidationError, match="display_name"):
            create(external_id="e", display_name=["d"])


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
def test_validate_call_wraps_every_method(client: Any) -> None:
    orbit = client("sk_test_x")
    wrapped = [
        validate_call(member, config={"arbitrary_types_allowed": True})
        for owner in (orbit, orbit.raw, *map(orbit.__getattribute__, NAMESPACES))
        for name in dir(owner)
        if not name.startswith("_") and inspect.isroutine(member := getattr(owner, name))
    ]
    assert len(wrapped) > len(OPERATIONS)


def test_validate_call_passes_files_unchanged(emulator: Emulator) -> None:
    with emulator.client() as orbit:
        user = orbit.users.create(external_id="e", display_name="d")
        upload = validate_call(orbit.media.upload, config={"arbitrary_types_allowed": True})
        for file in (b"bytes", io.BytesIO(b"file"), [b"a", b"list"]):
            assert upload(file, mime_type="text/plain", acting_user_id=user.id).status
        with pytest.raises(ValidationError, match="instance of Readable"):
            upload(5, mime_type="text/plain", acting_user_id=user.id)


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
def test_punq_injects_a_client(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Service:
        def __init__(self, orbit: Any) -> None:
            self.orbit = orbit

    Service.__init__.__annotations__["orbit"] = client
    container = punq.Container()
    container.register(client, factory=lambda: client("sk_live_x"), scope=punq.Scope.singleton)
    container.register(Service)
    assert container.resolve(Service).orbit is container.resolve(Service).orbit
    monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_test_x")
    container = punq.Container()
    container.register(client)  # punq evaluates the annotations of the constructor.
    container.register(Service)
    assert type(container.resolve(Service).orbit) is client


def test_a_model_in_place_of_a_list_still_raises_an_error() -> None:
    with Emulator() as emulator, emulator.client() as orbit, pytest.raises(TypeError, match="participant_ids"):
        orbit.conversations.create(type="group", participant_ids=AppUser(id="u"), acting_user_id="u")  # type: ignore[call-overload]


def test_no_framework_is_imported() -> None:
    code = "import sys, orbitconnect_api.models as m; m.AppUser(id='u').to_dict(); print('pydantic' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert finished.stdout == "False\n"
