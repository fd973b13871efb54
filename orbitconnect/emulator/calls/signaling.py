"""Signaling: what the two devices of a call exchange to connect to each other."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import operations
from orbitconnect_api.models.add_call_ice_candidate_body import AddCallIceCandidateBody
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.submit_call_answer_body import SubmitCallAnswerBody
from orbitconnect_api.models.submit_call_offer_body import SubmitCallOfferBody

from ..context import RequestContext
from ..refusals import conflict
from ..registry import handles
from ..rules import OFFER_THEN_ANSWER
from ..tables.calls import CallSignalRow
from .lifecycle import check_not_over
from .model import call_model
from .rows import own_call

OFFER: Final = "offer"
ANSWER: Final = "answer"
CANDIDATE: Final = "ice_candidate"


@handles(operations.SUBMIT_CALL_OFFER)
def submit_offer(context: RequestContext, call_id: str) -> Call:
    """Store an offer. Either user can make an offer, and can make another one later to renegotiate the connection."""
    check_not_over(own_call(context, call_id))
    _add(context, call_id, OFFER, SubmitCallOfferBody.from_dict(context.body).sdp)
    return call_model(context, call_id)


@handles(operations.SUBMIT_CALL_ANSWER)
def submit_answer(context: RequestContext, call_id: str) -> Call:
    """Store the answer to the last offer, which the other user made."""
    check_not_over(own_call(context, call_id))
    last = context.store.one_or_none(
        CallSignalRow,
        "SELECT * FROM call_signals WHERE call_id = ? AND kind != ? ORDER BY n DESC LIMIT 1",
        (call_id, CANDIDATE),
    )
    if last is None:
        raise conflict("There is no offer to answer.", OFFER_THEN_ANSWER)
    if last.kind == ANSWER:
        raise conflict("The last offer has already been answered.", OFFER_THEN_ANSWER)
    if last.sender_id == context.actor_id:
        raise conflict("The acting user made the last offer. Only the other user can answer it.", OFFER_THEN_ANSWER)
    _add(context, call_id, ANSWER, SubmitCallAnswerBody.from_dict(context.body).sdp)
    return call_model(context, call_id)


@handles(operations.ADD_CALL_ICE_CANDIDATE)
def add_ice_candidate(context: RequestContext, call_id: str) -> None:
    """Store an ICE candidate. A candidate can arrive before the offer."""
    check_not_over(own_call(context, call_id))
    _add(context, call_id, CANDIDATE, AddCallIceCandidateBody.from_dict(context.body).candidate)


def _add(context: RequestContext, call_id: str, kind: str, content: str) -> None:
    context.store.run(
        "INSERT INTO call_signals (call_id, sender_id, kind, content, created_at) VALUES (?, ?, ?, ?, ?)",
        (call_id, context.actor_id, kind, content, context.now),
    )
