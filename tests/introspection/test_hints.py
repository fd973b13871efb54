"""`typing.get_type_hints` works for every public name, with and without the extras."""

from __future__ import annotations

import collections.abc
import subprocess
import sys
import typing
from typing import Any

import httpx
import pytest
import redis.asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from generator.__main__ import ROOT
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._later import Later
from orbitconnect.emulator import Emulator, EmulatorResponse
from orbitconnect.emulator.faults import Fault
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect.observers import Observer
from orbitconnect.testing import ScriptedFault, WebhookInbox
from orbitconnect.webhooks.dispatcher import EventDispatcher
from orbitconnect.webhooks.once import AsyncRedisStore, AsyncSQLAlchemyStore
from orbitconnect.webhooks.receiver import WebhookReceiver
from tests.introspection.public import flaws, things


def test_every_public_name_has_hints() -> None:
    assert flaws() == {}


def test_the_walk_finds_every_kind_of_name() -> None:
    names = {name for name, _ in things()}
    assert {
        "orbitconnect.AsyncOrbitServer.__init__",
        "orbitconnect.OrbitServer.as_user",
        "orbitconnect.OrbitServer.users.create",
        "orbitconnect.emulator.Emulator.serve",
        "orbitconnect.testing.WebhookInbox.register",
        "orbitconnect.webhooks.once.RedisStore.__init__",
        "orbitconnect_api.api.users.create_app_user.sync",
    } <= names
    assert any(name.endswith(".AppUser.from_dict") for name in names)
    assert sum(".OrbitServer.messages." in name for name in names) > 20


def test_names_have_hints_without_the_extras() -> None:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.introspection.public"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.stderr == ""
    assert finished.stdout == "{}\n"


@pytest.mark.parametrize(
    ("thing", "name", "expected"),
    [
        (OrbitServer.__init__, "observers", collections.abc.Sequence[Observer]),
        (Emulator.client, "return", OrbitServer),
        (Emulator.async_client, "return", AsyncOrbitServer),
        (Emulator.serve, "return", LoopbackServer),
        (typing.cast("Any", Emulator.transport).fget, "return", httpx.BaseTransport),
        (EmulatorResponse, "fault", Fault | None),
        (ScriptedFault, "fault", Fault),
        (WebhookInbox.register, "at", Emulator | OrbitServer),
        (WebhookReceiver.__init__, "events", EventDispatcher),
        (AsyncRedisStore.__init__, "client", redis.asyncio.Redis),
        (AsyncSQLAlchemyStore.__init__, "engine", AsyncEngine),
    ],
)
def test_names_imported_late_are_the_right_ones(thing: Any, name: str, expected: Any) -> None:
    assert typing.get_type_hints(thing)[name] == expected


def test_later() -> None:
    assert Later("httpx").Client is httpx.Client
    assert Later(".emulator", "orbitconnect").Emulator is Emulator
    assert Later("no_such_module").Anything is Any
    with pytest.raises(AttributeError, match="no_such_name"):
        Later("httpx").no_such_name  # noqa: B018
    with pytest.raises(AttributeError):
        Later("httpx").__no_such_name__  # noqa: B018
