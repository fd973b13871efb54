from typing import TypeAlias

ConversationType: TypeAlias
ConversationContextType: TypeAlias
ParticipantRole: TypeAlias
MessageType: TypeAlias
MessageStatus: TypeAlias
CallType: TypeAlias
CallStatus: TypeAlias
MeetingStatus: TypeAlias
MeetingRole: TypeAlias
MeetingParticipantStatus: TypeAlias
MediaState: TypeAlias
MediaAccessType: TypeAlias
RecordingStatus: TypeAlias
RecordingSessionType: TypeAlias
SessionType: TypeAlias
SessionStatus: TypeAlias
SessionState: TypeAlias
TransitionType: TypeAlias
WebhookDeliveryStatus: TypeAlias
PlatformEventSource: TypeAlias
TransactionType: TypeAlias
UsageGranularity: TypeAlias
InvoiceStatus: TypeAlias
BillingAlertType: TypeAlias
