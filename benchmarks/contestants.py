"""The clients that are compared, each used as its documentation shows, with its defaults.

A factory imports its client, creates it for the server at `origin`, and returns the call to measure: a small POST that
returns the id of one object. Importing this module imports no client, because `cold_start` measures those imports.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

Call = Callable[[], str]
AsyncCall = Callable[[], Awaitable[str]]

BASE = "httpx"
"""The baseline that the others are compared with: httpx's own client, used without an SDK."""
OURS = "orbitconnect"
"""The prefix of our contestants' names."""
DISTRIBUTIONS = ("httpx", "aiohttp", "requests", "stripe", "openai", "svix", "getstream", "twilio", "livekit-api")

IDENTIFIER = "obj_4f1c9d0e2b7a"
"""The id that every call must return."""
METADATA = {"plan": "pro", "region": "eu-west-1", "note": "met at the conference"}
PLAIN_PATH = "/plain"
"""The path at which plain HTTP clients get the same user as the SDK."""

_KEY = "sk_test_benchmark"
_FIELDS = {"external_id": "customer-1", "display_name": "Ada Lovelace", "metadata": METADATA}
_SECRET = "a secret of more than thirty-two bytes"
_HEADERS = {"authorization": f"Bearer {_KEY}"}
_TWILIO_ORIGIN = "https://api.twilio.com"
_ACCOUNT = "AC" + 32 * "0"


def _httpx(origin: str) -> Call:
    import httpx

    client, url = httpx.Client(headers=_HEADERS), origin + PLAIN_PATH
    return lambda: client.post(url, json=_FIELDS).json()["data"]["id"]


async def _async_httpx(origin: str) -> AsyncCall:
    import httpx

    client, url = httpx.AsyncClient(headers=_HEADERS), origin + PLAIN_PATH

    async def call() -> str:
        return (await client.post(url, json=_FIELDS)).json()["data"]["id"]

    return call


async def _aiohttp(origin: str) -> AsyncCall:
    import aiohttp

    session, url = aiohttp.ClientSession(headers=_HEADERS), origin + PLAIN_PATH

    async def call() -> str:
        async with session.post(url, json=_FIELDS) as response:
            return (await response.json())["data"]["id"]

    return call


def _requests(origin: str) -> Call:
    import requests

    session, url = requests.Session(), origin + PLAIN_PATH
    session.headers.update(_HEADERS)
    return lambda: session.post(url, json=_FIELDS).json()["data"]["id"]


def _point_ours_at(origin: str) -> None:
    # Replaces the fixed base URL before anything reads it. A transport that rewrites URLs would add to the SDK's time.
    from orbitconnect_api import operations

    operations.BASE_URL = origin + urlsplit(operations.BASE_URL).path  # type: ignore[misc]  # A constant.


def _orbitconnect(origin: str, **options: Any) -> Call:
    _point_ours_at(origin)
    from orbitconnect import OrbitServer

    orbit = OrbitServer(_KEY, **options)
    return lambda: orbit.users.create(external_id="customer-1", display_name="Ada Lovelace", metadata=METADATA).id


def _orbitconnect_stdlib(origin: str) -> Call:
    return _orbitconnect(origin, transport="stdlib")


async def _async_orbitconnect(origin: str, **options: Any) -> AsyncCall:
    _point_ours_at(origin)
    from orbitconnect import AsyncOrbitServer

    orbit = AsyncOrbitServer(_KEY, **options)

    async def call() -> str:
        user = await orbit.users.create(external_id="customer-1", display_name="Ada Lovelace", metadata=METADATA)
        return user.id

    return call


def _async_orbitconnect_aiohttp(origin: str) -> Coroutine[Any, Any, AsyncCall]:
    return _async_orbitconnect(origin, transport="aiohttp")


def _stripe_client(origin: str) -> Any:
    import stripe

    # stripe bundles its own CA certificates and reads none from the environment.
    stripe.ca_bundle_path = os.environ["SSL_CERT_FILE"]
    return stripe.StripeClient(_KEY, base_addresses={"api": f"{origin}/stripe"})


def _stripe(origin: str) -> Call:
    client = _stripe_client(origin)
    params = {"name": "Ada Lovelace", "description": "customer-1", "metadata": METADATA}
    return lambda: client.v1.customers.create(params=params).id


async def _async_stripe(origin: str) -> AsyncCall:
    client = _stripe_client(origin)
    params = {"name": "Ada Lovelace", "description": "customer-1", "metadata": METADATA}

    async def call() -> str:
        return (await client.v1.customers.create_async(params=params)).id

    return call


def _openai(origin: str) -> Call:
    from openai import OpenAI

    client = OpenAI(api_key=_KEY, base_url=f"{origin}/openai")
    return lambda: client.conversations.create(metadata=METADATA).id


