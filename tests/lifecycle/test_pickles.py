"""Clients and errors that are sent to another process."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cloudpickle
import httpx
import pytest

import orbitconnect
from orbitconnect import NotFoundError, OrbitServer, OrbitServerError
from orbitconnect.waiting import WaitError
from tests.for_each import for_each
from tests.lifecycle.harness import Server, run
from tests.pipeline.harness import KEY, Sdk, data, request_of, scripted

SIGNING_SECRET = "signing-4f1c9d0e2b7a"

WAYS: dict[str, Callable[[Any], Any]] = {
    **{
        f"pickle {protocol}": lambda it, protocol=protocol: pickle.loads(pickle.dumps(it, protocol))
        for protocol in range(2, 6)
    },
    "pickle in Python": lambda it: pickle._loads(pickle._dumps(it)),  # type: ignore[attr-defined]
    "cloudpickle": lambda it: pickle.loads(cloudpickle.dumps(it)),
}
COPIES: dict[str, Callable[[Any], Any]] = {"copy": copy.copy, "deepcopy": copy.deepcopy}


@pytest.fixture(params=["sync", "async"])
def sdk(request: pytest.FixtureRequest) -> Any:
    driven = Sdk(request.param)
    yield driven
    driven.finish()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_view_that_was_used_can_be_pickled(sdk: Sdk, way: Callable[[Any], Any]) -> None:
    client = sdk.client(signing_secret=SIGNING_SECRET, max_retries=1)
    view = client.as_user("usr_1").with_options(timeout=None, headers={"x-trace": "1"})
    assert view.messages is not None
    twin = way(view)
    assert repr(twin) == repr(view)
    assert (twin._settings.headers.reveal(), twin._settings.signing_secret.reveal()) == (
        view._settings.headers.reveal(),
        SIGNING_SECRET.encode(),
    )
    # The connections and namespaces of the original are not pickled.
    assert twin._connection is not view._connection
    assert "messages" not in vars(twin)
    sdk.close(twin)


def test_a_client_of_the_main_program_can_be_sent_to_workers(plain_server: Server, tmp_path: Path) -> None:
    # As in Ray, Dask and Spark, pickle a function together with everything it uses, from a module that the worker does
    # not have.
    code = """
import subprocess, cloudpickle

class Mine(OrbitServer):
    region = "eu"

orbit = Mine(KEY, signing_secret="shh").as_user("usr_1")
ask(orbit)

def work():
    return type(orbit).__name__, orbit.region, ask(orbit)

worker = (
    "import os, pickle, sys; from orbitconnect_api import operations; "
    "operations.BASE_URL = os.environ['LIFECYCLE_URL']; "
    "work = pickle.load(sys.stdin.buffer); os.write(1, repr(work()).encode())"
)
done = subprocess.run([sys.executable, "-W", "error", "-c", worker], input=cloudpickle.dumps(work), stdout=-1)
tell(done.returncode, *eval(done.stdout))
"""
    [(status, name, region, (connection, _))] = run(plain_server, tmp_path, code)
    assert (status, name, region) == (0, "Mine", "eu")
    assert connection.isdigit()


def error_classes() -> list[type[OrbitServerError]]:
    """All error classes of the package. Every module is imported, because any of them may define an error class."""
    for module in pkgutil.walk_packages(orbitconnect.__path__, "orbitconnect."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):  # The module needs a package that is not installed.
                importlib.import_module(module.name)
    found: list[type[OrbitServerError]] = []
    left = [OrbitServerError]
    while left:
        found.append(left.pop())
        left += found[-1].__subclasses__()
    return [one for one in found if one.__module__.startswith("orbitconnect.")]


ERRORS = error_classes()
FIELDS: dict[str, Any] = {
    "status": 422,
    "code": "invalid",
    "request_id": "req_1",
    "headers": {"x-request-id": "req_1", "retry-after": "3"},
    "body": {"message": "No", "errors": {"name": ["too long"]}, "ünï": [1, None, 2.5]},
    "retry_after": 3.0,
    "operation": "sendMessage",
    "attempts": 3,
    "sent": False,
}
WAIT_FIELDS: dict[str, Any] = {"last_seen": {"id": "call_1"}, "last_error": NotFoundError("gone", status=404)}


def made(kind: type[OrbitServerError]) -> OrbitServerError:
    """An error in which every attribute is set."""
    error = kind("It failed", **FIELDS, **(WAIT_FIELDS if issubclass(kind, WaitError) else {}))
    empty = vars(kind())
    assert {name for name, value in vars(error).items() if value == empty[name]} == set()
    return error


def facts(error: BaseException) -> dict[str, Any]:
    return {name: repr(value) for name, value in (*vars(error).items(), ("args", error.args), ("str", str(error)))}


@pytest.mark.parametrize("way", (WAYS | COPIES).values(), ids=WAYS | COPIES)
@for_each("kind", ERRORS)
def test_a_pickled_or_copied_error_keeps_all_fields(kind: type[OrbitServerError], way: Callable[[Any], Any]) -> None:
    error = made(kind)
    error.add_note("While importing customer 7")
    twin = way(error)
    assert type(twin) is kind
    assert facts(twin) == facts(error)
    if kind is orbitconnect.UnprocessableEntityError:
        assert twin.errors == error.errors == {"name": ["too long"]}


def raise_it(error: BaseException) -> None:
    raise error


def test_an_error_raised_in_another_process_arrives_unchanged() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        for kind in ERRORS:
            error = made(kind)
            with pytest.raises(kind) as caught:
                executor.submit(raise_it, error).result(60)
            assert type(caught.value) is kind
            assert facts(caught.value) == facts(error)


def test_a_pickled_error_of_a_call_holds_no_secret(sdk: Sdk) -> None:
    client = sdk.client(signing_secret=SIGNING_SECRET, transport=scripted(httpx.Response(404, json={}))[0])
    with pytest.raises(NotFoundError) as caught:
        sdk.execute(client, request_of())
    for raw in (pickle.dumps(caught.value), pickle.dumps(caught.value, 0), cloudpickle.dumps(caught.value)):
        assert KEY.encode() not in raw
        assert SIGNING_SECRET.encode() not in raw


def test_closing_a_client_closes_its_copies() -> None:
    with OrbitServer(KEY, transport=scripted(data())[0]) as client:
        twin = copy.deepcopy({"client": client})["client"]
        twin.raw.execute(request_of())
    with pytest.raises(RuntimeError, match="closed"):
        twin.raw.execute(request_of())
