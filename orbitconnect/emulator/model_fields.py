"""The wire names and null values of the generated models' properties."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from orbitconnect_api.types import Model


@cache
def nulls(model: type[Model]) -> Mapping[str, None]:
    """A mapping from every property of a model to null.

    A model that receives the mapping as its raw data encodes None as null. Otherwise, it would omit the property.
    """
    return {known.name: None for known in model.FIELDS}


def wire_name(model: type[Model], attribute: str) -> str:
    """The wire name of a model's attribute."""
    return next(known.name for known in model.FIELDS if known.attribute == attribute)
