"""A client with every supported type, called over a connection."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.generator.growth.package import Package
from tests.pipeline.harness import Sdk, answer, loopback


def test_a_generated_client_is_called_over_a_connection(grown: Callable[[str], Package], sdk: Sdk) -> None:
    package = grown("types")
    with loopback(answer(b'{"data": [{"id": "t1", "color": "mauve", "size": null}]}')) as server:
        (thing,) = sdk.execute(sdk.client(), package.module("api.things.list_things").build(limit=3))
    assert type(thing) is package.module("models").Thing
    assert json.dumps(thing.to_dict()) == '{"size": null, "id": "t1", "color": "mauve"}'
    assert server.seen[0].target.endswith("/things?limit=3")
