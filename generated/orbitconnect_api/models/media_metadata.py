"""The model MediaMetadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_float,
    read_int,
    read_model,
    read_object,
    read_str,
)
from .media_dimensions import MediaDimensions


@define(eq=False, repr=False, kw_only=True)
class MediaMetadata(Model):
    """What processing found out about a file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        media_id: The media file's id.
        mime_type: The file's media type (MIME type).
        size: The file's size in bytes. Null until the file is uploaded.
        duration: The duration of audio or video, in seconds. Null for other files.
        dimensions: The dimensions of an image or video. Null for other files.
        codec: The video codec or, if there is no video, the audio codec. Null for other files.
        audio_codec: The audio codec. Null if there is no audio.
        bitrate: The average bitrate in bits per second. Null if it does not apply.
        frame_rate: The frames per second of a video. Null for other files.
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
        Field("media_id", "media_id", None, read_str),
        Field("mime_type", "mime_type", None, read_str),
        Field("size", "size", None, read_int),
        Field("duration", "duration", None, read_float),
        Field("dimensions", "dimensions", WriteModel(MediaDimensions), read_object),
        Field("codec", "codec", None, read_str),
        Field("audio_codec", "audio_codec", None, read_str),
        Field("bitrate", "bitrate", None, read_int),
        Field("frame_rate", "frame_rate", None, read_float),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.mime_type = value if type(value := get("mime_type")) is str or value is None else read_str(value)
        self.size = value if (value := get("size")) is None or type(value) is int else read_int(value)
        self.duration = value if (value := get("duration")) is None or type(value) is float else read_float(value)
        self.dimensions = None if (value := get("dimensions")) is None else read_model(MediaDimensions, value)
        self.codec = value if (value := get("codec")) is None or type(value) is str else read_str(value)
        self.audio_codec = value if (value := get("audio_codec")) is None or type(value) is str else read_str(value)
        self.bitrate = value if (value := get("bitrate")) is None or type(value) is int else read_int(value)
        self.frame_rate = value if (value := get("frame_rate")) is None or type(value) is float else read_float(value)
        self._raw = src_dict
        return self
