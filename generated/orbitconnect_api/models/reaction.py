"""The model Reaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class Reaction(Model):
    """A user's reaction to a message.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: Names the reaction.
        message_id: The id of the message.
        app_user_id: The id of the user that reacted.
        reaction_type: What the reaction is, a word or an emoji, as given by the user.
        created_at: When the user reacted.
    """

    id: str
    message_id: str | None = None
    app_user_id: str | None = None
    reaction_type: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("message_id", "message_id", None),
        Field("app_user_id", "app_user_id", None),
        Field("reaction_type", "reaction_type", None),
        Field("created_at", "created_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.message_id = get("message_id")
        self.app_user_id = get("app_user_id")
        self.reaction_type = get("reaction_type")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
