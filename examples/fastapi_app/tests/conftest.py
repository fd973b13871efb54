from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from examples.fastapi_app.app import create_app
from orbitconnect import AsyncOrbitServer

CLIENT_ID = "pk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"


@pytest.fixture
def app(async_orbit: AsyncOrbitServer) -> FastAPI:
    """The application, with a client that is connected to the test's emulator."""
    return create_app(async_orbit, client_id=CLIENT_ID, webhook_secret=WEBHOOK_SECRET)


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client that stands in for a browser."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app.test") as client:
        yield client
