from __future__ import annotations

from collections.abc import Iterator

import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from tests.emulator.watched import WatchedEmulator

MEETING = "meeting."
"""The prefix of the event types of meetings."""


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[WatchedEmulator]:
    with WatchedEmulator(clock=clock, seed=1) as emulator:
        yield emulator


@pytest.fixture
def host(orbit: OrbitServer, alice: str) -> OrbitServer:
    return orbit.as_user(alice)


@pytest.fixture
def guest(orbit: OrbitServer, bob: str) -> OrbitServer:
    return orbit.as_user(bob)


@pytest.fixture
def stranger(orbit: OrbitServer, carol: str) -> OrbitServer:
    return orbit.as_user(carol)


@pytest.fixture
def planned(host: OrbitServer) -> Meeting:
    return host.meetings.create(title="Weekly review", description="What was, what comes")


@pytest.fixture
def live(host: OrbitServer, planned: Meeting, bob: str) -> Meeting:
    """A live meeting that its host has joined, with Bob as a participant."""
    host.meetings.add_participant(planned.id, bob)
    host.meetings.start(planned.id)
    return host.meetings.join(planned.id).meeting


def entry(orbit: OrbitServer, meeting: Meeting, user_id: str) -> MeetingParticipant:
    """A participant of a meeting."""
    participants = orbit.meetings.get(meeting.id).participants
    assert participants is not None
    return next(participant for participant in participants if participant.app_user_id == user_id)
