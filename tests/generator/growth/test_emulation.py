"""The emulator reads and answers every form of request that the generator supports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from orbitconnect import BadRequestError, OrbitServer, OrbitServerError, UnprocessableEntityError
from orbitconnect.emulator import Emulator
from orbitconnect.emulator.context import RequestContext
from orbitconnect.emulator.form_bodies import UploadedFile
from orbitconnect.emulator.registry import HANDLERS, FileReply, Reply
from orbitconnect_api.forms import File
from tests.generator.growth.calling import calls, models
from tests.generator.growth.emulation import emulator_of
from tests.generator.growth.package import Package

__all__ = ["calls", "models"]

Handled = list[tuple[RequestContext, dict[str, Any]]]


@pytest.fixture
def emulator(grown: Callable[[str], Package], monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator that has the operations of `calls.yaml`."""
    with emulator_of(grown("calls"), monkeypatch) as emulator:
        yield emulator


@pytest.fixture(params=["the emulator's client", "an httpx transport"])
def orbit(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[OrbitServer]:
    is_own = request.param == "the emulator's client"
    with emulator.client() if is_own else OrbitServer("sk_test_1", transport=emulator.transport) as orbit:
        yield orbit


@pytest.fixture
def handled(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Handled]:
    """Make an operation return a result, and record what its handler takes."""

    def handle(operation: str, result: Any = None) -> Handled:
        seen: Handled = []

        def handler(context: RequestContext, **arguments: Any) -> Any:
            seen.append((context, arguments))
            return result

        monkeypatch.setitem(HANDLERS, operation, handler)
        return seen

    return handle


def test_a_query_and_headers_arrive_as_values(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    page = models.ListThingsResult.from_dict({"data": [{"id": "t1"}], "next_cursor": None, "total": 1, "more": [1]})
    seen = handled("listThings", page)
    arguments = {
        "tag": ["a", "b c", "&=,+é"],
        "id": [1, 2],
        "words": ["a", "é"],
        "colors": ["red", "mauve"],
        "filter": {"color": "green", "old": False, "other": "x"},
        "range": {"min": 1, "max": 2.5},
        "point": {"x": 1, "y": -2},
        "page": 2,
        "x_trace_id": "a,b",
        "depth": 3,
        "x_color": "mauve",
    }
    result = calls("list_things").sync(client=orbit.raw, **arguments)
    assert result == page
    assert result.additional_properties == {"more": [1]}
    assert seen[0][1] == arguments
    calls("list_things").sync(client=orbit.raw)
    assert seen[1][1] == {}


def test_wrong_values_are_refused(orbit: OrbitServer, handled: Any, calls: Any) -> None:
    handled("listThings")
    for query, field in (
        ("id=1,x", "id.1"),
        ("filter%5Bold%5D=perhaps", "filter.old"),
        ("min=low", "range.min"),
        ("%24page=x", "$page"),
    ):
        request = calls("list_things").build()
        request.query = query
        with pytest.raises(UnprocessableEntityError) as caught:
            orbit.raw.execute(request)
        assert list(caught.value.body["errors"]) == [field]  # type: ignore[index]  # An object.
    request = calls("list_things").build()
    request.query = "tag=%ff"
    with pytest.raises(BadRequestError, match="not valid UTF-8"):
        orbit.raw.execute(request)
    handled("getThing")
    request = calls("get_thing").build("t1", x_required=True)
    request.headers = ()
    with pytest.raises(UnprocessableEntityError, match="x-required is required"):
        orbit.raw.execute(request)


def test_each_status_can_be_answered(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    for result, status in (
        (models.Thing(id="t1"), 200),
        (Reply(202, models.Job(job_id="j1")), 202),
        (Reply(204), 204),
    ):
        handled("getThing", result)
        response = calls("get_thing").sync_detailed("t1", client=orbit.raw, x_required=True)
        assert (response.status_code, response.parsed) == (status, getattr(result, "data", result))


def test_bodies_arrive_in_their_form(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    raw = orbit.raw
    seen = handled("deleteThings")
    calls("delete_things").sync(client=raw, body=models.ThingIds(ids=["t1"]))
    assert seen[0][0].body == {"ids": ["t1"]}
    seen = handled("replaceThings")
    calls("replace_things").sync(client=raw, body=[{"color": "red", "extra": None}, {}])
    assert seen[0][0].items == [{"color": "red", "extra": None}, {}]
    seen = handled("touchThing")
    calls("touch_thing").sync("t1", client=raw)
    calls("touch_thing").sync("t1", client=raw, body=models.NewThing(note=None))
    assert [context.body for context, _ in seen] == [{}, {"note": None}]
    seen = handled("addTags")
    calls("add_tags").sync(client=raw, body=models.TagForm(tag=["a b", "é"], owner=None, priority=1, hidden=True))
    assert seen[0][0].body == {"tag": ["a b", "é"], "owner": None, "priority": 1, "hidden": True}
    seen = handled("putFile")
    calls("put_file").sync("f1", client=raw, body=b"\x00\xff\r\n")
    assert (seen[0][0].content, seen[0][1]) == (b"\x00\xff\r\n", {"file_id": "f1"})
    seen = handled("setIcon")
    calls("set_icon").sync("f1", client=raw)
    assert seen[0][0].content is None


def test_the_files_of_a_form_arrive(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    seen = handled("uploadFile", models.Thing(id="t1"))
    body = models.FileForm(
        file=File(b"\x00\r\n--", 'a"b.png', "image/png"),
        pages=[b"1", b"2"],
        title='A\r\n"é',
        thing={"made_at": datetime(2030, 1, 5, tzinfo=UTC), "note": None},
        rank=2,
    )
    response = calls("upload_file").sync_detailed(client=orbit.raw, body=body)
    assert (response.status_code, response.parsed) == (201, models.Thing(id="t1"))
    context = seen[0][0]
    assert context.body == {
        "file": 'a"b.png',
        "pages": ["file", "file"],
        "title": 'A\r\n"é',
        "thing": {"madeAt": "2030-01-05T00:00:00+00:00", "note": None},
        "rank": 2,
    }
    kind = "application/octet-stream"
    assert context.uploads == {
        "file": [UploadedFile(b"\x00\r\n--", 'a"b.png', "image/png")],
        "pages": [UploadedFile(b"1", "file", kind), UploadedFile(b"2", "file", kind)],
    }


def test_a_wrong_body_is_refused(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    for operation in ("addTags", "uploadFile", "replaceThings", "putFile"):
        handled(operation)
    request = calls("add_tags").build(body=models.TagForm(tag=[]))
    request.payload = request.payload._replace(pieces=(b"priority=high",))
    with pytest.raises(UnprocessableEntityError, match="tag is required"):
        orbit.raw.execute(request)
    request = calls("upload_file").build(body=models.FileForm(file=b"x"))
    request.payload = request.payload._replace(pieces=request.payload.pieces[:-1])
    with pytest.raises(BadRequestError, match="it does not end with its boundary"):
        orbit.raw.execute(request)
    request = calls("replace_things").build(body=[{}])
    request.body = [{}, {"note": 1}]
    with pytest.raises(UnprocessableEntityError, match=r"1\.note must be a string or null"):
        orbit.raw.execute(request)
    with pytest.raises(OrbitServerError) as caught:
        calls("put_file").sync("f1", client=orbit.raw, body=bytes(9 * 1024 * 1024))
    assert caught.value.status == 413


def test_a_file_is_answered(orbit: OrbitServer, handled: Any, calls: Any, models: Any) -> None:
    handled("getFile", FileReply(b"%PDF\x00", "application/pdf"))
    response = calls("get_file").sync_detailed("f1", client=orbit.raw)
    assert (response.parsed, response.headers["content-type"]) == (b"%PDF\x00", "application/pdf")
    handled("getFile", Reply(202, models.Job(job_id="j1")))
    assert calls("get_file").sync("f1", client=orbit.raw) == models.Job(job_id="j1")
