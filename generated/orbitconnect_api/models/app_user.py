"""The model AppUser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_bool,
    read_datetime,
    read_dict,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class AppUser(Model):
    """One of your users, as stored by OrbitConnect.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The user's id in OrbitConnect. All other operations take this id. The vendor documents this property.
        external_id: Your own id for the user. The vendor documents this property.
        display_name: The name shown to other users. The vendor documents this property.
        metadata: Your own data about the user. The vendor documents this property.
        is_active: False after the user has been deactivated.
        created_at: When the user was created.
        updated_at: When the user was last updated.
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
        Field("id", "id", None, read_str),
        Field("external_id", "external_id", None, read_str),
        Field("display_name", "display_name", None, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("is_active", "is_active", None, read_bool),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.external_id = value if type(value := get("external_id")) is str or value is None else read_str(value)
        self.display_name = value if type(value := get("display_name")) is str or value is None else read_str(value)
        self.metadata = value if type(value := get("metadata")) is dict else read_dict(value)
        self.is_active = value if type(value := get("is_active")) is bool or value is None else read_bool(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
