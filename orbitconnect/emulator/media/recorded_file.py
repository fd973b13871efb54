"""The file of a recording: a video without tracks, since the emulator transmits no sound or picture."""

from __future__ import annotations

import struct
from typing import Final

from orbitconnect_api import events
from orbitconnect_api.models.media_event_data import MediaEventData

from ..context import Context
from ..outbox import emit
from .rows import READY, insert_media, media_model

_MIME_TYPE: Final = "video/mp4"
_MILLISECONDS: Final = 1000
_MAX_UINT32: Final = 2**32 - 1
_IDENTITY: Final = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def add_recorded_file(context: Context, recording_id: str, *, created_by: str, duration: float) -> str:
    """Add the file of a recording, ready at once. Returns its media id."""
    stored = context.files.receive([_empty_video(duration)])
    media_id = insert_media(
        context, _MIME_TYPE, f"{recording_id}.mp4", created_by=created_by, status=READY, recording_id=recording_id
    )
    context.store.run(
        "UPDATE media SET file_id = ?, size = ?, duration = ?, uploaded_at = ?, ready_at = ? WHERE id = ?",
        (stored.id, stored.size, duration, context.now, context.now, media_id),
    )
    emit(context, events.MEDIA_READY, MediaEventData(media=media_model(context, media_id)))
    return media_id


def _empty_video(duration: float) -> bytes:
    """A complete MP4 file with a duration, without any track."""
    header = struct.pack(
        ">IIIIIIHHII9I6II",
        *(0, 0, 0, _MILLISECONDS, min(round(duration * _MILLISECONDS), _MAX_UINT32), 0x10000, 0x100, 0, 0, 0),
        *_IDENTITY,
        *(0,) * 6,
        1,
    )
    return _box(b"ftyp", b"isom" + struct.pack(">I", 0x200) + b"isomiso2mp41") + _box(b"moov", _box(b"mvhd", header))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content
