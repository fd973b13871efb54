"""The model MediaMetadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_model,
    write_model,
)
from .media_dimensions import MediaDimensions


@define(eq=False)
class MediaMetadata(Model):
    """What processing found out about a file.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        media_id: The media's id.
        mime_type: The file's type.
        size: The file's size in bytes; null until it is uploaded.
        duration: How long audio or video lasts, in seconds; null for other files.
        dimensions: The size of an image or a video; null for other files.
        codec: The codec of the video or, where there is none, of the audio; null for other files.
        audio_codec: The codec of the audio; null where there is none.
        bitrate: The average bit rate in bits a second; null where it does not apply.
        frame_rate: The frames a second of a video; null for other files.
    """

    media_id: str | None = None
    mime_type: str | None = None
    size: int | None = None
    duration: float | None = None
    dimensions: MediaDimensions | None = None
    codec: str | None = None
    audio_codec: str | None = None
    bitrate: int | None = None
    frame_rate: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("media_id", "media_id", None),
        Field("mime_type", "mime_type", None),
        Field("size", "size", None),
        Field("duration", "duration", None),
        Field("dimensions", "dimensions", write_model),
        Field("codec", "codec", None),
        Field("audio_codec", "audio_codec", None),
        Field("bitrate", "bitrate", None),
        Field("frame_rate", "frame_rate", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.media_id = get("media_id")
        self.mime_type = get("mime_type")
        self.size = get("size")
        self.duration = get("duration")
        self.dimensions = None if (value := get("dimensions")) is None else read_model(MediaDimensions, value)
        self.codec = get("codec")
        self.audio_codec = get("audio_codec")
        self.bitrate = get("bitrate")
        self.frame_rate = get("frame_rate")
        self._raw = src_dict
        return self
