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
    read_float,
    write_number,
)


@define(eq=False, repr=False)
class SubmitMeetingMetricsBody(RequestModel):
    """One measurement of a meeting's connection; what was not measured is left out.

    Attributes:
        bitrate: The bitrate in kbit/s (the unit is inferred).
        packet_loss: The share of packets lost, in percent, 0 to 100 (the unit and the limits are inferred).
        jitter: The jitter in milliseconds (the unit is inferred).
        rtt: The round-trip time in milliseconds (the unit is inferred).
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
        return cls(
            src_dict.get("bitrate", UNSET),
            src_dict.get("packet_loss", UNSET),
            src_dict.get("jitter", UNSET),
            src_dict.get("rtt", UNSET),
            src_dict,
        )
