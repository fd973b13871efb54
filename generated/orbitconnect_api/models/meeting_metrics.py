"""The model MeetingMetrics."""

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
    read_float,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MeetingMetrics(Model):
    """One measurement of a meeting's connection quality, as seen from one user's side.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The measurement's id.
        meeting_id: The id of the meeting.
        app_user_id: The id of the user who reported the measurement.
        bitrate: The bitrate in kbit/s. Null if it was not reported.
        packet_loss: The packet loss in percent, 0 to 100. Null if it was not reported.
        jitter: The jitter in milliseconds. Null if it was not reported.
        rtt: The round-trip time in milliseconds. Null if it was not reported.
        created_at: When the measurement was reported.
    """

    id: str | None = None
    meeting_id: str | None = None
    app_user_id: str | None = None
    bitrate: float | None = None
    packet_loss: float | None = None
    jitter: float | None = None
    rtt: float | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("meeting_id", "meeting_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("bitrate", "bitrate", None, read_float),
        Field("packet_loss", "packet_loss", None, read_float),
        Field("jitter", "jitter", None, read_float),
        Field("rtt", "rtt", None, read_float),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str or value is None else read_str(value)
        self.meeting_id = value if type(value := get("meeting_id")) is str or value is None else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.bitrate = value if (value := get("bitrate")) is None or type(value) is float else read_float(value)
        self.packet_loss = value if (value := get("packet_loss")) is None or type(value) is float else read_float(value)
        self.jitter = value if (value := get("jitter")) is None or type(value) is float else read_float(value)
        self.rtt = value if (value := get("rtt")) is None or type(value) is float else read_float(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
