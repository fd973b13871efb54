"""The model AppUser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    read_dict,
    write_datetime,
    write_dict,
)


@define(eq=False)
class AppUser(Model):
    """One of your users, as OrbitConnect knows it.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id that OrbitConnect gave the user; all other operations take this one. (Observed.)
        external_id: Your own id of the user. (Observed.)
        display_name: The name that other users see. (Observed.)
        metadata: Your own data about the user. (Observed.)
        is_active: False once the user was deactivated.
        created_at: When the user was created.
        updated_at: When the user was last changed.
    """

    id: str
    external_id: str | None = None
    display_name: str | None = None
    metadata: dict[str, Any] | None = None
    is_active: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("external_id", "external_id", None),
        Field("display_name", "display_name", None),
        Field("metadata", "metadata", write_dict),
        Field("is_active", "is_active", None),
        Field("created_at", "created_at", write_datetime),
        Field("updated_at", "updated_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.external_id = get("external_id")
        self.display_name = get("display_name")
        self.metadata = value if type(value := get("metadata")) is dict else read_dict(value)
        self.is_active = get("is_active")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.updated_at = None if (value := get("updated_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
