"""Forms of requests and responses that the contract does not use yet, called over real connections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import IntEnum
from typing import Any

import httpx
import pytest

from generator.checks import parameters
from orbitconnect import OrbitServer, UnreadableResponseError
from orbitconnect._pipeline.settings import _OWN_HEADERS
from orbitconnect_api import operations
from tests.base_url import BASE_PATH
from tests.for_each import for_each
from tests.generator.growth.calling import call, calls, models, sdk
from tests.pipeline.harness import LoopbackServer, Sdk, answer, loopback, scripted
from tests.transports import TRANSPORTS

__all__ = ["calls", "models", "sdk"]


def own_headers(server: LoopbackServer) -> dict[str, str]:
    return {name: value for name, value in server.seen[-1].headers.items() if name.startswith("x-")}


PAGE = (
    b'{"data":[{"id":"t1","color":"green","extra":1,"note":null}],"next_cursor":null,"total":7,"color":"mauve","a":{}}'
)


def test_fields_beside_the_data_are_attributes_of_the_result(sdk: Sdk, calls: Any, models: Any) -> None:
    with loopback(answer(PAGE)):
        page = call(sdk, calls("list_things"))
    assert type(page) is models.ListThingsResult
    assert [type(thing) for thing in page.data] == [models.Thing]
    assert (page.data[0].color, page.next_cursor, page.total, page.color) == ("green", None, 7, "mauve")
    assert page.additional_properties == {"a": {}}
    assert page.to_dict() == {
        "data": [{"id": "t1", "color": "green", "extra": 1, "note": None}],
        "next_cursor": None,
        "total": 7,
        "color": "mauve",
        "a": {},
    }


@for_each("body", [b'{"next_cursor":"c"}', b'{"data":null}', b'{"data":{}}', b'{"data":[1]}', b"[]", b"", b"<html>"])
def test_an_envelope_without_its_data_is_unreadable(calls: Any, body: bytes) -> None:
    sdk = Sdk("sync")
    with loopback(answer(body)), pytest.raises(UnreadableResponseError):
        call(sdk, calls("list_things"))


class Number(IntEnum):
    ONE = 1


WHEN = datetime(2030, 1, 5, 9, 30, tzinfo=UTC)
QUERIES: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"tag": ["a", "b c", "&=,+é"]}, "tag=a&tag=b%20c&tag=%26%3D%2C%2B%C3%A9"),
    ({"tag": ("a",)}, "tag=a"),
    ({"tag": []}, ""),
    ({"id": [1, Number.ONE, 2]}, "id=1,1,2"),
    ({"words": ["a", "b"]}, "words=a%20b"),
    ({"colors": ["red", "ultra-violet"]}, "colors=red%7Cultra-violet"),
    ({"filter": {"color": "red", "old": False}}, "filter%5Bcolor%5D=red&filter%5Bold%5D=false"),
    ({"filter": {"made_after": WHEN}}, "filter%5BmadeAfter%5D=2030-01-05T09%3A30%3A00%2B00%3A00"),
    ({"filter": {"color": None, "x y[]": 1.5}}, "filter%5Bx%20y%5B%5D%5D=1.5"),
    ({"range": {"min": 1, "max": 2.5}}, "min=1&max=2.5"),
    ({"point": {"x": 1, "y": -2}}, "point=x,1,y,-2"),
    ({"point": {}}, ""),
    ({"page": 2}, "%24page=2"),
    ({"page": None}, ""),
    ({"client_": "c"}, "client=c"),
]


@pytest.mark.parametrize("transport", TRANSPORTS, ids="-".join)
def test_lists_and_objects_in_the_query_are_encoded_byte_for_byte(transport: tuple[str, str], calls: Any) -> None:
    sdk = Sdk(*transport)
    client = sdk.client()
    operation = calls("list_things")
    with loopback(answer(PAGE)) as server:
        for arguments, _ in QUERIES:
            sdk.execute(client, operation.build(**arguments))
        sdk.finish()
    path = f"{BASE_PATH}/things"
    assert [seen.target for seen in server.seen] == [f"{path}?{query}" if query else path for _, query in QUERIES]


def test_a_model_is_an_object_in_the_query(calls: Any, models: Any) -> None:
    given = models.ThingFilter(color="red", made_after=WHEN)
    assert calls("list_things").build(filter=given).query == (
        "filter%5Bcolor%5D=red&filter%5BmadeAfter%5D=2030-01-05T09%3A30%3A00%2B00%3A00"
    )


@for_each(
    ("arguments", "error", "words"),
    [
        ({"tag": "a"}, TypeError, "tag must be a list, not str"),
        ({"tag": [1]}, TypeError, r"tag\[0\] must be a string, not int"),
        ({"tag": [None]}, TypeError, r"tag\[0\] must be a string, not NoneType"),
        ({"id": ["1"]}, TypeError, r"id\[0\] must be an integer"),
        ({"words": ["a b"]}, ValueError, "words is sent with spaces between its items"),
        ({"colors": ["a|b"]}, ValueError, "colors is sent with pipes between its items"),
        ({"filter": {"colour": "red"}}, ValueError, "Did you mean 'color'"),
        ({"filter": {"x": [1]}}, TypeError, "filter.x must be a string, a number or a boolean"),
        ({"filter": "red"}, TypeError, "filter must be a ThingFilter or a mapping"),
        ({"range": [1]}, TypeError, "range must be a mapping"),
        ({"tag": ["\ud800"]}, ValueError, "tag holds a lone surrogate"),
        ({"depth": "1"}, TypeError, "x-depth must be an integer"),
    ],
)
def test_a_wrong_argument_is_rejected_before_anything_is_sent(
    calls: Any, arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        calls("list_things").build(**arguments)


def test_parameters_are_sent_as_headers(sdk: Sdk, calls: Any) -> None:
    with loopback(answer(PAGE)) as server:
        call(
            sdk,
            calls("list_things"),
            x_trace_id="a,b; c=1",
            depth=3,
            x_since=date(2030, 1, 5),
            x_color="mauve",
            view={"headers": {"x-trace-id": "of the client", "x-more": "1"}},
        )
        own = own_headers(server)
        call(sdk, calls("list_things"))
    assert own == {
        "x-api-key": own["x-api-key"],
        "x-trace-id": "a,b; c=1",
        "x-depth": "3",
        "x-since": "2030-01-05T00:00:00+00:00",
        "x-color": "mauve",
        "x-more": "1",
    }
    assert own_headers(server).keys() == {"x-api-key"}


def test_a_parameter_replaces_the_header_of_the_client(calls: Any) -> None:
    transport, asked = scripted(httpx.Response(200, content=PAGE))
    orbit = OrbitServer("sk_test_1", transport=transport).with_options(headers={"x-trace-id": "of the client"})
    calls("list_things").sync(client=orbit.raw, x_trace_id="of the call")
    assert asked[0].headers.get_list("x-trace-id") == ["of the call"]


@for_each("value", ["a\r\nx-app-user-id: usr_1", "a\n", "\x00", "é", " a", ""])
def test_a_header_cannot_inject_another_one(calls: Any, value: str) -> None:
    sdk = Sdk("sync")
    with loopback(answer(PAGE)) as server, pytest.raises(ValueError, match="The header x-trace-id is sent as a header"):
        call(sdk, calls("list_things"), x_trace_id=value)
    assert not server.seen


def test_no_parameter_can_replace_a_header_of_the_client() -> None:
    """The generator cannot import the pipeline's list."""
    known = _OWN_HEADERS - {constant for name, constant in vars(operations).items() if name.endswith("_HEADER")}
    assert known <= parameters._OWN_HEADERS


def test_each_success_status_has_its_own_result(sdk: Sdk, calls: Any, models: Any) -> None:
    thing = models.Thing.from_dict({"id": "t1", "note": None, "extra": 1})
    job = models.Job.from_dict({"job_id": "j1", "done": 0.5, "extra": 1})
    for body, status, expected in (
        (b'{"data":{"id":"t1","note":null,"extra":1}}', "200 OK", thing),
        (b'{"data":{"job_id":"j1","done":0.5,"extra":1}}', "202 Accepted", job),
        (b"", "204 No Content", None),
        (b'{"data":{"id":"t1","note":null,"extra":1}}', "203 Undeclared", thing),
    ):
        with loopback(answer(body, status)):
            response = call(sdk, calls("get_thing"), "t1", x_required=True, detailed=True)
        assert (response.parsed, type(response.parsed)) == (expected, type(expected))
        assert response.status_code == int(status[:3])
