"""The emulator refuses a request by each of its rules, and with each error that the contract lists for an operation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from orbitconnect.emulator import ManualClock, failure, rules
from orbitconnect.emulator.rules import Rule
from orbitconnect_api.operations import OPERATIONS
from tests.emulator.refused import chat, every_operation, media_and_billing, meetings
from tests.emulator.refused.recorded import People, RecordingEmulator, Refused

NOT_THE_APIS = {
    rules.EMULATED: "The API has every operation.",
    rules.LOOPBACK_HOST: "It protects the emulator from web pages.",
    rules.LOOPBACK_ORIGIN: "It protects the emulator from web pages.",
    rules.FRAMING: "The request is not valid HTTP.",
}
"""The rules whose responses no operation of the contract lists, and why."""
NOT_SENT = {rules.SCRIPTED_FAULT: "A test scripts the response, so it can be anything."}


@pytest.fixture(scope="module")
def refusals() -> Iterator[set[Refused]]:
    """Send all requests, and return the refusals."""
    clock = ManualClock()
    with pytest.MonkeyPatch.context() as patch, RecordingEmulator(clock=clock, seed=1) as emulator:
        patch.setattr(failure.LOG, "disabled", True)
        emulator.refusals = set()
        people = People(emulator)
        every_operation.everywhere(emulator, people, patch)
        for story in (chat.users, chat.conversations, chat.messages, chat.calls, chat.sessions, meetings.meetings):
            story(people)
        with httpx.Client(transport=emulator.transport) as http:
            media_and_billing.media(people, clock, http)
            media_and_billing.uploads(people, clock, http)
        media_and_billing.webhooks(people)
        media_and_billing.billing(people, emulator)
        found = emulator.refusals | every_operation.limited() | every_operation.signed()
        yield found | asyncio.run(every_operation.over_http(patch))


def test_every_rule_refuses_a_request(refusals: set[Refused]) -> None:
    provoked = {refusal.rule for refusal in refusals}
    missing = [
        constant
        for constant, rule in vars(rules).items()
        if isinstance(rule, Rule) and rule not in NOT_SENT and rule.name not in provoked
    ]
    assert not missing, f"No request is refused by {missing}. Add one to tests/emulator/refused/, or remove the rule."


def test_every_operation_refuses_what_the_contract_lists(refusals: set[Refused]) -> None:
    """The other direction is tested by every test that uses the emulator: see `tests.emulator.conformance`."""
    exempt = {rule.name for rule in NOT_THE_APIS}
    seen = {(refusal.operation, refusal.status, refusal.code) for refusal in refusals if refusal.rule not in exempt}
    wrong = []
    for operation in OPERATIONS.values():
        listed = {(operation.id, status, code) for status, codes in operation.errors.items() for code in codes}
        answered = {answer for answer in seen if answer[0] == operation.id}
        wrong += [f"{refusal}: listed, but no request here gets it" for refusal in sorted(listed - answered)]
        wrong += [f"{refusal}: not listed" for refusal in sorted(answered - listed)]
    assert not wrong, "openapi/orbit.yaml or tests/emulator/refused/ is wrong:\n" + "\n".join(wrong)
