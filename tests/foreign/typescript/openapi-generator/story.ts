import { check, key, knownEvent, oddUrl, passed, present, unknownEvent, url } from '../check';
import {
  BillingApi,
  CallsApi,
  Configuration,
  ConversationsApi,
  EventFromJSON,
  MessageSentEventFromJSON,
  MessagesApi,
  ResponseError,
  UsersApi,
  WebhooksApi,
} from './generated';

const configuration = new Configuration({ basePath: url, apiKey: key });
const users = new UsersApi(configuration);
const messaging = new MessagesApi(configuration);
const calls = new CallsApi(configuration);

async function user(externalId: string, displayName: string): Promise<string> {
  return present((await users.createAppUser({ createAppUserBody: { externalId, displayName } })).data, 'user').id;
}

const [xAppUserId, bob] = [await user('alice', 'Alice'), await user('bob', 'Bob')];

const token = await users.createUserToken({ userId: xAppUserId, createUserTokenBody: { ttl: 600 } });
check(present(token.data, 'token').token.length > 0, 'the token is not empty');

const conversation = await new ConversationsApi(configuration).createConversation({
  xAppUserId,
  createConversationBody: { type: 'direct', participantId: bob },
});
const conversationId = present(conversation.data, 'conversation').id;

const sendMessageBody = { content: 'Hello', type: 'text', idempotencyKey: 'once' };
const message = present((await messaging.sendMessage({ xAppUserId, conversationId, sendMessageBody })).data, 'message');
const again = await messaging.sendMessage({ xAppUserId, conversationId, sendMessageBody });
check(again.data?.id === message.id, 'the second request sent nothing');

const messages = await messaging.listMessages({ xAppUserId, conversationId, limit: 10 });
check(present(messages.data, 'messages').map((each) => each.id).join() === message.id, 'one message');

await messaging.reactToMessage({ xAppUserId, messageId: message.id, reactToMessageBody: { reactionType: '👍' } });

const call = await calls.initiateCall({ xAppUserId, initiateCallBody: { calleeId: bob, type: 'video' } });
const ended = await calls.endCall({ xAppUserId, callId: present(call.data, 'call').id, body: {} });
check(ended.data?.status !== 'ringing', 'the call has ended');

const wallet = await new BillingApi(configuration).getWallet();
check(wallet.data?.currency === 'USD', 'the wallet has a currency');

const webhook = await new WebhooksApi(configuration).createWebhook({
  createWebhookBody: { url: 'https://example.com/hooks' },
});
check(present(webhook.data, 'webhook').id.length > 0, 'the webhook has an id');
passed('story');

const error: unknown = await calls.getCall({ xAppUserId, callId: 'missing' }).catch((thrown: unknown) => thrown);
check(error instanceof ResponseError && error.response.status === 404, 'the call is missing');
check((await error.response.json()).code === 'resource_not_found', 'the code is the documented one');
passed('error');

const odd = new CallsApi(new Configuration({ basePath: oddUrl, apiKey: key }));
const unknown = (await odd.getCall({ xAppUserId, callId: 'odd' })).data;
check(unknown?.type === 'hologram' && unknown.status === 'teleported', 'unknown values are kept');
passed('enum');

const event = EventFromJSON(unknownEvent);
const known = MessageSentEventFromJSON(knownEvent);
check(event.type === 'hologram.landed' && event.data['pad'] === 7, 'an unknown event is read');
check(known.data.message?.content === 'Hello', 'a known event is read');
passed('event');
