"""Refused requests about media, webhooks and billing."""

from __future__ import annotations

import httpx

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from tests.base_url import ORIGIN
from tests.emulator.refused.recorded import People, RecordingEmulator, fails

PROCESSING = 5  # seconds
TEXT = {"content-type": "text/plain"}


def uploaded(owner: OrbitServer, http: httpx.Client) -> str:
    session = owner.media.generate_upload_url("text/plain")
    assert http.put(ORIGIN + session.upload_path, content=b"Hello", headers=TEXT).is_success
    assert session.media_id is not None
    return session.media_id


def media(of: People, clock: ManualClock, http: httpx.Client) -> None:
    pending = of.alice.media.generate_upload_url("text/plain")
    assert pending.media_id is not None
    fails(of.alice.media.get_download_url, pending.media_id)
    fails(of.alice.media.get_stream_url, pending.media_id)
    fails(of.alice.media.process, pending.media_id)
    fails(of.bob.media.get, pending.media_id)
    media_id = uploaded(of.alice, http)
    clock.advance(PROCESSING)
    for use, other in (("download", of.bob.media.get_stream_url), ("stream", of.bob.media.get_download_url)):
        granted = uploaded(of.alice, http)
        clock.advance(PROCESSING)
        of.alice.media.grant_access(granted, user_id=of.bob_id, access_type=use)
        fails(other, granted)
        fails(of.bob.media.process, granted)
        fails(of.bob.media.grant_access, granted, user_id=of.carol_id, access_type="view")
        fails(of.bob.media.list_access, granted)
        fails(of.bob.media.delete, granted)
    url = of.alice.media.get_download_url(media_id).url
    assert http.get(url, headers={"range": "bytes=9-"}).status_code == 416


def uploads(of: People, clock: ManualClock, http: httpx.Client) -> None:
    session = of.alice.media.generate_upload_url("text/plain")
    url = ORIGIN + session.upload_path
    assert http.put(url, content=b"{}", headers={"content-type": "image/png"}).status_code == 415
    assert http.put(url, content=iter([b"{}"]), headers={**TEXT, "content-length": "3"}).status_code == 400
    assert http.put(url, content=b"{}", headers={**TEXT, "content-length": "999999999"}).status_code == 413
    assert http.put(url, content=b"{}", headers=TEXT).status_code == 200
    assert http.put(url, content=b"{}", headers=TEXT).status_code == 409
    assert http.put(url + "0", content=b"{}", headers=TEXT).status_code == 403
    parts = of.alice.media.init_multipart("text/plain", "a.txt")
    fails(of.alice.media.complete_multipart, "nothing", "text/plain", 1)
    fails(of.alice.media.complete_multipart, parts.session_id, "text/plain", 1)
    fails(of.alice.media.generate_upload_url, "text")
    late = of.alice.media.generate_upload_url("text/plain")
    clock.advance(3600)
    assert http.put(ORIGIN + late.upload_path, content=b"{}", headers=TEXT).status_code == 403


def webhooks(of: People) -> None:
    webhook = of.backend.webhooks.create("http://127.0.0.1:9/hook").id
    of.backend.webhooks.subscribe(webhook, "message.*")
    fails(of.backend.webhooks.subscribe, webhook, "message.*")
    fails(of.backend.webhooks.subscribe, webhook, "a message")
    fails(of.backend.webhooks.create, "ftp://127.0.0.1/hook")
    of.backend.webhooks.update(webhook, is_active=False)
    fails(of.backend.webhooks.test, webhook)


def billing(of: People, emulator: RecordingEmulator) -> None:
    fails(of.backend.billing.top_up, 0.001)
    fails(of.backend.billing.generate_invoice, from_="2026-02-01T00:00:00Z", to="2026-01-01T00:00:00Z")
    of.backend.billing.get_wallet()
    for balance in (2**53, -(2**53)):
        with emulator._store.transaction():
            emulator._store.run("UPDATE wallet SET balance = ?", (balance,))
        if balance > 0:
            fails(of.backend.billing.top_up, 1)
        else:
            fails(of.backend.billing.record_usage_event, event_type="storage_gb", quantity=1)
