"""The model Participant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_int,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Participant(Model):
    """A user's membership in a conversation.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The membership's id. This is not the user's id.
        conversation_id: The conversation's id.
        app_user_id: The user's id.
        display_name: The name shown to other users.
        role: The user's role in the conversation.
        added_by_user_id: The id of the user who added this participant. Null if nobody did.
        last_read_sequence: The highest `sequence` that the user has read. Null if the user has read nothing.
        last_read_at: When the user last read a message. Null if the user has read nothing.
        joined_at: When the user was added.
        left_at: When the user left or was removed. Null while the user is a participant.
        updated_at: When the membership was last updated.
    """

    id: str
    conversation_id: str | None = None
    app_user_id: str | None = None
    display_name: str | None = None
    role: Literal["admin", "member", "owner"] | str | None = None
    added_by_user_id: str | None = None
    last_read_sequence: int | None = None
    last_read_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("display_name", "display_name", None, read_str),
        Field("role", "role", None, read_str),
        Field("added_by_user_id", "added_by_user_id", None, read_str),
        Field("last_read_sequence", "last_read_sequence", None, read_int),
        Field("last_read_at", "last_read_at", write_datetime, read_datetime),
        Field("joined_at", "joined_at", write_datetime, read_datetime),
        Field("left_at", "left_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.conversation_id = (
            value if type(value := get("conversation_id")) is str or value is None else read_str(value)
        )
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.display_name = value if type(value := get("display_name")) is str or value is None else read_str(value)
        self.role = value if type(value := get("role")) is str or value is None else read_str(value)
        self.added_by_user_id = (
            value if (value := get("added_by_user_id")) is None or type(value) is str else read_str(value)
        )
        self.last_read_sequence = (
            value if (value := get("last_read_sequence")) is None or type(value) is int else read_int(value)
        )
        try:
            self.last_read_at = (
                value if (value := get("last_read_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.joined_at = (
                value if (value := get("joined_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.left_at = (
                value if (value := get("left_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.last_read_at = read_datetime(get("last_read_at"))
            self.joined_at = read_datetime(get("joined_at"))
            self.left_at = read_datetime(get("left_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
