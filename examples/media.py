"""Files: upload one, wait until it is processed, share it, download a part of it, and upload a large file in parts."""

from __future__ import annotations

import struct
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orbitconnect import OrbitServerError

if TYPE_CHECKING or __package__:
    from .narration import Stage, open_stage, say, show, show_failure
else:
    from narration import Stage, open_stage, say, show, show_failure

UNFINISHED: Final = ("pending", "uploaded", "processing")


def main() -> None:
    with open_stage("Files") as stage, tempfile.TemporaryDirectory() as folder:
        alice = stage.orbit.users.create(external_id="example-alice", display_name="Alice")
        bob = stage.orbit.users.create(external_id="example-bob", display_name="Bob")
        media_id = upload_picture(stage, alice.id)
        share(stage, media_id, alice.id, bob.id)
        upload_in_parts(stage, alice.id, Path(folder))


def upload_picture(stage: Stage, user_id: str) -> str:
    orbit, picture = stage.orbit.as_user(user_id), png(64, 36)
    session = show(
        "Request an upload URL. Your backend can send it to a browser, which then uploads the file directly.",
        lambda: orbit.media.generate_upload_url("image/png"),
        *("upload_path", "media_id", "method", "max_size", "expires_at"),
    )
    say(
        "The URL is signed, so uploading takes a plain HTTP request. Do not send the secret key with it, because the "
        "URL can lead to another company's storage."
    )
    show(
        "Upload the bytes.",
        lambda: stage.http.put(
            stage.url(session.upload_path), content=picture, headers=session.headers
        ).raise_for_status(),
    )
    media_id = session.media_id or ""
    show("The API processes the file.", lambda: orbit.media.get_status(media_id), "status", "progress")
    wait_until_processed(stage, media_id, user_id)
    show("The file is ready.", lambda: orbit.media.get(media_id), "id", "mime_type", "size", "status", "ready_at")
    show("Get what processing has found out about it.", lambda: orbit.media.get_metadata(media_id))
    return media_id


def wait_until_processed(stage: Stage, media_id: str, user_id: str) -> None:
    """Poll the status. In an application, subscribe to the webhook event `media.ready` instead."""
    for _ in range(60):
        if stage.orbit.media.get_status(media_id, acting_user_id=user_id).status not in UNFINISHED:
            return
        stage.wait(2)
    raise TimeoutError(f"{media_id} is still being processed after two minutes.")


def share(stage: Stage, media_id: str, owner_id: str, friend_id: str) -> None:
    owner, friend = stage.orbit.as_user(owner_id), stage.orbit.as_user(friend_id)
    show_failure(
        "Only the owner has access to a new file, so Bob cannot download it.",
        lambda: friend.media.get_download_url(media_id),
        OrbitServerError,
    )
    show(
        "Alice grants him access.",
        lambda: owner.media.grant_access(media_id, user_id=friend_id, access_type="download"),
        *("app_user_id", "access_type"),
    )
    show("List who has access.", lambda: owner.media.list_access(media_id), "app_user_id", "access_type")
    download = show("Bob gets a download URL, which expires.", lambda: friend.media.get_download_url(media_id))
    response = show(
        "Download only the first 24 bytes, with a range request.",
        lambda: stage.http.get(stage.url(download.url), headers={"range": "bytes=0-23"}),
    )
    print(f"{response.headers.get('content-range')}: {response.content!r}\n")
    whole = stage.http.get(stage.url(download.url)).raise_for_status().content
    print(f"The whole file is what Alice uploaded: {whole == png(64, 36)}\n")


def upload_in_parts(stage: Stage, user_id: str, folder: Path) -> None:
    orbit = stage.orbit.as_user(user_id)
    session = show(
        "Start an upload in parts, for a large file.",
        lambda: orbit.media.init_multipart("text/csv", "measurements.csv"),
        *("session_id", "media_id", "part_size", "method"),
    )
    size = session.part_size or 8 * 2**20
    file = folder / "measurements.csv"
    with file.open("wb") as large:
        for row in range((2 * size + 1000) // 32):
            large.write(b"%010d;%020d\n" % (row, row * row))
    sent = []
    with file.open("rb") as large:
        for part in session.parts or []:
            piece = large.read(size)
            if not piece:
                break
            url = stage.url(part.upload_path or "")
            stage.http.put(url, content=piece, headers=part.headers).raise_for_status()
            sent.append(f"part {part.part_number}: {len(piece):,} bytes")
    say(f"Send the {file.stat().st_size:,} bytes part by part. A part that fails can be sent again.", *sent)
    media = show(
        "Complete the upload when all parts have been sent.",
        lambda: orbit.media.complete_multipart(session.session_id, "text/csv", file.stat().st_size),
        *("id", "filename", "size", "status"),
    )
    wait_until_processed(stage, media.id, user_id)
    show("Search for the file.", lambda: orbit.media.search("measurements"), "filename", "size", "status")
    show("Delete the file.", lambda: orbit.media.delete(media.id))


def png(width: int, height: int) -> bytes:
    """Return a PNG image of a single color."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x2f\x6f\xed" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    main()
