"""The model SubmitMeetingMetricsBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_float,
    write_number,
)


@define(eq=False, repr=False, kw_only=True)
class SubmitMeetingMetricsBody(RequestModel):
    """One measurement of a meeting's connection quality. Omit the values that were not measured.

    Attributes:
        bitrate: The bitrate in kbit/s (unit inferred).
        packet_loss: The packet loss in percent, 0 to 100 (unit and limits inferred).
        jitter: The jitter in milliseconds (unit inferred).
        rtt: The round-trip time in milliseconds (unit inferred).
    """

    bitrate: float | Unset = UNSET
    packet_loss: float | Unset = UNSET
    jitter: float | Unset = UNSET
    rtt: float | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("bitrate", "bitrate", write_number, read_float),
        Field("packet_loss", "packet_loss", write_number, read_float),
        Field("jitter", "jitter", write_number, read_float),
        Field("rtt", "rtt", write_number, read_float),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.bitrate = src_dict.get("bitrate", UNSET)
        self.packet_loss = src_dict.get("packet_loss", UNSET)
        self.jitter = src_dict.get("jitter", UNSET)
        self.rtt = src_dict.get("rtt", UNSET)
        self._raw = src_dict
        return self
