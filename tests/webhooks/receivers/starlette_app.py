"""The Flask example's blocking receiver, run in Starlette."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from examples.webhooks_flask.app import orders, receiver
from examples.webhooks_flask.app import overview as what_came
from orbitconnect.webhooks.starlette import webhook_endpoint


async def take_order(request: Request) -> Response:
    orders[request.path_params["order"]] = False
    return Response()


async def overview(_: Request) -> Response:
    return JSONResponse(what_came())


app = Starlette(
    routes=[
        Route("/webhooks/orbit", webhook_endpoint(receiver), methods=["POST"]),
        Route("/orders/{order:int}", take_order, methods=["PUT"]),
        Route("/", overview),
    ]
)
