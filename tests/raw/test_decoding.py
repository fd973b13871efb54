"""The code that reads a model treats each value as the tolerant readers in `FIELDS` do, whatever its neighbours are."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

import orbitconnect_api.models as models
from orbitconnect_api.models import Message, Reaction
from orbitconnect_api.types import Field, Model, RequestModel, read_list
from tests.for_each import for_each
from tests.yaml_files import contract

RESULTS: list[type[Model]] = [
    model for name in models.__all__ if not issubclass(model := getattr(models, name), RequestModel)
]
SCHEMAS = contract()["components"]["schemas"]
MISSING = object()
TIMES = [
    *("2026-01-05T09:30:00Z", "2026-01-05T09:30:00.123456+05:30", "2026-01-05T09:30:00", "2026-01-05", "20260105"),
    *("2026-01-05t09:30:00z", "2026-12-31T23:59:60Z", "2026-13-05T09:30:00Z", "2026-01-05T09:30:00.123456789Z"),
]
VALUES: list[Any] = [
    *(MISSING, None, True, False, 0, -7, 5.0, 1.5, 10**30, "", "text", "\ud800", *TIMES),
    *([], [[]], [None], ["a", 1, True, 5.0, None], [{}], [{"id": "a"}, None, "a", {"id": 7}]),
    *({}, {"id": "a"}, {"a": {"b": []}, "id": 7}),
]


def tolerant(field: Field, schema: dict[str, Any], data: dict[str, Any]) -> Any:
    """The value that the tolerant reader of a property returns. Nested models are shown as JSON."""
    value = field.read(data.get(field.name))
    if field.read is not read_list or value is None:
        return value
    items = schema["items"]
    if "$ref" in items:
        return [item for item in value if isinstance(item, dict)]
    assert items == {} or items["type"] == "string"
    return [item for item in value if isinstance(item, str)] if items else value


def shown(value: Any) -> Any:
    """An attribute. Models are shown as JSON."""
    if isinstance(value, list):
        return [shown(item) for item in cast("list[Any]", value)]
    return value.to_dict() if isinstance(value, Model) else value


@for_each("model", RESULTS)
def test_any_value_of_a_property_is_read_as_by_its_tolerant_reader(model: type[Model]) -> None:
    properties = SCHEMAS[model.__name__]["properties"]
    example = json.loads(json.dumps(SCHEMAS[model.__name__]["examples"][0], default=str))
    for changed in model.FIELDS:
        for odd in VALUES:
            data = {name: value for name, value in example.items() if name != changed.name}
            if odd is not MISSING:
                data[changed.name] = odd
            read = model.from_dict(data)
            for field in model.FIELDS:
                value = shown(getattr(read, field.attribute))
                expected = tolerant(field, properties[field.name], data)
                assert (type(value), repr(value)) == (type(expected), repr(expected)), (field.name, odd)


@for_each("odd", ["", "soon", "2026-01-05t09:30:00z", "2026-01-05T09:30:00", 7, None, {}, []])
def test_an_unusual_time_does_not_change_the_times_beside_it(odd: Any) -> None:
    usual = "2026-01-05T09:30:00Z"
    names = [name for name in Message.__annotations__ if name.endswith("_at")]
    assert len(names) > 2
    for name in names:
        message = Message.from_dict({**dict.fromkeys(names, usual), name: odd})
        others = {getattr(message, other) for other in names if other != name}
        assert others == {datetime(2026, 1, 5, 9, 30, tzinfo=UTC)}
        own = getattr(message, name)
        assert own is None or own == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
        assert (own is not None) is (isinstance(odd, str) and odd.startswith("2026"))


def test_a_time_without_an_offset_is_utc_beside_one_with_an_offset() -> None:
    message = Message.from_dict({"created_at": "2026-01-05T09:30:00", "updated_at": "2026-01-05T09:30:00+05:30"})
    assert message.created_at is not None
    assert message.updated_at is not None
    assert message.created_at.utcoffset() == timedelta(0)
    assert message.updated_at.utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("reactions", [[], [{"id": "r"}]])
def test_changing_a_list_of_models_does_not_change_what_was_received(reactions: list[Any]) -> None:
    received = {"id": "m", "reactions": reactions}
    message = Message.from_dict(received)
    assert message.reactions is not None
    message.reactions.append(Reaction(id="s"))
    assert len(reactions) == len(message.reactions) - 1
    assert message.to_dict()["reactions"] == [*reactions, {"id": "s"}]
