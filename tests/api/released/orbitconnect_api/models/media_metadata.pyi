from ..types import Field, Model
from .media_dimensions import MediaDimensions
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MediaMetadata(Model):
    media_id: str | None
    mime_type: str | None
    size: int | None
    duration: float | None
    dimensions: MediaDimensions | None
    codec: str | None
    audio_codec: str | None
    bitrate: int | None
    frame_rate: float | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
