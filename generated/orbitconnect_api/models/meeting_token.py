"""The model MeetingToken."""

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
    mask,
    new,
    read_datetime,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MeetingToken(Model):
    """A short-lived token that a user can join a meeting with.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        token: The token. Treat it as a secret until it expires.
        meeting_id: The id of the meeting that the token is valid for.
        app_user_id: The id of the user that the token is valid for. Null if it is for an open link.
        role: The role that the user gets when joining with the token.
        expires_at: When the token expires.
    """

    token: str = field(repr=mask)
    meeting_id: str | None = None
    app_user_id: str | None = None
    role: Literal["co_host", "host", "participant"] | str | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("token", "token", None, read_str),
        Field("meeting_id", "meeting_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("role", "role", None, read_str),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.token = value if type(value := get("token")) is str else read_str(value)
        self.meeting_id = value if type(value := get("meeting_id")) is str or value is None else read_str(value)
        self.app_user_id = value if (value := get("app_user_id")) is None or type(value) is str else read_str(value)
        self.role = value if type(value := get("role")) is str or value is None else read_str(value)
        try:
            self.expires_at = (
                value if (value := get("expires_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.expires_at = read_datetime(get("expires_at"))
        self._raw = src_dict
        return self
