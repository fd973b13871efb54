"""One ASGI application with the receivers for Starlette and Django, and with the WSGI application in adapters."""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware
from asgiref.wsgi import WsgiToAsgi
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.routing import Mount, Route

from orbitconnect.webhooks.starlette import webhook_endpoint
from tests.webhooks.receivers.wsgi_app import app as wsgi
from tests.webhooks.receivers.wsgi_app import async_receiver, receiver

from django.core.asgi import get_asgi_application  # isort: skip - it uses the settings of wsgi_app


async def read_body(request: Request, call_next: Any) -> Any:
    if "cached" in request.url.path:
        await request.body()
    if "taken" in request.url.path:
        async for _ in request.stream():
            pass
    return await call_next(request)


class Dependency:
    """An endpoint behind code that has already read the request body through the framework."""

    async def __call__(self, request: Request) -> Any:
        async for _ in request.stream():
            pass
        return await webhook_endpoint(receiver)(request)


starlette = Starlette(
    routes=[
        Route("/plain", webhook_endpoint(receiver), methods=["POST"]),
        Route("/async", webhook_endpoint(async_receiver), methods=["POST"]),
        Route("/cached", webhook_endpoint(async_receiver), methods=["POST"]),
        Route("/taken", webhook_endpoint(async_receiver), methods=["POST"]),
    ]
)
starlette.add_middleware(BaseHTTPMiddleware, dispatch=read_body)


async def consumed(request: Request) -> Any:
    return await Dependency()(request)


app = Starlette(
    routes=[
        Route("/consumed", consumed, methods=["POST"]),
        Mount("/starlette", starlette),
        Mount("/a2wsgi", WSGIMiddleware(wsgi)),
        Mount("/asgiref", WsgiToAsgi(wsgi)),
        Mount("/django", get_asgi_application()),
    ]
)
