"""The models. Each one is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .add_call_ice_candidate_body import AddCallIceCandidateBody as AddCallIceCandidateBody
    from .add_conversation_participant_body import AddConversationParticipantBody as AddConversationParticipantBody
    from .add_meeting_participant_body import AddMeetingParticipantBody as AddMeetingParticipantBody
    from .app_user import AppUser as AppUser
    from .billing_alert import BillingAlert as BillingAlert
    from .billing_alert_event_data import BillingAlertEventData as BillingAlertEventData
    from .call import Call as Call
    from .call_event_data import CallEventData as CallEventData
    from .call_metrics import CallMetrics as CallMetrics
    from .call_recording_event_data import CallRecordingEventData as CallRecordingEventData
    from .complete_multipart_upload_body import CompleteMultipartUploadBody as CompleteMultipartUploadBody
    from .conversation import Conversation as Conversation
    from .conversation_context import ConversationContext as ConversationContext
    from .conversation_context_actor import ConversationContextActor as ConversationContextActor
    from .conversation_event_data import ConversationEventData as ConversationEventData
    from .conversation_participant_event_data import (
        ConversationParticipantEventData as ConversationParticipantEventData,
    )
    from .create_app_user_body import CreateAppUserBody as CreateAppUserBody
    from .create_billing_alert_body import CreateBillingAlertBody as CreateBillingAlertBody
    from .create_conversation_body import CreateConversationBody as CreateConversationBody
    from .create_meeting_body import CreateMeetingBody as CreateMeetingBody
    from .create_session_body import CreateSessionBody as CreateSessionBody
    from .create_user_token_body import CreateUserTokenBody as CreateUserTokenBody
    from .create_webhook_body import CreateWebhookBody as CreateWebhookBody
    from .delivery import Delivery as Delivery
    from .delivery_attempt import DeliveryAttempt as DeliveryAttempt
    from .edit_message_body import EditMessageBody as EditMessageBody
    from .emit_session_event_body import EmitSessionEventBody as EmitSessionEventBody
    from .event import Event as Event
    from .forward_message_body import ForwardMessageBody as ForwardMessageBody
    from .generate_invoice_body import GenerateInvoiceBody as GenerateInvoiceBody
    from .generate_meeting_token_body import GenerateMeetingTokenBody as GenerateMeetingTokenBody
    from .generate_upload_url_body import GenerateUploadUrlBody as GenerateUploadUrlBody
    from .grant_media_access_body import GrantMediaAccessBody as GrantMediaAccessBody
    from .init_multipart_upload_body import InitMultipartUploadBody as InitMultipartUploadBody
    from .initiate_call_body import InitiateCallBody as InitiateCallBody
    from .invoice import Invoice as Invoice
    from .invoice_event_data import InvoiceEventData as InvoiceEventData
    from .invoice_line import InvoiceLine as InvoiceLine
    from .join_meeting_body import JoinMeetingBody as JoinMeetingBody
    from .kick_meeting_participant_body import KickMeetingParticipantBody as KickMeetingParticipantBody
    from .media import Media as Media
    from .media_access import MediaAccess as MediaAccess
    from .media_access_event_data import MediaAccessEventData as MediaAccessEventData
    from .media_dimensions import MediaDimensions as MediaDimensions
    from .media_error import MediaError as MediaError
    from .media_event_data import MediaEventData as MediaEventData
    from .media_metadata import MediaMetadata as MediaMetadata
    from .media_status import MediaStatus as MediaStatus
    from .media_url import MediaUrl as MediaUrl
    from .meeting import Meeting as Meeting
    from .meeting_event_data import MeetingEventData as MeetingEventData
    from .meeting_join import MeetingJoin as MeetingJoin
    from .meeting_metrics import MeetingMetrics as MeetingMetrics
    from .meeting_participant import MeetingParticipant as MeetingParticipant
    from .meeting_participant_event_data import MeetingParticipantEventData as MeetingParticipantEventData
    from .meeting_recording_event_data import MeetingRecordingEventData as MeetingRecordingEventData
    from .meeting_token import MeetingToken as MeetingToken
    from .message import Message as Message
    from .message_event_data import MessageEventData as MessageEventData
    from .message_info import MessageInfo as MessageInfo
    from .message_reaction_event_data import MessageReactionEventData as MessageReactionEventData
    from .message_receipt import MessageReceipt as MessageReceipt
    from .message_receipt_event_data import MessageReceiptEventData as MessageReceiptEventData
    from .message_sent_event_data import MessageSentEventData as MessageSentEventData
    from .multipart_session import MultipartSession as MultipartSession
    from .mute_meeting_participant_body import MuteMeetingParticipantBody as MuteMeetingParticipantBody
    from .participant import Participant as Participant
    from .platform_event import PlatformEvent as PlatformEvent
    from .publish_event_body import PublishEventBody as PublishEventBody
    from .react_to_message_body import ReactToMessageBody as ReactToMessageBody
    from .reaction import Reaction as Reaction
    from .record_usage_event_body import RecordUsageEventBody as RecordUsageEventBody
    from .recording import Recording as Recording
    from .recording_event_data import RecordingEventData as RecordingEventData
    from .reply_to_message_body import ReplyToMessageBody as ReplyToMessageBody
    from .send_message_body import SendMessageBody as SendMessageBody
    from .session import Session as Session
    from .session_context import SessionContext as SessionContext
    from .session_context_updated_event_data import SessionContextUpdatedEventData as SessionContextUpdatedEventData
    from .session_event import SessionEvent as SessionEvent
    from .session_event_emitted_event_data import SessionEventEmittedEventData as SessionEventEmittedEventData
    from .session_lifecycle_event_data import SessionLifecycleEventData as SessionLifecycleEventData
    from .session_transitioned_event_data import SessionTransitionedEventData as SessionTransitionedEventData
    from .sfu_session import SfuSession as SfuSession
    from .start_recording_body import StartRecordingBody as StartRecordingBody
    from .submit_call_answer_body import SubmitCallAnswerBody as SubmitCallAnswerBody
    from .submit_call_metrics_body import SubmitCallMetricsBody as SubmitCallMetricsBody
    from .submit_call_offer_body import SubmitCallOfferBody as SubmitCallOfferBody
    from .submit_meeting_metrics_body import SubmitMeetingMetricsBody as SubmitMeetingMetricsBody
    from .subscribe_webhook_body import SubscribeWebhookBody as SubscribeWebhookBody
    from .top_up_wallet_body import TopUpWalletBody as TopUpWalletBody
    from .transaction import Transaction as Transaction
    from .transition import Transition as Transition
    from .transition_session_body import TransitionSessionBody as TransitionSessionBody
    from .turn_credentials import TurnCredentials as TurnCredentials
    from .unmute_meeting_participant_body import UnmuteMeetingParticipantBody as UnmuteMeetingParticipantBody
    from .update_app_user_body import UpdateAppUserBody as UpdateAppUserBody
    from .update_conversation_body import UpdateConversationBody as UpdateConversationBody
    from .update_conversation_context_body import UpdateConversationContextBody as UpdateConversationContextBody
    from .update_meeting_body import UpdateMeetingBody as UpdateMeetingBody
    from .update_meeting_participant_role_body import (
        UpdateMeetingParticipantRoleBody as UpdateMeetingParticipantRoleBody,
    )
    from .update_session_body import UpdateSessionBody as UpdateSessionBody
    from .update_session_context_body import UpdateSessionContextBody as UpdateSessionContextBody
    from .update_webhook_body import UpdateWebhookBody as UpdateWebhookBody
    from .upload_part import UploadPart as UploadPart
    from .upload_session import UploadSession as UploadSession
    from .usage_aggregate import UsageAggregate as UsageAggregate
    from .usage_event import UsageEvent as UsageEvent
    from .usage_recorded_event_data import UsageRecordedEventData as UsageRecordedEventData
    from .usage_summary import UsageSummary as UsageSummary
    from .usage_total import UsageTotal as UsageTotal
    from .user_event_data import UserEventData as UserEventData
    from .user_token import UserToken as UserToken
    from .wallet import Wallet as Wallet
    from .wallet_low_balance_event_data import WalletLowBalanceEventData as WalletLowBalanceEventData
    from .wallet_topped_up_event_data import WalletToppedUpEventData as WalletToppedUpEventData
    from .webhook import Webhook as Webhook
    from .webhook_subscription import WebhookSubscription as WebhookSubscription
    from .webhook_test_event_data import WebhookTestEventData as WebhookTestEventData
    from .webrtc_token import WebrtcToken as WebrtcToken

_MODULES = {
    "AddCallIceCandidateBody": "add_call_ice_candidate_body",
    "AddConversationParticipantBody": "add_conversation_participant_body",
    "AddMeetingParticipantBody": "add_meeting_participant_body",
    "AppUser": "app_user",
    "BillingAlert": "billing_alert",
    "BillingAlertEventData": "billing_alert_event_data",
    "Call": "call",
    "CallEventData": "call_event_data",
    "CallMetrics": "call_metrics",
    "CallRecordingEventData": "call_recording_event_data",
    "CompleteMultipartUploadBody": "complete_multipart_upload_body",
    "Conversation": "conversation",
    "ConversationContext": "conversation_context",
    "ConversationContextActor": "conversation_context_actor",
    "ConversationEventData": "conversation_event_data",
    "ConversationParticipantEventData": "conversation_participant_event_data",
    "CreateAppUserBody": "create_app_user_body",
    "CreateBillingAlertBody": "create_billing_alert_body",
    "CreateConversationBody": "create_conversation_body",
    "CreateMeetingBody": "create_meeting_body",
    "CreateSessionBody": "create_session_body",
    "CreateUserTokenBody": "create_user_token_body",
    "CreateWebhookBody": "create_webhook_body",
    "Delivery": "delivery",
    "DeliveryAttempt": "delivery_attempt",
    "EditMessageBody": "edit_message_body",
    "EmitSessionEventBody": "emit_session_event_body",
    "Event": "event",
    "ForwardMessageBody": "forward_message_body",
    "GenerateInvoiceBody": "generate_invoice_body",
    "GenerateMeetingTokenBody": "generate_meeting_token_body",
    "GenerateUploadUrlBody": "generate_upload_url_body",
    "GrantMediaAccessBody": "grant_media_access_body",
    "InitiateCallBody": "initiate_call_body",
    "InitMultipartUploadBody": "init_multipart_upload_body",
    "Invoice": "invoice",
    "InvoiceEventData": "invoice_event_data",
    "InvoiceLine": "invoice_line",
    "JoinMeetingBody": "join_meeting_body",
    "KickMeetingParticipantBody": "kick_meeting_participant_body",
    "Media": "media",
    "MediaAccess": "media_access",
    "MediaAccessEventData": "media_access_event_data",
    "MediaDimensions": "media_dimensions",
    "MediaError": "media_error",
    "MediaEventData": "media_event_data",
    "MediaMetadata": "media_metadata",
    "MediaStatus": "media_status",
    "MediaUrl": "media_url",
    "Meeting": "meeting",
    "MeetingEventData": "meeting_event_data",
    "MeetingJoin": "meeting_join",
    "MeetingMetrics": "meeting_metrics",
    "MeetingParticipant": "meeting_participant",
    "MeetingParticipantEventData": "meeting_participant_event_data",
    "MeetingRecordingEventData": "meeting_recording_event_data",
    "MeetingToken": "meeting_token",
    "Message": "message",
    "MessageEventData": "message_event_data",
    "MessageInfo": "message_info",
    "MessageReactionEventData": "message_reaction_event_data",
    "MessageReceipt": "message_receipt",
    "MessageReceiptEventData": "message_receipt_event_data",
    "MessageSentEventData": "message_sent_event_data",
    "MultipartSession": "multipart_session",
    "MuteMeetingParticipantBody": "mute_meeting_participant_body",
    "Participant": "participant",
    "PlatformEvent": "platform_event",
    "PublishEventBody": "publish_event_body",
    "Reaction": "reaction",
    "ReactToMessageBody": "react_to_message_body",
    "Recording": "recording",
    "RecordingEventData": "recording_event_data",
    "RecordUsageEventBody": "record_usage_event_body",
    "ReplyToMessageBody": "reply_to_message_body",
    "SendMessageBody": "send_message_body",
    "Session": "session",
    "SessionContext": "session_context",
    "SessionContextUpdatedEventData": "session_context_updated_event_data",
    "SessionEvent": "session_event",
    "SessionEventEmittedEventData": "session_event_emitted_event_data",
    "SessionLifecycleEventData": "session_lifecycle_event_data",
    "SessionTransitionedEventData": "session_transitioned_event_data",
    "SfuSession": "sfu_session",
    "StartRecordingBody": "start_recording_body",
    "SubmitCallAnswerBody": "submit_call_answer_body",
    "SubmitCallMetricsBody": "submit_call_metrics_body",
    "SubmitCallOfferBody": "submit_call_offer_body",
    "SubmitMeetingMetricsBody": "submit_meeting_metrics_body",
    "SubscribeWebhookBody": "subscribe_webhook_body",
    "TopUpWalletBody": "top_up_wallet_body",
    "Transaction": "transaction",
    "Transition": "transition",
    "TransitionSessionBody": "transition_session_body",
    "TurnCredentials": "turn_credentials",
    "UnmuteMeetingParticipantBody": "unmute_meeting_participant_body",
    "UpdateAppUserBody": "update_app_user_body",
    "UpdateConversationBody": "update_conversation_body",
    "UpdateConversationContextBody": "update_conversation_context_body",
    "UpdateMeetingBody": "update_meeting_body",
    "UpdateMeetingParticipantRoleBody": "update_meeting_participant_role_body",
    "UpdateSessionBody": "update_session_body",
    "UpdateSessionContextBody": "update_session_context_body",
    "UpdateWebhookBody": "update_webhook_body",
    "UploadPart": "upload_part",
    "UploadSession": "upload_session",
    "UsageAggregate": "usage_aggregate",
    "UsageEvent": "usage_event",
    "UsageRecordedEventData": "usage_recorded_event_data",
    "UsageSummary": "usage_summary",
    "UsageTotal": "usage_total",
    "UserEventData": "user_event_data",
    "UserToken": "user_token",
    "Wallet": "wallet",
    "WalletLowBalanceEventData": "wallet_low_balance_event_data",
    "WalletToppedUpEventData": "wallet_topped_up_event_data",
    "Webhook": "webhook",
    "WebhookSubscription": "webhook_subscription",
    "WebhookTestEventData": "webhook_test_event_data",
    "WebrtcToken": "webrtc_token",
}

__all__ = [
    "AddCallIceCandidateBody",
    "AddConversationParticipantBody",
    "AddMeetingParticipantBody",
    "AppUser",
    "BillingAlert",
    "BillingAlertEventData",
    "Call",
    "CallEventData",
    "CallMetrics",
    "CallRecordingEventData",
    "CompleteMultipartUploadBody",
    "Conversation",
    "ConversationContext",
    "ConversationContextActor",
    "ConversationEventData",
    "ConversationParticipantEventData",
    "CreateAppUserBody",
    "CreateBillingAlertBody",
    "CreateConversationBody",
    "CreateMeetingBody",
    "CreateSessionBody",
    "CreateUserTokenBody",
    "CreateWebhookBody",
    "Delivery",
    "DeliveryAttempt",
    "EditMessageBody",
    "EmitSessionEventBody",
    "Event",
    "ForwardMessageBody",
    "GenerateInvoiceBody",
    "GenerateMeetingTokenBody",
    "GenerateUploadUrlBody",
    "GrantMediaAccessBody",
    "InitiateCallBody",
    "InitMultipartUploadBody",
    "Invoice",
    "InvoiceEventData",
    "InvoiceLine",
    "JoinMeetingBody",
    "KickMeetingParticipantBody",
    "Media",
    "MediaAccess",
    "MediaAccessEventData",
    "MediaDimensions",
    "MediaError",
    "MediaEventData",
    "MediaMetadata",
    "MediaStatus",
    "MediaUrl",
    "Meeting",
    "MeetingEventData",
    "MeetingJoin",
    "MeetingMetrics",
    "MeetingParticipant",
    "MeetingParticipantEventData",
    "MeetingRecordingEventData",
    "MeetingToken",
    "Message",
    "MessageEventData",
    "MessageInfo",
    "MessageReactionEventData",
    "MessageReceipt",
    "MessageReceiptEventData",
    "MessageSentEventData",
    "MultipartSession",
    "MuteMeetingParticipantBody",
    "Participant",
    "PlatformEvent",
    "PublishEventBody",
    "Reaction",
    "ReactToMessageBody",
    "Recording",
    "RecordingEventData",
    "RecordUsageEventBody",
    "ReplyToMessageBody",
    "SendMessageBody",
    "Session",
    "SessionContext",
    "SessionContextUpdatedEventData",
    "SessionEvent",
    "SessionEventEmittedEventData",
    "SessionLifecycleEventData",
    "SessionTransitionedEventData",
    "SfuSession",
    "StartRecordingBody",
    "SubmitCallAnswerBody",
    "SubmitCallMetricsBody",
    "SubmitCallOfferBody",
    "SubmitMeetingMetricsBody",
    "SubscribeWebhookBody",
    "TopUpWalletBody",
    "Transaction",
    "Transition",
    "TransitionSessionBody",
    "TurnCredentials",
    "UnmuteMeetingParticipantBody",
    "UpdateAppUserBody",
    "UpdateConversationBody",
    "UpdateConversationContextBody",
    "UpdateMeetingBody",
    "UpdateMeetingParticipantRoleBody",
    "UpdateSessionBody",
    "UpdateSessionContextBody",
    "UpdateWebhookBody",
    "UploadPart",
    "UploadSession",
    "UsageAggregate",
    "UsageEvent",
    "UsageRecordedEventData",
    "UsageSummary",
    "UsageTotal",
    "UserEventData",
    "UserToken",
    "Wallet",
    "WalletLowBalanceEventData",
    "WalletToppedUpEventData",
    "Webhook",
    "WebhookSubscription",
    "WebhookTestEventData",
    "WebrtcToken",
]


def __getattr__(name: str) -> Any:
    try:
        module = import_module(f".{_MODULES[name]}", __name__)
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    model = globals()[name] = getattr(module, name)
    return model


def __dir__() -> list[str]:
    return __all__