async def _async_openai(origin: str) -> AsyncCall:
    from openai import AsyncOpenAI

    client = AsyncOpenAI(api_key=_KEY, base_url=f"{origin}/openai")

    async def call() -> str:
        return (await client.conversations.create(metadata=METADATA)).id

    return call


def _svix(origin: str) -> Call:
    from svix.api import ApplicationIn, Svix, SvixOptions

    svix = Svix(_KEY, SvixOptions(server_url=f"{origin}/svix"))
    return lambda: svix.application.create(ApplicationIn(name="Ada Lovelace", uid="customer-1", metadata=METADATA)).id


async def _async_svix(origin: str) -> AsyncCall:
    from svix.api import ApplicationIn, SvixAsync, SvixOptions

    svix = SvixAsync(_KEY, SvixOptions(server_url=f"{origin}/svix"))

    async def call() -> str:
        application = ApplicationIn(name="Ada Lovelace", uid="customer-1", metadata=METADATA)
        return (await svix.application.create(application)).id

    return call


def _getstream(origin: str) -> Call:
    from getstream import Stream
    from getstream.models import UserRequest

    client = Stream(api_key="key", api_secret=_SECRET, base_url=f"{origin}/getstream")

    def call() -> str:
        user = UserRequest(id="customer-1", name="Ada Lovelace", custom=METADATA)
        return client.upsert_users(user).data.users[IDENTIFIER].id

    return call


async def _async_getstream(origin: str) -> AsyncCall:
    from getstream import AsyncStream
    from getstream.models import UserRequest

    client = AsyncStream(api_key="key", api_secret=_SECRET, base_url=f"{origin}/getstream")

    async def call() -> str:
        user = UserRequest(id="customer-1", name="Ada Lovelace", custom=METADATA)
        return (await client.upsert_users(user)).data.users[IDENTIFIER].id

    return call


def _twilio(origin: str) -> Call:
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    # twilio has no base URL. A custom HTTP client is the documented way to send requests to another server.
    class Elsewhere(TwilioHttpClient):
        def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
            return super().request(method, url.replace(_TWILIO_ORIGIN, f"{origin}/twilio", 1), *arguments, **options)

    client = Client(_ACCOUNT, _SECRET, http_client=Elsewhere())
    return lambda: client.messages.create(to="+15558675310", from_="+15557122661", body="Hello, Ada!").sid


async def _async_twilio(origin: str) -> AsyncCall:
    from twilio.http.async_http_client import AsyncTwilioHttpClient
    from twilio.rest import Client

    class Elsewhere(AsyncTwilioHttpClient):
        async def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
            elsewhere = url.replace(_TWILIO_ORIGIN, f"{origin}/twilio", 1)
            return await super().request(method, elsewhere, *arguments, **options)

    client = Client(_ACCOUNT, _SECRET, http_client=Elsewhere())

    async def call() -> str:
        message = await client.messages.create_async(to="+15558675310", from_="+15557122661", body="Hello, Ada!")
        return message.sid

    return call


async def _livekit(origin: str) -> AsyncCall:
    from livekit.api import CreateRoomRequest, LiveKitAPI

    livekit = LiveKitAPI(f"{origin}/livekit", "key", _SECRET)
    metadata = str(METADATA)

    async def call() -> str:
        return (await livekit.room.create_room(CreateRoomRequest(name="customer-1", metadata=metadata))).sid

    return call


SYNC: dict[str, Callable[[str], Call]] = {
    BASE: _httpx,
    OURS: _orbitconnect,
    f"{OURS} (stdlib)": _orbitconnect_stdlib,
    "requests": _requests,
    "stripe": _stripe,
    "openai": _openai,
    "svix": _svix,
    "getstream": _getstream,
    "twilio": _twilio,
}
ASYNC: dict[str, Callable[[str], Coroutine[Any, Any, AsyncCall]]] = {
    BASE: _async_httpx,
    OURS: _async_orbitconnect,
    f"{OURS} (aiohttp)": _async_orbitconnect_aiohttp,
    "aiohttp": _aiohttp,
    "stripe": _async_stripe,
    "openai": _async_openai,
    "svix": _async_svix,
    "getstream": _async_getstream,
    "twilio": _async_twilio,
    "livekit-api": _livekit,
}
IMPORTS = {
    BASE: "import httpx, attrs",
    OURS: "import orbitconnect",
    f"{OURS} (stdlib)": "import orbitconnect",
    f"{OURS} (aiohttp)": "import orbitconnect",
    "aiohttp": "import aiohttp",
    "requests": "import requests",
    "stripe": "import stripe",
    "openai": "import openai",
    "svix": "import svix.api",
    "getstream": "import getstream, getstream.models",
    "twilio": "import twilio.rest",
    "livekit-api": "import livekit.api",
}
"""What a program imports before it creates the client."""
