"""The model Reaction."""

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
    read_datetime,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Reaction(Model):
    """A user's reaction to a message.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The reaction's id.
        message_id: The message's id.
        app_user_id: The id of the user who reacted.
        reaction_type: The reaction, a word or an emoji, as given by the user.
        created_at: When the user reacted.
    """

    id: str
    message_id: str | None = None
    app_user_id: str | None = None
    reaction_type: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("message_id", "message_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("reaction_type", "reaction_type", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.message_id = value if type(value := get("message_id")) is str or value is None else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.reaction_type = value if type(value := get("reaction_type")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
