"""An id is refused before anything is sent, or arrives unchanged in its own segment of the path."""

from __future__ import annotations

from types import ModuleType
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.base_url import AUTHORITY, BASE_PATH
from tests.pipeline.harness import Sdk, data, scripted
from tests.properties.calls import MODULES, call_of, operation_of, path_parameters
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, examples, ids

WITH_IDS = [module for module in MODULES if path_parameters(operation_of(module))]


def segments(raw_path: bytes) -> list[str]:
    """The path's segments as a server decodes them."""
    return [unquote_to_bytes(segment).decode() for segment in raw_path.partition(b"?")[0].split(b"/")]


def test_most_operations_have_ids() -> None:
    assert len(WITH_IDS) > 80


@examples(400)
@given(module=st.sampled_from(WITH_IDS), value=ids, which=st.integers(0, 9))
@example(module=WITH_IDS[0], value="\ud800", which=0)
@example(module=WITH_IDS[0], value="x" * 70_000, which=0)
@example(module=WITH_IDS[0], value="é" * 20_000, which=0)
def test_an_id_is_refused_or_arrives(sdk: Sdk, module: ModuleType, value: str, which: int) -> None:
    operation = operation_of(module)
    names = path_parameters(operation)
    name = names[which % len(names)]
    transport, asked = scripted(data())
    client = sdk.client(transport=transport, max_retries=0)

    def call() -> None:
        request = call_of(module, odd=name, value=value)
        request.parse = bool
        sdk.execute(client, request)

    refusal = refusal_of(call)
    if refusal is not None:
        assert name in str(refusal) or "the URL has" in str(refusal)
        assert asked == []
        return
    given_ids = {f"{{{each}}}": value if each == name else f"{each}_1" for each in names}
    arrived = [given_ids.get(part, part) for part in operation.path.split("/")[1:]]
    assert segments(asked[0].url.raw_path) == [*BASE_PATH.split("/"), *arrived]
    assert not {"", ".", ".."} & set(arrived)
    assert asked[0].url.netloc == AUTHORITY.encode()


@examples(60)
@given(module=st.sampled_from(WITH_IDS), value=st.none() | st.integers() | st.binary() | st.lists(any_text))
def test_an_id_that_is_not_a_string_is_refused(module: ModuleType, value: Any) -> None:
    name = path_parameters(operation_of(module))[0]
    with pytest.raises(TypeError, match=name):
        call_of(module, odd=name, value=value)


@examples(150)
@given(value=ids)
def test_an_id_in_a_given_path_is_refused_or_arrives(sdk: Sdk, value: str) -> None:
    transport, asked = scripted(data())
    client = sdk.client(transport=transport, max_retries=0)
    path, parameters = "/things/{thing_id}/parts", {"thing_id": value}
    refusal = refusal_of(lambda: sdk.run(client.raw.request("GET", path, path_parameters=parameters)))
    if refusal is not None:
        assert "thing_id" in str(refusal)
        assert asked == []
    else:
        assert segments(asked[0].url.raw_path) == [*BASE_PATH.split("/"), "things", value, "parts"]


@examples(150)
@given(path=ids | st.lists(ids, max_size=4).map(lambda parts: "/" + "/".join(parts)))
def test_a_given_path_is_refused_or_arrives(sdk: Sdk, path: str) -> None:
    transport, asked = scripted(data())
    client = sdk.client(transport=transport, max_retries=0)
    refusal = refusal_of(lambda: sdk.run(client.raw.request("GET", path)))
    if refusal is not None:
        assert "path" in str(refusal)
        assert asked == []
    else:
        assert asked[0].url.raw_path.decode() == f"{BASE_PATH}{path}"
        assert not {".", ".."} & set(segments(asked[0].url.raw_path))


@examples(150)
@given(query=any_text | ids)
def test_a_query_is_refused_or_arrives(sdk: Sdk, query: str) -> None:
    transport, asked = scripted(data([]))
    client = sdk.client(transport=transport, max_retries=0)
    refusal = refusal_of(lambda: sdk.run(client.messages.search("cnv_1", query=query, acting_user_id="usr_1")))
    if refusal is not None:
        assert "surrogate" in str(refusal)
        assert asked == []
    else:
        values = [pair.partition(b"=")[2] for pair in asked[0].url.query.split(b"&")]
        assert [unquote_to_bytes(value).decode() for value in values] == ["cnv_1", query]
