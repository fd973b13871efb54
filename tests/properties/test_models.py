"""Every generated model can be read from any JSON object and loses nothing."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orbitconnect_api.models as models
from orbitconnect_api.types import UNSET, Model, RequestModel
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, deep, examples, received

MODELS: list[type[Model]] = [getattr(models, name) for name in models.__all__]
ANSWERS = [model for model in MODELS if not issubclass(model, RequestModel)]
BODIES = [model for model in MODELS if issubclass(model, RequestModel)]


@st.composite
def objects(draw: st.DrawFn, of: Sequence[type[Model]]) -> tuple[type[Model], dict[str, Any]]:
    """A model, and an object whose keys can be known or unknown and whose values can be of any type."""
    model = draw(st.sampled_from(of))
    own = st.sampled_from([field.name for field in model.FIELDS] or ["id"])
    inner = st.sampled_from(of).flatmap(
        lambda other: st.dictionaries(st.sampled_from([field.name for field in other.FIELDS] or ["id"]), received)
    )
    values = received | deep | inner | st.lists(inner, max_size=3) | any_text
    return model, draw(st.dictionaries(own | any_text, values, max_size=6))


def holds_nan(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(holds_nan, value.values()))
    return any(map(holds_nan, value)) if isinstance(value, list) else isinstance(value, float) and math.isnan(value)


def test_there_are_models_of_both_kinds() -> None:
    assert len(ANSWERS) > 40
    assert len(BODIES) > 20


@examples(200)
@given(made=objects(ANSWERS))
def test_any_object_is_read_as_a_model(made: tuple[type[Model], dict[str, Any]]) -> None:
    model, data = made
    kept = copy.deepcopy(data)
    read = model.from_dict(data)
    assert repr(data) == repr(kept)
    repr(read)
    written = read.to_dict()
    known = {field.name for field in model.FIELDS}
    assert written.keys() == data.keys()
    assert repr(read.additional_properties) == repr({name: data[name] for name in data if name not in known})
    again = model.from_dict(written)
    assert repr(again) == repr(read)
    assert repr(again.to_dict()) == repr(written)
    if not holds_nan(data):
        assert again == read
    for twin in (pickle.loads(pickle.dumps(read)), copy.copy(read), copy.deepcopy(read)):
        assert type(twin) is model
        assert repr(twin.to_dict()) == repr(written)


@examples(150)
@given(made=objects(BODIES))
def test_a_body_is_written_as_it_was_read_or_refused(made: tuple[type[Model], dict[str, Any]]) -> None:
    model, data = made
    read = model.from_dict(data)
    repr(read)
    refusal = refusal_of(read.to_dict)
    if refusal is not None:
        assert any(field.attribute in str(refusal) for field in model.FIELDS)
        return
    written = read.to_dict()
    assert written.keys() == data.keys()
    assert repr(model.from_dict(written).to_dict()) == repr(written)


@pytest.mark.parametrize(
    "value", [False, 7, 1.5, "text", b"bytes", {}, {"a": 1}, [], [1], ["a"], [{}], [None]], ids=repr
)
def test_an_attribute_is_written_or_refused_by_name(value: Any) -> None:
    for model, field in ((each, field) for each in MODELS for field in each.FIELDS):
        read = model.from_dict({})
        setattr(read, field.attribute, value)
        refusal = refusal_of(read.to_dict)
        if refusal is None:
            assert read.to_dict().keys() == {field.name}
        else:
            assert field.attribute in str(refusal)


@examples(150)
@given(model=st.sampled_from(MODELS), data=st.data())
def test_attributes_of_any_value_are_written_or_refused(model: type[Model], data: st.DataObject) -> None:
    """No attribute is silently omitted, whatever value was assigned to it."""
    read = model.from_dict({})
    changed = data.draw(st.lists(st.sampled_from(model.FIELDS), unique=True)) if model.FIELDS else []
    for field in changed:
        setattr(read, field.attribute, data.draw(received.filter(lambda value: value is not None)))
    refusal = refusal_of(read.to_dict)
    if refusal is not None:
        assert any(field.attribute in str(refusal) for field in changed)
    else:
        assert read.to_dict().keys() == {field.name for field in changed}
        assert UNSET not in read.to_dict().values()
