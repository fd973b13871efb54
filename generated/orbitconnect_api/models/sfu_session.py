"""The model SfuSession."""

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
    mask,
    new,
    read_datetime,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .turn_credentials import TurnCredentials


@define(eq=False, repr=False, kw_only=True)
class SfuSession(Model):
    """The data that a device needs to connect to a meeting's media server (SFU).

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The connection's id.
        meeting_id: The meeting.
        app_user_id: The id of the user who connects.
        url: The URL of the media server, usually `wss:`.
        token: The token that admits the device to the media server. Treat it as a secret until it expires.
        ice_servers: The servers that relay media if a direct connection fails.
        expires_at: When the token expires.
    """

    id: str | None = None
    meeting_id: str | None = None
    app_user_id: str | None = None
    url: str | None = None
    token: str | None = field(default=None, repr=mask)
    ice_servers: list[TurnCredentials] | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("meeting_id", "meeting_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("url", "url", None, read_str),
        Field("token", "token", None, read_str),
        Field("ice_servers", "ice_servers", write_models, read_list),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str or value is None else read_str(value)
        self.meeting_id = value if type(value := get("meeting_id")) is str or value is None else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.url = value if type(value := get("url")) is str or value is None else read_str(value)
        self.token = value if type(value := get("token")) is str or value is None else read_str(value)
        self.ice_servers = (
            read_models(TurnCredentials, value)
            if (value := get("ice_servers"))
            else []
            if isinstance(value, list)
            else None
        )
        try:
            self.expires_at = (
                value if (value := get("expires_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.expires_at = read_datetime(get("expires_at"))
        self._raw = src_dict
        return self
