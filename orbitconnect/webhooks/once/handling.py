"""`once` and `async_once`: claim, handle, commit; and release where handling failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, Protocol, TypeVar

from .asynchronous import as_async
from .protocol import (
    AsyncClaimStore,
    Claim,
    ClaimStore,
    EventBusy,
    OnceError,
    StoreError,
    shown,
    store_error,
    stored_key,
)
from .rotation import AsyncManyKeys, ManyKeys

_log = logging.getLogger("orbitconnect.webhooks")

_CANCELLATION_WAITS: Final = 5.0
"""Seconds that a cancelled task waits for the store, so that no claim is left behind."""

_Result = TypeVar("_Result")


class HasDedupeKey(Protocol):
    """An event with the key by which its redeliveries are recognised."""

    @property
    def dedupe_key(self) -> str:
        """The id inside the signed body, or else the body's digest."""
        ...


@contextmanager
def once(store: ClaimStore, event: HasDedupeKey | str) -> Generator[Claim, None, None]:
    """Handles an event once: claims it, and commits it after the block, or releases it if the block raises anything.

    Between the end of the block and the commit lies a moment in which the process can die: then the event is handled
    again. Where that must not be, do the block's work and the commit in one transaction; see `commit_within` of the
    SQL stores.

    Args:
        store: Remembers what was handled.
        event: The verified event, or its key.

    Yields:
        The claim. It is true if the event is yours to handle, and false if it was handled already.

    Raises:
        EventBusy: If another worker is handling it. Answer with 503, so that it is delivered again.
        LeaseLost: After the block, if another worker took over, since the block took longer than the lease or the store
            lost the claim.
        StoreError: If the store failed, whatever its driver raised. After the block, what was done stays done, but is
            not remembered: delivered again when the lease has run out, it is done again. The commit is tried twice.

    Example:
        ```python
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """
    key = _key(event)
    if others := _other_keys(event):
        store = ManyKeys(store, others)
    claim = _yours_or_handled(_stepped("claim", lambda: store.claim(key)), key)
    if not claim:
        yield claim
        return
    try:
        yield claim
    except BaseException:
        try:
            _stepped("release", lambda: store.release(key, claim.token))
        except OnceError as error:  # What the block raised matters more.
            _log_unreleased(key, error)
        raise
    try:
        _stepped("commit", lambda: store.commit(key, claim.token))
    except StoreError:
        # Such as a pooled connection that the server had closed.
        try:
            _stepped("commit", lambda: store.commit(key, claim.token))
        except StoreError as error:
            failure = _unrecorded(key, error)
        else:
            return
        raise failure from None


@asynccontextmanager
async def async_once(store: ClaimStore | AsyncClaimStore, event: HasDedupeKey | str) -> AsyncGenerator[Claim, None]:
    """`once` for asyncio. A cancellation waits up to 5 seconds for what the store is doing, so that no claim is left.

    Args:
        store: Remembers what was handled. Any store will do; see `as_async`.
        event: The verified event, or its key.

    Yields:
        The claim. It is true if the event is yours to handle, and false if it was handled already.

    Raises:
        EventBusy: If another worker is handling it. Answer with 503, so that it is delivered again.
        LeaseLost: After the block, if another worker took over; see `once`.
        StoreError: If the store failed; see `once`.
        RuntimeError: If no asyncio event loop is running, such as under trio.

    Example:
        ```python
        async with async_once(store, event) as mine:
            if mine:
                await handle(event)
        ```
    """
    _check_event_loop()
    awaited = as_async(store)
    key = _key(event)
    if others := _other_keys(event):
        awaited = AsyncManyKeys(awaited, others)
    claim, cancelled = await _finished(_awaited("claim", awaited.claim(key)))
    if cancelled:
        if claim:
            await _released(awaited, key, claim.token)
        raise cancelled
    claim = _yours_or_handled(claim, key)
    if not claim:
        yield claim
        return
    try:
        yield claim
    except BaseException:
        if cancelled := await _released(awaited, key, claim.token):
            raise cancelled from None
        raise
    _, cancelled = await _finished(_committed(awaited, key, claim.token))
    if cancelled:
        raise cancelled


def _check_event_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        return
    raise RuntimeError(
        "async_once and AsyncWebhookReceiver need a running asyncio event loop for a store. Under trio, use once or "
        "WebhookReceiver in a thread, with trio.to_thread.run_sync."
    )


async def _committed(store: AsyncClaimStore, key: str, token: str) -> None:
    try:
        await _awaited("commit", store.commit(key, token))
    except StoreError:
        try:
            await _awaited("commit", store.commit(key, token))
        except StoreError as error:
            failure = _unrecorded(key, error)
        else:
            return
        raise failure from None


async def _released(store: AsyncClaimStore, key: str, token: str) -> asyncio.CancelledError | None:
    try:
        _, cancelled = await _finished(_awaited("release", store.release(key, token)))
    except OnceError as error:
        _log_unreleased(key, error)
        return None
    return cancelled


async def _finished(step: Coroutine[Any, Any, _Result]) -> tuple[_Result, asyncio.CancelledError | None]:
    """Sees a step of the store through, though the task be cancelled meanwhile: its cancellation is returned.

    If the step fails or hangs after the cancellation, only the cancellation is raised.
    """
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task), None
    except asyncio.CancelledError as cancelled:
        if not task.done():
            await asyncio.wait({task}, timeout=_CANCELLATION_WAITS)
        if not task.done() or task.cancelled():
            task.cancel()
            raise
        if error := task.exception():
            _log.warning("After a cancellation, the store of handled events failed: %s", error)
            raise
        return task.result(), cancelled


def _stepped(step: str, work: Callable[[], _Result]) -> _Result:
    """Runs a step of a store. Whatever a store of the application raises is a `StoreError`."""
    try:
        return work()
    except OnceError:
        raise
    except Exception as error:  # noqa: BLE001  # Drivers have no class of errors in common.
        failure = store_error(step, error)
    raise failure


async def _awaited(step: str, work: Awaitable[_Result]) -> _Result:
    """`_stepped` for asyncio."""
    try:
        return await work
    except OnceError:
        raise
    except Exception as error:  # noqa: BLE001  # Drivers have no class of errors in common.
        failure = store_error(step, error)
    raise failure


def _key(event: HasDedupeKey | str) -> str:
    key = event if isinstance(event, str) else event.dedupe_key
    stored_key(key)  # Raises if it is none: then the store is not at fault.
    return key


def _other_keys(event: HasDedupeKey | str) -> Sequence[str]:
    """Those that an event has under other secrets of its endpoint. Only this package's own events know of them."""
    keys: Sequence[str] = getattr(event, "alternate_keys", ())
    return keys


def _yours_or_handled(claim: Claim, key: str) -> Claim:
    if claim.status == "busy":
        raise EventBusy(
            f"Another worker is handling {shown(key)} right now. Answer with 503: if that worker fails, only another "
            "delivery brings the event back."
        )
    return claim


def _unrecorded(key: str, error: StoreError) -> StoreError:
    return StoreError(
        f"{shown(key)} was handled, but that could not be noted down: {error} When its lease has run out, the next "
        "delivery will be handled again."
    )


def _log_unreleased(key: str, error: OnceError) -> None:
    _log.warning("%s was not handled, and stays claimed until its lease runs out: %s", shown(key), error)
