"""Checks the emulator against the contract with schemathesis: `make conformance`.

It starts the loopback server, creates some data, and lets schemathesis call every operation with values from the
contract. Operations are called one at a time, and in sequences that pass ids from responses to later requests.
`schemathesis.toml` says which checks the responses must pass.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orbitconnect import OrbitServer
from orbitconnect.emulator import LoopbackTransport
from orbitconnect_api import operations
from tests.yaml_files import CONTRACT

KEY = "sk_test_conformance"
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@contextmanager
def emulator() -> Iterator[str]:
    """Run the server during the block, and yield its origin."""
    command = [sys.executable, "-m", "orbitconnect", "emulator", "--port", "0", "--seed", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            yield next(word for word in line.split() if word.startswith("http://")).rstrip("/.")
        finally:
            process.terminate()
            process.communicate()


def acting_user(origin: str) -> str:
    """Create a user, and a resource of each kind that the user can see."""
    with OrbitServer(KEY, transport=LoopbackTransport(origin)) as orbit:
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob"))
        as_alice = orbit.as_user(alice)
        chat = as_alice.conversations.create(type="group", participant_ids=[bob])
        as_alice.messages.send(conversation_id=chat.id, content="Hello")
        as_alice.calls.initiate(callee_id=bob, type="video")
        as_alice.meetings.start(as_alice.meetings.create(title="Review").id)
        as_alice.media.generate_upload_url("image/png")
        as_alice.realtime.create_session(type="chat_session", context_id=chat.id)
        orbit.billing.top_up(1_000_000)
        return alice


def main() -> int:
    """Run schemathesis and return its exit status."""
    parser = argparse.ArgumentParser(description="Holds the emulator against the contract.")
    parser.add_argument("schemathesis", type=Path, help="the command `schemathesis`, in an environment of its own")
    parser.add_argument("--examples", type=int, default=5, help="how many values to try for each operation")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with emulator() as origin, tempfile.TemporaryDirectory() as folder:
        command = [
            *(str(options.schemathesis.absolute()), "--config-file", str(CONFIGURATION)),
            *("run", str(CONTRACT), "--origin", origin),
            *("--header", f"{operations.SECRET_KEY_HEADER}: {KEY}"),
            *("--header", f"{operations.ACTING_USER_HEADER}: {acting_user(origin)}"),
            *("--checks", "all", "--max-examples", str(options.examples), "--seed", str(options.seed)),
            *("--no-shrink", "--warnings", "off", "--continue-on-failure"),
        ]
        # schemathesis leaves files in its working folder.
        finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if finished.returncode:
        print(finished.stdout[-20_000:], finished.stderr[-2_000:])
    else:
        print(finished.stdout[finished.stdout.find("= SUMMARY") :][:2_000])
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main())
