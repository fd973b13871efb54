"""The raw client: the operation table, the functions, and lazy imports."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

import orbitconnect_api.api
from orbitconnect import AsyncOrbitServer, OrbitServer, UnreadableResponseError
from orbitconnect_api import events, models, operations
from orbitconnect_api.api.calls import submit_call_offer
from orbitconnect_api.api.messages import list_messages, react_to_message, send_message
from orbitconnect_api.api.users import create_app_user, get_app_user
from orbitconnect_api.api.webhooks import replay_event
from orbitconnect_api.models import (
    AppUser,
    Call,
    CreateAppUserBody,
    Delivery,
    Message,
    PlatformEvent,
    Reaction,
    SendMessageBody,
)
from orbitconnect_api.types import Model, Operation, UnexpectedData, query_string
from tests.yaml_files import contract

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(orbitconnect_api.api.__path__, "orbitconnect_api.api.")
    if not module.ispkg
]


def test_every_operation_has_a_module_with_the_usual_functions() -> None:
    assert len(MODULES) == len(operations.OPERATIONS)
    for module in MODULES:
        for name in ("build", "parse", "sync", "sync_detailed", "asyncio", "asyncio_detailed"):
            assert callable(getattr(module, name)), f"{module.__name__}.{name}"
        assert inspect.iscoroutinefunction(inspect.unwrap(module.asyncio))
        assert inspect.iscoroutinefunction(inspect.unwrap(module.asyncio_detailed))
        assert not inspect.iscoroutinefunction(module.sync)


def test_path_parameters_are_positional_and_in_the_order_of_the_path() -> None:
    for module in MODULES:
        taken = [
            name
            for name, parameter in inspect.signature(module.build).parameters.items()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        operation: Operation = getattr(operations, module.__name__.rpartition(".")[2].upper())
        assert taken == re.findall(r"{(\w+)}", operation.path), module.__name__


def test_the_table_has_the_names_on_the_wire() -> None:
    assert contract()["servers"][0]["url"] == operations.BASE_URL
    assert urlsplit(operations.BASE_URL).hostname == operations.LIVE_HOST
    assert (
        Operation(
            id="sendMessage",
            tag="messages",
            method="POST",
            path="/conversations/{conversation_id}/messages",
            retry="idempotency-key",
            actor=True,
            has_body=True,
            idempotency_field="idempotency_key",
            provenance="observed",
        )
        == operations.SEND_MESSAGE
    )
    keyed = [known.id for known in operations.OPERATIONS.values() if known.retry == "idempotency-key"]
    assert keyed == ["sendMessage"]


def test_every_event_has_a_model_for_its_payload() -> None:
    assert events.MESSAGE_SENT == ("message.sent", "MessageSentEventData", "documented")
    for event in events.EVENTS.values():
        assert issubclass(getattr(models, event.data_model), Model)


def test_one_operation_imports_only_the_models_it_needs() -> None:
    program = (
        "import sys; import orbitconnect_api.api.users.create_app_user; "
        "print(*sorted(name for name in sys.modules if name.startswith('orbitconnect_api.')))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules = finished.stdout.split()
    if "orbitconnect_api.deprecation" in modules:  # Imported if a part of the operation is deprecated.
        modules.remove("orbitconnect_api.deprecation")
    assert modules == [
        "orbitconnect_api.api",
        "orbitconnect_api.api.users",
        "orbitconnect_api.api.users.create_app_user",
        "orbitconnect_api.models",
        "orbitconnect_api.models.app_user",
        "orbitconnect_api.models.create_app_user_body",
        "orbitconnect_api.operations",
        "orbitconnect_api.raw_calls",
        "orbitconnect_api.types",
        "orbitconnect_api.values",
    ]


def test_models_are_found_by_name_and_listed() -> None:
    package = importlib.import_module("orbitconnect_api.models")
    assert {"AppUser", "Message", "Wallet"} <= set(dir(package))
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = package.Nothing


class Echo(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, data: Any) -> None:
        self.data = data
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(201, json={"data": self.data}, headers={"x-request-id": "req_1"})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def test_the_raw_client_has_the_interface_of_openapi_python_client() -> None:
    echo = Echo({"id": "usr_1"})
    body = CreateAppUserBody(external_id="e", display_name="d")
    orbit, async_orbit = OrbitServer("sk_test_1", transport=echo), AsyncOrbitServer("sk_test_1", transport=echo)

    user = create_app_user.sync(client=orbit.raw, body=body)
    detailed = create_app_user.sync_detailed(client=orbit.raw, body=body)
    async_user = asyncio.run(create_app_user.asyncio(client=async_orbit.raw, body=body))
    async_detailed = asyncio.run(create_app_user.asyncio_detailed(client=async_orbit.raw, body=body))

    assert user == async_user == AppUser(id="usr_1")
    for response in (detailed, async_detailed):
        assert response.status_code == 201
        assert response.headers["x-request-id"] == "req_1"
        assert response.content == b'{"data":{"id":"usr_1"}}'
        assert response.parsed == user
    assert {request.headers["x-api-key"] for request in echo.requests} == {"sk_test_1"}


def test_the_raw_client_sends_the_acting_user_and_an_idempotency_key() -> None:
    echo = Echo({"id": "msg_1"})
    orbit = OrbitServer("sk_test_1", transport=echo)
    body = SendMessageBody(content="hi")
    send_message.sync("cnv_1", client=orbit.as_user("usr_1").raw, body=body)
    send_message.sync("cnv_1", client=orbit.raw, body=body, acting_user_id="usr_2")
    assert [request.headers["x-app-user-id"] for request in echo.requests] == ["usr_1", "usr_2"]
    assert all(b'"idempotency_key":"' in request.read() for request in echo.requests)


@pytest.mark.parametrize("data", [None, "x", 1, True, []])
def test_a_result_that_is_not_an_object_is_unreadable(data: Any) -> None:
    orbit = OrbitServer("sk_test_1", transport=Echo(data))
    with pytest.raises(UnreadableResponseError) as caught:
        get_app_user.sync("usr_1", client=orbit.raw)
    assert caught.value.status == 201
    assert caught.value.request_id == "req_1"
    with pytest.raises(UnexpectedData, match="expected an object \\(AppUser\\), got"):
        get_app_user.parse(data)


@pytest.mark.parametrize("data", [None, "x", {}, [None], [{"id": "m"}, "x"]])
def test_a_list_that_does_not_match_the_contract_is_unreadable(data: Any) -> None:
    with pytest.raises(UnexpectedData):
        list_messages.parse(data)


def test_the_fields_decide_between_alternative_results() -> None:
    assert (
        type(react_to_message.parse({"id": "m", "conversation_id": "c", "content": "hi", "reactions": []})) is Message
    )
    assert type(react_to_message.parse({"id": "r", "reaction_type": "👍", "app_user_id": "u"})) is Reaction
    assert replay_event.parse([{"id": "d"}]) == [Delivery(id="d")]
    assert replay_event.parse({"id": "e", "type": "message.sent"}) == PlatformEvent(id="e", type="message.sent")
    assert submit_call_offer.parse(None) is None
    assert submit_call_offer.parse({"id": "call_1"}) == Call(id="call_1")
    with pytest.raises(UnexpectedData, match="Message or Reaction"):
        react_to_message.parse("👍")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_rejected_in_a_query(value: float) -> None:
    with pytest.raises(ValueError, match="limit must be a finite number"):
        query_string([("limit", value)])


def test_a_value_that_is_not_plain_is_rejected_in_a_query() -> None:
    with pytest.raises(TypeError, match="limit must be an integer, not list"):
        list_messages.build("c", limit=[1])  # type: ignore[arg-type]


def test_a_path_argument_that_is_not_a_string_is_rejected() -> None:
    with pytest.raises(TypeError, match="user_id must be a string, not int"):
        get_app_user.build(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="user_id holds a lone surrogate"):
        get_app_user.build("\ud800")
