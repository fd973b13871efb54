"""Uploads accept the files that web frameworks receive, with their names and types."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.requests import Request as StarletteRequest
from starlette.responses import JSONResponse
from starlette.routing import Route
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request as WerkzeugRequest

from orbitconnect.emulator import Emulator
from tests.transfers.conftest import Media
from tests.transfers.sources import SIZES, OnlyRead, facts, stored


@SIZES
def test_starlette(emulator: Emulator, content: bytes) -> None:
    orbit, async_orbit = emulator.client(), emulator.async_client()
    user = orbit.users.create(external_id="b", display_name="B").id
    uploaded: list[Any] = []

    async def receive(request: StarletteRequest) -> JSONResponse:
        async with request.form() as form:
            file: Any = form["field"]
            uploaded.append(await async_orbit.as_user(user).media.upload(file))
            await file.seek(0)
            uploaded.append(await asyncio.to_thread(orbit.as_user(user).media.upload, file))
        return JSONResponse({})

    async def receive_stream(request: StarletteRequest) -> JSONResponse:
        uploaded.append(await async_orbit.as_user(user).media.upload(request.stream(), filename="data.csv"))
        return JSONResponse({})

    app = Starlette(routes=[Route("/", receive, methods=["POST"]), Route("/raw", receive_stream, methods=["POST"])])

    async def post() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as browser:
            files = {"field": ("C:\\data.csv", content, "text/x-mine")}
            assert (await browser.post("/", files=files)).status_code == 200
            assert (await browser.post("/raw", content=content)).status_code == 200

    asyncio.run(post())
    assert [stored(emulator, media) for media in uploaded] == [content] * 3
    expected = [("data.csv", "text/x-mine"), ("data.csv", "text/x-mine"), ("data.csv", "text/csv")]
    assert [facts(media) for media in uploaded] == expected


@SIZES
def test_upload_file_of_starlette(emulated: Media, emulator: Emulator, content: bytes) -> None:
    headers = Headers({"content-type": "text/x-mine"})
    media = emulated.upload(UploadFile(io.BytesIO(content), filename="a/data.csv", headers=headers))
    assert (stored(emulator, media), *facts(media)) == (content, "data.csv", "text/x-mine")
    media = emulated.upload(UploadFile(io.BytesIO(content)))
    assert (stored(emulator, media), media.mime_type) == (content, "application/octet-stream")


@SIZES
def test_werkzeug(emulated: Media, emulator: Emulator, content: bytes) -> None:
    builder = EnvironBuilder(method="POST", data={"field": (io.BytesIO(content), "../data.csv", "text/x-mine")})
    environ = builder.get_environ()
    with environ["wsgi.input"], WerkzeugRequest(environ) as request:
        media = emulated.upload(request.files["field"])
    builder.close()
    assert (stored(emulator, media), *facts(media)) == (content, "data.csv", "text/x-mine")
    builder = EnvironBuilder(method="POST", data=content, content_type="text/csv")
    with WerkzeugRequest(builder.get_environ()) as request:
        assert stored(emulator, emulated.upload(request.stream)) == content


@SIZES
def test_wsgi(emulated: Media, emulator: Emulator, content: bytes) -> None:
    environ: dict[str, Any] = {"wsgi.input": OnlyRead(content)}
    setup_testing_defaults(environ)
    assert stored(emulator, emulated.upload(environ["wsgi.input"])) == content


@pytest.fixture
def django_settings() -> Iterator[None]:
    """Settings for one test. Django can be configured only once, and other tests need different settings."""
    from django.conf import settings

    before = settings._wrapped
    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8")
    yield
    settings._wrapped = before


@pytest.mark.usefixtures("django_settings")
@SIZES
@pytest.mark.parametrize("handler", ["MemoryFileUploadHandler", "TemporaryFileUploadHandler"])
def test_django(emulated: Media, emulator: Emulator, content: bytes, handler: str) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.uploadhandler import load_handler
    from django.test import RequestFactory

    data = io.BytesIO(content)
    data.name = "ä data.csv"  # type: ignore[attr-defined]
    request = RequestFactory().post("/", {"field": data})
    request.upload_handlers = [load_handler(f"django.core.files.uploadhandler.{handler}", request)]
    if handler == "MemoryFileUploadHandler":
        request.upload_handlers[0].activated = True
        request.upload_handlers[0].handle_raw_input = lambda *_, **__: None
    with request.FILES["field"] as file:
        media = emulated.upload(file)
        assert (stored(emulator, media), *facts(media)) == (content, "ä data.csv", "text/csv")
        file.seek(0)
        assert stored(emulator, emulated.upload(file.chunks())) == content
    media = emulated.upload(ContentFile(content, name="media/data.csv"))
    assert (stored(emulator, media), media.mime_type) == (content, "text/csv")
