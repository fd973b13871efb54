"""Mappings can be passed instead of models, and none of their keys is silently dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orbitconnect.emulator import Emulator
from orbitconnect_api.models import ConversationContext, ConversationContextActor, GenerateInvoiceBody, SessionContext
from tests.arguments.recorder import Recorder, clients, run

CONTEXTS: dict[str, Any] = {
    "wire names": {"type": "booking", "referenceId": "b1", "actor": {"id": "s1"}},
    "attribute names": {"type": "booking", "reference_id": "b1", "actor": {"id": "s1"}},
    "the model": ConversationContext(type="booking", reference_id="b1", actor=ConversationContextActor(id="s1")),
    "a model inside": {"type": "booking", "reference_id": "b1", "actor": ConversationContextActor(id="s1")},
    "a read model": ConversationContext.from_dict({"type": "booking", "reference_id": "b1", "actor": {"id": "s1"}}),
}


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_both_names_are_sent_as_the_apis_name(context: Any) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        acting = orbit.as_user("usr_1")
        run(lambda orbit: orbit.conversations.create(type="direct", participant_id="u", context=context), acting)
        run(lambda orbit: orbit.conversations.update_context("cnv_1", context), acting)
    assert len(recorder.requests) == 4
    for request in recorder.requests:
        assert json.loads(request.content)["context"] == {
            "type": "booking",
            "referenceId": "b1",
            "actor": {"id": "s1"},
        }


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_find_or_create_finds_the_conversation(context: Any) -> None:
    with Emulator() as emulator:
        orbit = emulator.client()
        ada, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("ada", "bob"))
        acting = orbit.as_user(ada)
        made = acting.conversations.create(type="direct", participant_id=bob, context=context)
        assert made.context is not None
        assert made.context.reference_id == "b1"
        assert [found.id for found in acting.conversations.find_by_reference("b1")] == [made.id]


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({"referenceId": "b1", "reference_id": "b2"}, "context has reference_id twice"),
        ({"reference_id": "b1", "referenceId": "b1"}, "context has reference_id twice"),
        ({"ReferenceId": "b1"}, "context has no field 'ReferenceId'. Did you mean 'reference_id'?"),
        ({"referenceid": "b1"}, "context has no field 'referenceid'. Did you mean 'reference_id'?"),
        ({"refernce_id": "b1"}, "context has no field 'refernce_id'. Did you mean 'reference_id'?"),
        ({"refereneId": "b1"}, "context has no field 'refereneId'. Did you mean 'referenceId'?"),
        ({"tilte": "x"}, "context has no field 'tilte'. Did you mean 'title'?"),
        ({"actor": {"nmae": "x"}}, "context.actor has no field 'nmae'. Did you mean 'name'?"),
    ],
    ids=str,
)
def test_a_name_that_would_be_lost_raises_an_error(context: Any, words: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        acting = orbit.as_user("usr_1")
        for call in (
            lambda orbit: orbit.conversations.create(type="direct", participant_id="u", context=context),
            lambda orbit: orbit.conversations.update_context("cnv_1", context),
        ):
            with pytest.raises(ValueError, match=f"^{words}"):
                run(call, acting)
    assert recorder.requests == []


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ("booking", r"context must be a ConversationContext or a mapping such as a dict, not str\."),
        (["type", "booking"], r"context must be a ConversationContext or a mapping such as a dict, not list\."),
        (SessionContext(), r"context must be a ConversationContext or a mapping such as a dict, not SessionContext\."),
        ({"actor": "s1"}, r"context\.actor must be a ConversationContextActor or a mapping such as a dict, not str\."),
    ],
    ids=["text", "list", "another model", "text inside"],
)
def test_an_invalid_context_raises_an_error(context: Any, words: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        with pytest.raises(TypeError, match=f"^{words} In Python: .*orbit.conversations.update_context"):
            run(lambda orbit: orbit.conversations.update_context("cnv_1", context, acting_user_id="u"), orbit)
    assert recorder.requests == []


def test_unknown_fields_are_sent_unchanged() -> None:
    recorder = Recorder()
    given = {"room": "7", "x_team": {"reference_id": 1}, "status": None}
    for orbit in clients(recorder):
        run(lambda orbit: orbit.conversations.update_context("cnv_1", given, acting_user_id="u"), orbit)
    assert [json.loads(request.content) for request in recorder.requests] == [{"context": given}] * 2


def test_a_misspelled_field_from_the_api_is_sent_back() -> None:
    recorder = Recorder()
    context = ConversationContext.from_dict({"tilte": "x", "referenceId": "b1"})
    for orbit in clients(recorder):
        run(lambda orbit: orbit.conversations.update_context("cnv_1", context, acting_user_id="u"), orbit)
    assert json.loads(recorder.requests[0].content) == {"context": {"tilte": "x", "referenceId": "b1"}}


def test_a_raw_body_accepts_both_names() -> None:
    sent = {"from": "2026-01-01T00:00:00+00:00"}
    assert GenerateInvoiceBody.from_dict({"from_": "2026-01-01T00:00:00Z"}).to_dict() == sent
    assert GenerateInvoiceBody.from_dict({"from": "2026-01-01T00:00:00Z"}).to_dict() == sent
    with pytest.raises(ValueError, match=r"^from and from_ are the same field: pass only one of them\.$"):
        GenerateInvoiceBody.from_dict({"from": "2026-01-01T00:00:00Z", "from_": "2026-01-01T00:00:00Z"})
