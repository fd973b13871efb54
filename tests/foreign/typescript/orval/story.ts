import { check, knownEvent, oddUrl, passed, present, unknownEvent } from '../check';
import { settings } from './client';
import {
  createAppUser,
  createConversation,
  createUserToken,
  createWebhook,
  endCall,
  getCall,
  getWallet,
  initiateCall,
  listMessages,
  reactToMessage,
  sendMessage,
} from './generated/orbit';
import type { Event, MessageSentEvent } from './generated/orbit.schemas';

async function user(external_id: string, display_name: string): Promise<string> {
  const answer = await createAppUser({ external_id, display_name });
  check(answer.status === 200, 'the user was created');
  return present(answer.data.data, 'user').id;
}

const [alice, bob] = [await user('alice', 'Alice'), await user('bob', 'Bob')];
const as_alice = { headers: { 'x-app-user-id': alice } };

const token = await createUserToken(alice, { ttl: 600 });
check(token.status === 200 && present(token.data.data, 'token').token.length > 0, 'the token is not empty');

const conversation = await createConversation({ type: 'direct', participant_id: bob }, as_alice);
check(conversation.status === 200, 'the conversation was created');
const conversation_id = present(conversation.data.data, 'conversation').id;

const body = { content: 'Hello', type: 'text', idempotency_key: 'once' };
const sent = await sendMessage(conversation_id, body, as_alice);
const again = await sendMessage(conversation_id, body, as_alice);
check(sent.status === 200 && again.status === 200, 'the message was sent');
const message = present(sent.data.data, 'message');
check(again.data.data?.id === message.id, 'the second request sent nothing');

const messages = await listMessages(conversation_id, { limit: 10 }, as_alice);
check(messages.status === 200, 'the messages were listed');
check(present(messages.data.data, 'messages').map((each) => each.id).join() === message.id, 'one message');

const reacted = await reactToMessage(message.id, { reaction_type: '👍' }, as_alice);
check(reacted.status === 200, 'the reaction was added');

const call = await initiateCall({ callee_id: bob, type: 'video' }, as_alice);
check(call.status === 200, 'the call was initiated');
const ended = await endCall(present(call.data.data, 'call').id, {}, as_alice);
check(ended.status === 200 && ended.data.data?.status !== 'ringing', 'the call has ended');

const wallet = await getWallet();
check(wallet.status === 200 && wallet.data.data?.currency === 'USD', 'the wallet has a currency');

const webhook = await createWebhook({ url: 'https://example.com/hooks' });
check(webhook.status === 200 && present(webhook.data.data, 'webhook').id.length > 0, 'the webhook has an id');
passed('story');

const missing = await getCall('missing', as_alice);
check(missing.status === 404 && missing.data.code === 'resource_not_found', 'the code is typed');
passed('error');

settings.url = oddUrl;
const unknown = await getCall('odd', as_alice);
check(unknown.status === 200 && unknown.data.data?.type === 'hologram', 'an unknown type is kept');
check(unknown.data.data.status === 'teleported', 'an unknown status is kept');
passed('enum');

const event = unknownEvent as Event;
const known = knownEvent as MessageSentEvent;
check(event.type === 'hologram.landed' && event.data['pad'] === 7, 'an unknown event is read');
check(known.data.message?.content === 'Hello', 'a known event is read');
passed('event');
