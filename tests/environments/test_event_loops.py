"""The SDK works with uvloop and nested event loops, and raises a clear error under trio."""

from __future__ import annotations

import pytest

from tests.environments.conftest import Api, Run
from tests.transports import ASYNC

CALLS = """
    import asyncio
    from orbitconnect import AsyncOrbitServer, DeadlineExceededError

    async def main():
        async with AsyncOrbitServer(KEY, timeout=10, transport={stack!r}) as orbit:
            ids = [f"u{{number}}" for number in range(120)]
            found = await asyncio.gather(*(orbit.users.get(user_id) for user_id in ids))
            assert [user.id for user in found] == ids
            assert (await orbit.users.get("busy")).id == "busy"
            task = asyncio.ensure_future(orbit.users.get("silent"))
            await asyncio.sleep(0.1)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                pass
            began = time.monotonic()
            try:
                await orbit.with_options(timeout=0.4).users.get("silent")
            except DeadlineExceededError as error:
                assert error.sent
            taken = time.monotonic() - began
            assert 0.38 < taken < 0.7, taken
            assert (await orbit.users.get("last")).id == "last"
"""


@pytest.fixture(params=ASYNC)
def stack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_calls_in_uvloop(run: Run, api: Api, stack: str) -> None:
    code = CALLS.format(stack=stack) + '\n    import uvloop\n    uvloop.run(main())\n    print("done")\n'
    assert run(code, "-W", "error") == "done\n"
    assert api.connections <= 102


def test_calls_in_uvloop_over_a_dead_address_and_a_proxy(run: Run, stack: str) -> None:
    code = """
        import asyncio, socket, uvloop
        from urllib.parse import urlsplit
        from orbitconnect import AsyncOrbitServer, ConnectionFailedError
        port = urlsplit(operations.BASE_URL).port
        real = socket.getaddrinfo
        def getaddrinfo(host, *arguments, **named):
            if host != "api.test":
                return real(host, *arguments, **named)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", number)) for number in (1, port)]
        socket.getaddrinfo = getaddrinfo
        operations.BASE_URL = "https://api.test"

        async def main():
            async with AsyncOrbitServer(KEY, timeout=5, max_retries=0, transport={stack!r}) as orbit:
                try:
                    await orbit.users.get("u")
                except ConnectionFailedError as error:
                    assert "CERTIFICATE_VERIFY_FAILED" in str(error), error
                else:
                    raise AssertionError
        uvloop.run(main())
        print("done")
    """
    assert run(code.format(stack=stack)) == "done\n"


def test_calls_in_nested_event_loops(run: Run, stack: str) -> None:
    code = CALLS.format(stack=stack) + (
        "\n    import nest_asyncio\n    nest_asyncio.apply()\n"
        "    async def outer():\n        asyncio.run(main())\n        await main()\n"
        "    asyncio.run(outer())\n    print('done')\n"
    )
    assert run(code) == "done\n"


def test_the_error_under_trio_says_what_to_do(run: Run, stack: str) -> None:
    code = """
        import trio
        from orbitconnect import AsyncOrbitServer, OrbitServer

        async def main():
            try:
                await AsyncOrbitServer(KEY, transport={stack!r}).users.get("u")
            except RuntimeError as error:
                print(error)
            try:
                await AsyncOrbitServer(KEY, transport={stack!r}).media.upload(b"x", acting_user_id="u")
            except RuntimeError as error:
                print(error)
            orbit = OrbitServer(KEY, timeout=10)
            user = await trio.to_thread.run_sync(orbit.users.get, "u1")
            print(user.id)
            orbit.close()

        trio.run(main)
    """
    said, said_of_a_file, found = run(code.format(stack=stack), "-W", "error").splitlines()
    assert said_of_a_file == said
    assert "asyncio" in said
    assert "trio.to_thread.run_sync" in said
    assert found == "u1"
