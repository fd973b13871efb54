"""The model MeetingParticipantEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
    read_str,
)
from .meeting_participant import MeetingParticipant


@define(eq=False, repr=False, kw_only=True)
class MeetingParticipantEventData(Model):
    """The meeting participant that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        meeting_id: The meeting.
        participant: The participant after the change.
    """

    meeting_id: str
    participant: MeetingParticipant
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("meeting_id", "meeting_id", None, read_str),
        Field("participant", "participant", WriteModel(MeetingParticipant), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.meeting_id = value if type(value := get("meeting_id")) is str else read_str(value)
        self.participant = read_model(MeetingParticipant, get("participant"))
        self._raw = src_dict
        return self
