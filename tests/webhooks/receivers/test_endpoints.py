"""The endpoints and views of each framework."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import django
import httpx
import pytest
from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.signals import got_request_exception as django_failed
from django.test import AsyncClient as DjangoAsyncClient
from django.test import Client as DjangoClient
from django.test import RequestFactory, override_settings
from django.urls import path as django_path
from django.urls import resolve
from fastapi import APIRouter, FastAPI
from flask import Blueprint, Flask
from flask import got_request_exception as flask_failed
from flask_wtf.csrf import CSRFProtect
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route

from orbitconnect.webhooks import SIGNATURE_HEADER, AsyncEventDispatcher, EventDispatcher, WebhookEvent, sign
from orbitconnect.webhooks import django as for_django
from orbitconnect.webhooks import flask as for_flask
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, WebhookReceiver
from orbitconnect.webhooks.starlette import webhook_endpoint

SECRET = "whsec_of_the_tests"
PATH = "/webhooks/orbit"
BODY = b'{"id": "evt_1", "type": "order.paid", "created_at": "2026-01-05T09:30:00Z", "data": {"order": 1}}'
HEADERS = {SIGNATURE_HEADER: sign(BODY, SECRET), "content-type": "application/json"}


class OutOfStock(Exception):
    """The error of a handler."""


def receiver(**options: Any) -> WebhookReceiver:
    return WebhookReceiver(**{"secret": SECRET, "events": handlers(EventDispatcher()), **options})


def async_receiver(**options: Any) -> AsyncWebhookReceiver:
    return AsyncWebhookReceiver(**{"secret": SECRET, "events": handlers(AsyncEventDispatcher()), **options})


def handlers(events: Any) -> Any:
    @events.on("order.lost")
    def fail(_: WebhookEvent) -> None:
        raise OutOfStock

    @events.on("order.paid")
    def ship(_: WebhookEvent) -> None: ...

    return events


FAILING = BODY.replace(b"order.paid", b"order.lost")
FAILING_HEADERS = {**HEADERS, SIGNATURE_HEADER: sign(FAILING, SECRET)}


def with_route(endpoint: Any) -> Any:
    return Starlette(routes=[Route(PATH, endpoint, methods=["POST"])])


def with_fastapi(endpoint: Any) -> Any:
    app = FastAPI()
    app.add_route(PATH, endpoint, methods=["POST"])
    return app


def with_router(endpoint: Any) -> Any:
    router, app = APIRouter(), FastAPI()
    router.add_route("/orbit", endpoint, methods=["POST"])
    app.include_router(router, prefix="/webhooks")
    return app


def with_decorator(endpoint: Any) -> Any:
    app = FastAPI()
    app.post(PATH)(endpoint)
    return app


class TestStarlette:
    @pytest.fixture(params=[receiver, async_receiver])
    def make(self, request: pytest.FixtureRequest) -> Callable[..., Any]:
        made: Callable[..., Any] = request.param
        return made

    @pytest.mark.parametrize("mounted", [with_route, with_fastapi, with_router, with_decorator])
    async def test_each_way_to_mount_it(self, make: Callable[..., Any], mounted: Callable[[Any], Any]) -> None:
        async with client(mounted(webhook_endpoint(make()))) as api:
            answer = await api.post(PATH, content=BODY, headers=HEADERS)
            assert (answer.status_code, answer.content) == (200, b"handled")
            assert answer.headers["content-type"] == "text/plain; charset=utf-8"
            assert (await api.post(PATH, content=BODY)).status_code == 401
            assert (await api.get(PATH)).status_code == 405

    async def test_a_handlers_error_reaches_the_framework(self, make: Callable[..., Any]) -> None:
        async with client(with_route(webhook_endpoint(make()))) as api:
            with pytest.raises(OutOfStock):
                await api.post(PATH, content=FAILING, headers=FAILING_HEADERS)

    async def test_a_body_is_read_only_up_to_the_limit(self, make: Callable[..., Any]) -> None:
        sent = 0

        async def receive() -> Any:
            nonlocal sent
            sent += 1
            assert sent < 100
            return {"type": "http.request", "body": b" " * 1000, "more_body": True}

        request = Request({"type": "http", "method": "POST", "path": PATH, "headers": []}, receive)
        assert (await webhook_endpoint(make(max_body=5000))(request)).status_code == 413
        assert sent == 6

    @pytest.mark.parametrize(("length", "status"), [("5001", 413), ("9" * 5000, 413), ("-1", 401), ("many", 401)])
    async def test_the_announced_length(self, make: Callable[..., Any], length: str, status: int) -> None:
        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = [(b"content-length", length.encode())]
        request = Request({"type": "http", "method": "POST", "path": PATH, "headers": headers}, receive)
        assert (await webhook_endpoint(make(max_body=5000))(request)).status_code == status

    async def test_a_sender_that_disconnects_is_not_a_server_error(self, make: Callable[..., Any]) -> None:
        async def receive() -> Any:
            return {"type": "http.disconnect"}

        request = Request({"type": "http", "method": "POST", "path": PATH, "headers": []}, receive)
        assert (await webhook_endpoint(make())(request)).status_code == 400
        with pytest.raises(ClientDisconnect):
            await Request(request.scope, receive).body()


def client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app.test")


class TestFlask:
    def test_csrf_protection_by_flask_wtf(self) -> None:
        protected = Flask("app")
        protected.config.update(SECRET_KEY="x")
        CSRFProtect(protected)
        protected.add_url_rule(PATH, view_func=for_flask.webhook_view(receiver()))
        assert protected.test_client().post(PATH, data=BODY, headers=HEADERS).status_code == 400

        app, blueprint = Flask("app"), Blueprint("hooks", "hooks")
        app.config.update(SECRET_KEY="x")
        csrf = CSRFProtect(app)
        app.add_url_rule(PATH, "exempt", view_func=csrf.exempt(for_flask.webhook_view(receiver())))
        blueprint.add_url_rule("/hooks", view_func=csrf.exempt(for_flask.webhook_view(receiver())))
        app.register_blueprint(blueprint)
        app.add_url_rule("/form", "form", view_func=lambda: "form", methods=["POST"])
        for path in (PATH, "/hooks"):
            assert app.test_client().post(path, data=BODY, headers=HEADERS).status_code == 200
            assert app.test_client().post(path, data=BODY).status_code == 401
        assert app.test_client().post("/form").status_code == 400

    @pytest.mark.parametrize("rule", [PATH, "/hooks"])
    def test_application_and_blueprint(self, rule: str) -> None:
        app, blueprint = Flask("app"), Blueprint("hooks", "hooks")
        app.add_url_rule(PATH, view_func=for_flask.webhook_view(receiver()))
        blueprint.add_url_rule("/hooks", view_func=for_flask.webhook_view(receiver()))
        app.register_blueprint(blueprint)

        api = app.test_client()
        answer = api.post(rule, data=BODY, headers=HEADERS)
        assert (answer.status_code, answer.data) == (200, b"handled")
        assert answer.content_type == "text/plain; charset=utf-8"
        assert api.post(rule, data=BODY).status_code == 401
        assert api.get(rule).status_code == 405

    def test_a_handlers_error_reaches_the_framework(self) -> None:
        app = Flask("app")
        app.add_url_rule(PATH, view_func=for_flask.webhook_view(receiver()))
        seen: list[Exception] = []

        def track(_: Flask, exception: Exception) -> None:
            seen.append(exception)

        with flask_failed.connected_to(track, app):
            assert app.test_client().post(PATH, data=FAILING, headers=FAILING_HEADERS).status_code == 500
        assert [type(error) for error in seen] == [OutOfStock]

    @pytest.mark.parametrize(("configured", "status"), [(None, 200), (10_000, 200), (len(BODY), 200), (10, 413)])
    @pytest.mark.parametrize("is_announced", [True, False])
    def test_the_lower_limit_applies(self, configured: int | None, status: int, is_announced: bool) -> None:
        app = Flask("app")
        app.config["MAX_CONTENT_LENGTH"] = configured
        app.add_url_rule(PATH, view_func=for_flask.webhook_view(receiver(max_body=5000)))
        api = app.test_client()
        environ: dict[str, Any] = {} if is_announced else {"wsgi.input_terminated": True}
        for body, expected in ((BODY, status), (BODY + b" " * 5000, 413)):
            headers = {SIGNATURE_HEADER: sign(body, SECRET)}
            if not is_announced:
                environ["CONTENT_LENGTH"] = ""
            answer = api.post(PATH, data=body, headers=headers, environ_overrides=environ)
            assert answer.status_code == expected

    def test_an_async_receiver_is_rejected_at_once(self) -> None:
        wrong: Any = async_receiver()
        with pytest.raises(TypeError, match="AsyncWebhookReceiver"):
            for_flask.webhook_view(wrong)

    def test_a_body_that_was_read_before(self) -> None:
        from flask import request

        app = Flask("app")
        app.before_request(lambda: request.get_data() and None)
        app.add_url_rule(PATH, view_func=for_flask.webhook_view(receiver()))
        assert app.test_client().post(PATH, data=BODY, headers=HEADERS).status_code == 200


def reads_forms(get_response: Any) -> Any:
    """A middleware that reads forms, as some applications have."""

    def middleware(request: Any) -> Any:
        request.POST.get("language")
        return get_response(request)

    return middleware


urlpatterns = [
    django_path("sync", for_django.webhook_view(receiver(max_body=5000))),
    django_path("async", for_django.webhook_view(async_receiver(max_body=5000))),
]


@pytest.fixture(scope="module")
def in_django() -> None:
    """Provide Django with middlewares that could interfere."""
    settings.configure(
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="x",
        MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware", f"{__name__}.reads_forms"],
    )
    django.setup()


@pytest.mark.usefixtures("in_django")
@pytest.mark.parametrize("path", ["/sync", "/async"])
class TestDjango:
    def post(self, path: str, body: bytes, content_type: str = "application/json", **extra: Any) -> Any:
        api = DjangoClient(enforce_csrf_checks=True, raise_request_exception=False)
        return api.post(path, body, content_type, headers={SIGNATURE_HEADER: sign(body, SECRET)}, **extra)

    def test_a_delivery(self, path: str) -> None:
        answer = self.post(path, BODY)
        assert (answer.status_code, answer.content) == (200, b"handled")
        assert answer["content-type"] == "text/plain; charset=utf-8"
        assert DjangoClient().post(path, BODY, "application/json").status_code == 401
        refused = DjangoClient().get(path)
        assert (refused.status_code, refused["allow"]) == (405, "POST")

    async def test_over_asgi(self, path: str) -> None:
        answer = await DjangoAsyncClient().post(path, BODY, "application/json", headers=HEADERS)
        assert answer.status_code == 200

    def test_the_view_of_an_async_receiver_is_async(self, path: str) -> None:
        assert iscoroutinefunction(resolve(path).func) == (path == "/async")

    def test_a_handlers_error_reaches_the_framework(self, path: str) -> None:
        seen: list[type[BaseException] | None] = []

        def track(**_: Any) -> None:
            seen.append(sys.exc_info()[0])

        django_failed.connect(track)
        try:
            assert self.post(path, FAILING).status_code == 500
        finally:
            django_failed.disconnect(track)
        assert seen == [OutOfStock]

    def test_the_lower_limit_applies(self, path: str) -> None:
        large = BODY + b" " * 5000
        assert self.post(path, large).status_code == 413
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
            assert self.post(path, BODY).status_code == 413
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=None):
            assert self.post(path, BODY).status_code == 200
            assert self.post(path, large).status_code == 413

    @pytest.mark.parametrize(("length", "status"), [("5001", 413), ("9" * 5000, 413), ("many", 400), ("-1", 401)])
    def test_the_announced_length(self, path: str, length: str, status: int) -> None:
        assert self.post(path, BODY, CONTENT_LENGTH=length).status_code == status

    def test_a_form_is_not_a_delivery(self, path: str) -> None:
        form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
        assert self.post(path, form, "multipart/form-data; boundary=x").status_code == 400

    def test_a_middleware_that_reads_the_body_causes_a_500(self, path: str, caplog: pytest.LogCaptureFixture) -> None:
        request = RequestFactory().post(path, BODY, "application/json", headers=HEADERS)
        request.read()
        answer = for_django.webhook_view(receiver())(request)
        assert (answer.status_code, answer.content) == (500, b"the body was read before")
        assert "middleware" in caplog.text

    def test_a_sender_that_disconnects_is_not_a_server_error(self, path: str) -> None:
        class Gone:
            def read(self, *_: int) -> bytes:
                raise ConnectionResetError

            def close(self) -> None: ...

        request = RequestFactory().post(path, BODY, "application/json", headers=HEADERS)
        request._stream = Gone()
        assert for_django.webhook_view(receiver())(request).status_code == 400


def test_the_receiver_loads_no_framework() -> None:
    script = (
        "import sys, orbitconnect.webhooks.receiver; print({'starlette', 'flask', 'django', 'httpx'} & {*sys.modules})"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
