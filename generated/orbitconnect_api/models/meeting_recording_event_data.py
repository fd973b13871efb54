"""The model MeetingRecordingEventData."""

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
from .recording import Recording


@define(eq=False, repr=False, kw_only=True)
class MeetingRecordingEventData(Model):
    """The meeting recording that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        meeting_id: The id of the recorded meeting.
        recording: The recording after the change.
    """

    meeting_id: str
    recording: Recording
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("meeting_id", "meeting_id", None, read_str),
        Field("recording", "recording", WriteModel(Recording), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.meeting_id = value if type(value := get("meeting_id")) is str else read_str(value)
        self.recording = read_model(Recording, get("recording"))
        self._raw = src_dict
        return self
