"""A support case from the first question to the invoice: how the parts work together in an application."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from orbitconnect import ConflictError, OrbitServer, OrbitServerError, PermissionDeniedError

if TYPE_CHECKING or __package__:
    from .narration import Stage, open_stage, say, show, show_failure
else:
    from narration import Stage, open_stage, say, show, show_failure

CASE = "case_4711"


def main() -> None:
    with open_stage("A support case, from the first question to the invoice") as stage:
        try:
            run(stage)
        except OrbitServerError as error:
            # The one exception that all calls raise. The request id is what the vendor's support asks for.
            print(f"The case came to a halt: status={error.status} code={error.code!r} request={error.request_id}")
            raise SystemExit(str(error)) from error


def run(stage: Stage) -> None:
    orbit = stage.orbit
    customer = show(
        "Mia signs in. Your backend upserts her,",
        lambda: orbit.users.create(external_id="example-mia", display_name="Mia", metadata={"plan": "pro"}),
    )
    agent = orbit.users.create(external_id="example-noah", display_name="Noah", metadata={"team": "support"})
    show("and gives her browser a token.", lambda: orbit.users.create_token(customer.id, ttl=900))
    as_customer, as_agent = orbit.as_user(customer.id), orbit.as_user(agent.id)

    chat = show(
        "She asks for help. The conversation knows which case it belongs to.",
        lambda: as_customer.conversations.create(
            type="direct",
            participant_id=agent.id,
            context={"type": "support", "referenceId": CASE, "title": "The door does not open"},
        ),
        *("id", "type", "context"),
    )
    show(
        "The first question.",
        lambda: as_customer.messages.send(conversation_id=chat.id, content="The door does not open. What can I do?"),
        *("sequence", "content"),
    )
    session = as_agent.realtime.create_session(type="chat_session", context_id=chat.id)
    log_id = send_log(stage, customer.id, agent.id, chat.id)
    minutes = talk(stage, customer.id, agent.id, chat.id, session.id)
    messages = show(
        "Every message of the case, the newest first: that is the answer.",
        lambda: as_customer.messages.list(chat.id),
        *("content", "type"),
    )
    show("Mia has read it.", lambda: as_customer.messages.mark_read(messages[0].id))
    show("The case is closed.", lambda: as_agent.realtime.end_session(session.id), "status", "state")
    show("Its log is not needed any more.", lambda: as_customer.media.delete(log_id))
    bill(orbit, minutes)
    happened = Counter(event.type for event in orbit.webhooks.list_events())
    say(
        "All that has happened are events, and webhooks tell your backend of those that it subscribes to:",
        *(f"{count} x {event_type}" for event_type, count in sorted(happened.items(), key=str)),
    )


def send_log(stage: Stage, customer_id: str, agent_id: str, chat_id: str) -> str:
    """Uploads a file and sends a message that names it; returns the file's id."""
    as_customer, as_agent = stage.orbit.as_user(customer_id), stage.orbit.as_user(agent_id)
    upload = show("She adds the door's log.", lambda: as_customer.media.generate_upload_url("text/plain"), "method")
    put = stage.http.put(stage.url(upload.upload_path), content=b"pushed\npushed\n", headers=upload.headers)
    media_id = upload.media_id or ""
    put.raise_for_status()
    while as_customer.media.get_status(media_id).status not in ("ready", "failed"):
        stage.wait(2)
    show(
        "The message names it.",
        lambda: as_customer.messages.send(
            conversation_id=chat_id, content="This is its log.", type="file", metadata={"media_id": media_id}
        ),
        *("content", "type", "metadata"),
    )
    show_failure(
        "Being in the same conversation is not enough to see a file,",
        lambda: as_agent.media.get_download_url(media_id),
        OrbitServerError,
    )
    as_customer.media.grant_access(media_id, user_id=agent_id, access_type="download")
    show("so she grants it.", lambda: as_agent.media.get_download_url(media_id), "media_id", "url", "expires_at")
    return media_id


def talk(stage: Stage, customer_id: str, agent_id: str, chat_id: str, session_id: str) -> float:
    """Noah calls, then shows her how it is done; returns how many minutes it took."""
    as_customer, as_agent = stage.orbit.as_user(customer_id), stage.orbit.as_user(agent_id)
    try:
        call = show("Noah calls Mia.", lambda: as_agent.calls.initiate(callee_id=customer_id, type="voice"), "status")
    except ConflictError:  # She is in another call. A message waits until she has time.
        as_agent.messages.send(conversation_id=chat_id, content="I tried to call you. When does it suit you?")
        return 0
    as_customer.calls.accept(call.id)
    show(
        "The session follows.", lambda: as_customer.realtime.chat_to_call(session_id, call.id), "from_state", "to_state"
    )
    stage.wait(240 if stage.emulator else 2)

    meeting = as_agent.meetings.create(title=f"{CASE}: the door")
    as_agent.meetings.start(meeting.id)
    as_agent.meetings.add_participant(meeting.id, customer_id)
    as_customer.realtime.call_to_meeting(session_id, meeting.id)
    ended = show("Words do not do it: they meet instead.", lambda: as_agent.calls.end(call.id), "duration_seconds")
    for person in (as_agent, as_customer):
        person.meetings.join(meeting.id)
    show("Noah shares his screen and shows how.", lambda: as_agent.meetings.start_screen_share(meeting.id))
    show_failure("Only the host can end it.", lambda: as_customer.meetings.end(meeting.id), PermissionDeniedError)
    as_agent.meetings.end(meeting.id)
    as_agent.messages.send(conversation_id=chat_id, content="As shown: pull, do not push.")
    show(
        "Back to the chat, where the answer is kept.",
        lambda: as_agent.realtime.meeting_to_chat(session_id, chat_id),
        *("from_state", "to_state"),
    )
    return (ended.duration_seconds or 0) / 60


def bill(orbit: OrbitServer, minutes: float) -> None:
    if os.environ.get("ORBIT_SECRET_KEY", "").startswith("sk_live_"):
        say("Billing is left out: with this key it would move real money.")
        return
    show("The wallet is filled,", lambda: orbit.billing.top_up(5.0))
    show("and an alert watches it.", lambda: orbit.billing.create_alert(type="low_balance", threshold=4.99))
    show(
        "What the case has used:",
        lambda: orbit.billing.record_usage_event(event_type="call_minutes", quantity=minutes, metadata={"case": CASE}),
        *("event_type", "quantity", "unit_price", "amount", "currency"),
    )
    show("The balance fell below the threshold.", lambda: orbit.billing.get_alerts(), "threshold", "last_triggered_at")
    show("What moved money.", lambda: orbit.billing.get_transactions(), "type", "amount", "balance_after")
    show(
        "At the end, the invoice.",
        lambda: orbit.billing.generate_invoice(),
        *("number", "status", "lines", "total_amount", "currency"),
    )


if __name__ == "__main__":
    main()
