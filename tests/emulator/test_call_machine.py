"""Random calls between a few users. A user is in at most one call at a time, and each call ends once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from attrs import define
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect.emulator import ManualClock
from tests.emulator.watched import WatchedEmulator
from tests.properties.strategies import examples

USERS = st.integers(0, 2)
PICKS = st.sampled_from([0, 0, 0, 1, 2])
ACTIONS = st.sampled_from(["initiate", "accept", "accept", "reject", "end", "toggle_record", "wait"])
WAITS = st.sampled_from([1, 30, 59, 60, 61])

ENDS = {"ended": "call.ended", "missed": "call.ended", "rejected": "call.rejected"}


@define
class ExpectedCall:
    id: str
    caller: int
    callee: int
    rings_until: datetime
    status: str = "ringing"
    is_recording: bool = False

    def after(self, way: str, by: int) -> tuple[int, str]:
        """The expected result of an operation, and the call's status afterwards."""
        if by not in (self.caller, self.callee):
            return 404, self.status
        answers = way in ("accept", "reject")
        if answers and by != self.callee:
            return 403, self.status
        if answers and self.status == "ringing":
            return 200, f"{way}ed"
        if way == "end" and (self.status == "accepted" or (self.status == "ringing" and by == self.caller)):
            return 200, "ended"
        if way == "toggle_record" and self.status == "accepted":
            return 200, "accepted"
        return 409, self.status


class Calls(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.clock = ManualClock(datetime(2026, 1, 5, tzinfo=UTC))
        self.emulator = WatchedEmulator(clock=self.clock, seed=1)
        orbit = self.emulator.client(max_retries=0)
        self.ids = [orbit.users.create(external_id=str(n), display_name=str(n)).id for n in range(3)]
        self.users: list[OrbitServer] = [orbit.as_user(user_id) for user_id in self.ids]
        self.calls: list[ExpectedCall] = []

    def teardown(self) -> None:
        if hasattr(self, "emulator"):
            self.emulator.close()

    def busy(self) -> set[int]:
        open_calls = [call for call in self.calls if call.status not in ENDS]
        return {user for call in open_calls for user in (call.caller, call.callee)}

    # There is only one rule, because Hypothesis omits some rules in most runs, and most states can be reached only if
    # all actions are available.
    @rule(action=ACTIONS, user=USERS, other=USERS, pick=PICKS, seconds=WAITS)
    def act(self, action: str, user: int, other: int, pick: int, seconds: int) -> None:
        if action == "initiate" or not self.calls:
            self.initiate(user, other)
        elif action == "wait":
            self.wait(seconds)
        else:
            self.attempt(self.calls[-1 - pick % len(self.calls)], user, action)

    def initiate(self, caller: int, callee: int) -> None:
        expected = 422 if caller == callee else 409 if {caller, callee} & self.busy() else 200
        status = 200
        try:
            made = self.users[caller].calls.initiate(callee_id=self.ids[callee], type="voice")
            self.calls.append(ExpectedCall(made.id, caller, callee, self.clock.now() + timedelta(seconds=60)))
        except OrbitServerError as error:
            status = error.status
        assert status == expected

    def attempt(self, call: ExpectedCall, by: int, way: str) -> None:
        expected, then = call.after(way, by)
        status = 200
        try:
            getattr(self.users[by].calls, way)(call.id)
        except OrbitServerError as error:
            status = error.status
        assert status == expected
        if status == 200:
            call.status = then
            call.is_recording = then == "accepted" and call.is_recording != (way == "toggle_record")

    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)
        for call in self.calls:
            if call.status == "ringing" and call.rings_until <= self.clock.now():
                call.status = "missed"

    @invariant()
    def statuses_match_and_each_call_ends_once(self) -> None:
        if not hasattr(self, "calls"):
            return
        for number, user in enumerate(self.users):
            own = [call for call in reversed(self.calls) if number in (call.caller, call.callee)]
            assert [(call.id, call.status, call.is_recording) for call in user.calls.list()] == [
                (call.id, call.status, call.is_recording) for call in own
            ]

        # Read the events afterwards, because due jobs run with the next request.
        ends: dict[str, list[str]] = {}
        for name, data in self.emulator.recorded("call."):
            if name in ENDS.values():
                ends.setdefault(data["call"]["id"], []).append(name)
        assert ends == {call.id: [ENDS[call.status]] for call in self.calls if call.status in ENDS}


TestCalls = Calls.TestCase
TestCalls.settings = settings(examples(40), stateful_step_count=30)
