"""What the generated models know about their properties on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from orbitconnect_api.types import Model


@cache
def nulls(model: type[Model]) -> Mapping[str, None]:
    """Every property of a model with the value null.

    Passed as the raw data of a model, it makes the model encode an attribute that is None as null. Without it, the
    model would omit the property.
    """
    return {known.name: None for known in model.FIELDS}


def wire_name(model: type[Model], attribute: str) -> str:
    """The name on the wire of a model's attribute."""
    return next(known.name for known in model.FIELDS if known.attribute == attribute)
