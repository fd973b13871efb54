"""The receivers for Flask and Django in one WSGI application, with hooks that read bodies before them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from flask import Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware", f"{__name__}.reads"],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 - it takes the settings
from django.urls import path  # noqa: E402

from orbitconnect.webhooks import AsyncEventDispatcher, EventDispatcher  # noqa: E402
from orbitconnect.webhooks import django as for_django  # noqa: E402
from orbitconnect.webhooks import flask as for_flask  # noqa: E402
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, WebhookReceiver  # noqa: E402
from tests.webhooks.receivers.secret import LIMIT, SECRET  # noqa: E402

receiver = WebhookReceiver(secret=SECRET, events=EventDispatcher(), max_body=LIMIT)
async_receiver = AsyncWebhookReceiver(secret=SECRET, events=AsyncEventDispatcher(), max_body=LIMIT)


def reads(get_response: Any) -> Any:
    """A middleware that reads the body, and either keeps it for later readers or does not."""

    def middleware(request: Any) -> Any:
        if "cached" in request.path:
            _ = request.body
        if "taken" in request.path:
            request.environ["wsgi.input"].read(10_000)
        return get_response(request)

    return middleware


flask = Flask("app")
for name in ("plain", "cached", "taken"):
    flask.add_url_rule(f"/{name}", name, for_flask.webhook_view(receiver))


@flask.before_request
def read_body() -> None:
    if "cached" in request.path:
        request.get_data()
    if "taken" in request.path:
        request.stream.read()


urlpatterns = [path(name, for_django.webhook_view(receiver)) for name in ("plain", "cached", "taken")] + [
    path("async", for_django.webhook_view(async_receiver))
]
django = get_wsgi_application()
app = DispatcherMiddleware(flask, {"/django": django})
