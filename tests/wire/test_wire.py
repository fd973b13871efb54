"""Requests match the table exactly: method, path, query, headers and body, with both clients."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import pytest

from orbitconnect import UNSET, AsyncOrbitServer, OrbitServer
from orbitconnect_api.operations import OPERATIONS
from tests.base_url import AUTHORITY, BASE_PATH
from tests.contract.facade import in_facade
from tests.for_each import for_each

from .cases import Case, cases
from .conveniences import CONVENIENCES
from .table import TABLE

KEY = "sk_test_wire"

TEXTS: dict[str, Callable[[str], str]] = {
    "ordinary": lambda name: f"{name}_1",
    "slashes": lambda name: f"{name}/../{name}\\",
    "unicode": lambda name: f"{name}-ünï-日本-👩‍👩‍👧-\u202e",
    "spaces": lambda name: f" {name} a  b ",
    "plus": lambda name: f"{name}+a+b",
    "percent": lambda name: f"{name}%2F%00%zz%",
    "reserved": lambda name: f"{name}?a=b&c#d;e:f@g[h]!$'()*,",
    "quotes": lambda name: f"{name}\"'<>{{}}|^`",
    "dots": lambda name: f"...{name}..",
}

# The table's `returns` column defines what a method returns.
LIST = re.compile(r"list\[")


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Records every request, and returns a matching successful response."""

    def __init__(self, returns: str) -> None:
        self.requests: list[httpx.Request] = []
        data: Any = {"id": "x_1"}
        if returns == "None":
            data = None
        elif returns.startswith("list["):
            data = [{"id": "x_1"}]
        self.answer = json.dumps({"data": data}).encode()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return httpx.Response(200, content=self.answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        return httpx.Response(200, content=self.answer)


def all_cases(name: str, text: Callable[[str], str]) -> list[Case]:
    """The cases of a method. A method whose only arguments are the ids in the path has one case without arguments."""
    written = cases(text)
    if name in written:
        return written[name]
    assert TABLE[name].get("body") in (None, "{}"), f"tests/wire/cases.py: add a case for {name}, which sends fields"
    assert "query" not in TABLE[name], f"tests/wire/cases.py: add a case for {name}, which has a query"
    return [Case(body={} if TABLE[name].get("body") == "{}" else None)]


def path_arguments(name: str, method: Any, text: Callable[[str], str]) -> tuple[list[str], dict[str, str], str]:
    """The ids of the path, by position or by name as in the signature, and the expected path."""
    parameters = inspect.signature(method).parameters
    positional, keywords, path = [], {}, TABLE[name]["path"]
    for parameter in re.findall(r"{(\w+)}", path):
        value = text(parameter)
        path = path.replace(f"{{{parameter}}}", "\0" + value + "\0")
        if parameters[parameter].kind is inspect.Parameter.KEYWORD_ONLY:
            keywords[parameter] = value
        else:
            positional.append(value)
    return positional, keywords, path


def check(name: str, request: httpx.Request, path: str, case: Case, actor: str | None) -> None:
    expected = TABLE[name]
    assert request.method == expected["method"]
    raw_path, _, raw_query = request.url.raw_path.decode("ascii").partition("?")
    segments = [unquote(segment, errors="strict") for segment in raw_path.removeprefix(BASE_PATH).split("/")]
    assert segments == split(path)
    assert raw_path.startswith(BASE_PATH)
    assert dict(parse_qsl(raw_query, keep_blank_values=True, strict_parsing=bool(raw_query))) == case.query
    assert "+" not in raw_query
    headers = request.headers
    assert headers["x-api-key"] == KEY
    assert headers.get("x-app-user-id") == (actor if expected["actor"] else None)
    assert headers["host"] == AUTHORITY
    if case.body is None:
        assert request.content == b""
        assert "content-type" not in headers
    else:
        assert json.loads(request.content) == case.body
        assert headers["content-type"] == "application/json"
        assert headers["content-length"] == str(len(request.content))


def split(path: str) -> list[str]:
    """Split a path into segments, without splitting the ids between two NULs."""
    segments = [""]
    for index, piece in enumerate(path.split("\0")):
        if index % 2:
            segments[-1] += piece
        else:
            first, *rest = piece.split("/")
            segments[-1] += first
            segments.extend(rest)
    return segments


@pytest.mark.parametrize("name", TABLE)
def test_a_method_sends_the_request_of_the_table(name: str) -> None:
    namespace, method_name = name.split(".")
    recorder = Recorder(TABLE[name]["returns"])
    sync, asynchronous = OrbitServer(KEY, transport=recorder), AsyncOrbitServer(KEY, transport=recorder)
    sync_method = getattr(getattr(sync, namespace), method_name)
    async_method = getattr(getattr(asynchronous, namespace), method_name)
    actor = "usr_actor" if TABLE[name]["actor"] else None

    @for_each(("text", "case"), [(text, case) for text in TEXTS for case in all_cases(name, TEXTS[text])])
    def check_each_case(text: str, case: Case) -> None:
        recorder.requests.clear()
        ids, named_ids, path = path_arguments(name, sync_method, TEXTS[text])
        keywords = {**named_ids, **case.kwargs, **({"acting_user_id": actor} if actor else {})}

        sync_method(*ids, *case.args, **keywords)
        runner.run(call(async_method, *ids, *case.args, **keywords))

        assert len(recorder.requests) == 2
        for request in recorder.requests:
            check(name, request, path, case, actor)

    with asyncio.Runner() as runner:
        check_each_case()


async def call(method: Any, *args: Any, **kwargs: Any) -> Any:
    return await method(*args, **kwargs)


def test_the_table_and_the_conveniences_cover_the_facade() -> None:
    orbit = OrbitServer(KEY)
    methods = {
        f"{namespace}.{name}"
        for namespace in {name.split(".")[0] for name in TABLE}
        for name, _ in inspect.getmembers(type(getattr(orbit, namespace)), inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == set(TABLE) | CONVENIENCES
    assert not CONVENIENCES & set(TABLE)
    assert len({(entry["method"], entry["path"]) for entry in TABLE.values()}) == len(OPERATIONS)


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
@for_each("name", TABLE)
def test_a_signature_matches_the_table(name: str, client: type[OrbitServer] | type[AsyncOrbitServer]) -> None:
    namespace, method_name = name.split(".")
    method = getattr(getattr(client(KEY), namespace), method_name)
    written = TABLE[name]["python"].partition("(")[2].removesuffix(")")
    scope: dict[str, Any] = {"UNSET": UNSET}
    exec(f"def expected({written}): ...", scope)
    expected = inspect.signature(scope["expected"])
    parameters = list(expected.parameters.values())
    if TABLE[name]["actor"]:
        actor = inspect.Parameter("acting_user_id", inspect.Parameter.KEYWORD_ONLY, default=None)
        free = [parameter for parameter in parameters if parameter.kind is inspect.Parameter.VAR_KEYWORD]
        parameters = [parameter for parameter in parameters if parameter not in free] + [actor, *free]
    found = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in inspect.signature(method).parameters.values()
    ]
    assert found == parameters, (
        f"{in_facade(name)} has the signature {inspect.signature(method)}, "
        f"but tests/wire/operations.yaml has {TABLE[name]['python']}"
    )


@for_each("name", [name for name, entry in TABLE.items() if entry["actor"]])
def test_a_missing_acting_user_raises_before_anything_is_sent(name: str) -> None:
    namespace, method_name = name.split(".")
    recorder = Recorder(TABLE[name]["returns"])
    orbit = OrbitServer(KEY, transport=recorder)
    method = getattr(getattr(orbit, namespace), method_name)
    case = all_cases(name, TEXTS["ordinary"])[0]
    ids, named_ids, _ = path_arguments(name, method, TEXTS["ordinary"])
    with pytest.raises(ValueError, match=r"acting_user_id.*as_user"):
        method(*ids, *case.args, **named_ids, **case.kwargs)
    assert recorder.requests == []

    bound = getattr(getattr(orbit.as_user("usr_bound"), namespace), method_name)
    bound(*ids, *case.args, **named_ids, **case.kwargs)
    assert recorder.requests[0].headers["x-app-user-id"] == "usr_bound"


@pytest.mark.parametrize("bad", ["", ".", "..", "a\nb", "a\r\nx-evil: 1", "\0", "\x7f", "\x85"])
@for_each("name", [name for name, entry in TABLE.items() if "{" in entry["path"]])
def test_an_id_that_changes_the_path_raises_before_anything_is_sent(name: str, bad: str) -> None:
    namespace, method_name = name.split(".")
    recorder = Recorder(TABLE[name]["returns"])
    orbit = OrbitServer(KEY, transport=recorder).as_user("usr_actor")
    method = getattr(getattr(orbit, namespace), method_name)
    case = all_cases(name, TEXTS["ordinary"])[0]
    for broken in re.findall(r"{(\w+)}", TABLE[name]["path"]):
        ids, named_ids, _ = path_arguments(name, method, lambda parameter, at=broken: bad if parameter == at else "x")
        with pytest.raises(ValueError, match=broken):
            method(*ids, *case.args, **named_ids, **case.kwargs)
    assert recorder.requests == []
