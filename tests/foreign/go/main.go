// A story of ten calls, told with the client that openapi-generator writes for Go.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/example/orbit"
)

func check(isTrue bool, what string) {
	if !isTrue {
		fmt.Println("not true:", what)
		os.Exit(1)
	}
}

func try(err error) {
	if err != nil {
		var failed *orbit.GenericOpenAPIError
		if errors.As(err, &failed) {
			fmt.Println(string(failed.Body()))
		}
		fmt.Println(err)
		os.Exit(1)
	}
}

func client(url string) *orbit.APIClient {
	configuration := orbit.NewConfiguration()
	configuration.Servers = orbit.ServerConfigurations{{URL: url}}
	configuration.AddDefaultHeader("x-api-key", os.Getenv("ORBIT_KEY"))
	return orbit.NewAPIClient(configuration)
}

func pointer[T any](value T) *T { return &value }

func main() {
	background := context.Background()
	api := client(os.Getenv("ORBIT_URL"))

	user := func(externalId, displayName string) string {
		body := *orbit.NewCreateAppUserBody(externalId, displayName)
		answer, _, err := api.UsersAPI.CreateAppUser(background).CreateAppUserBody(body).Execute()
		try(err)
		return answer.Data.Id
	}
	alice, bob := user("alice", "Alice"), user("bob", "Bob")

	ttl := orbit.CreateUserTokenBody{Ttl: pointer[int32](600)}
	token, _, err := api.UsersAPI.CreateUserToken(background, alice).CreateUserTokenBody(ttl).Execute()
	try(err)
	check(token.Data.Token != "", "the token is not empty")

	started := *orbit.NewCreateConversationBody(orbit.ConversationType{String: pointer("direct")})
	started.ParticipantId = &bob
	conversation, _, err := api.ConversationsAPI.CreateConversation(background).XAppUserId(alice).
		CreateConversationBody(started).Execute()
	try(err)
	conversationId := conversation.Data.Id

	body := *orbit.NewSendMessageBody("Hello")
	body.Type = &orbit.MessageType{String: pointer("text")}
	body.SetIdempotencyKey("once")
	send := func() string {
		answer, _, err := api.MessagesAPI.SendMessage(background, conversationId).XAppUserId(alice).
			SendMessageBody(body).Execute()
		try(err)
		return answer.Data.Id
	}
	messageId := send()
	check(send() == messageId, "the second request sent nothing")
	messages, _, err := api.MessagesAPI.ListMessages(background, conversationId).XAppUserId(alice).Limit(10).Execute()
	try(err)
	check(len(messages.Data) == 1 && messages.Data[0].Id == messageId, "one message")

	reaction := *orbit.NewReactToMessageBody("👍")
	_, _, err = api.MessagesAPI.ReactToMessage(background, messageId).XAppUserId(alice).
		ReactToMessageBody(reaction).Execute()
	try(err)

	video := *orbit.NewInitiateCallBody(bob, orbit.CallType{String: pointer("video")})
	call, _, err := api.CallsAPI.InitiateCall(background).XAppUserId(alice).InitiateCallBody(video).Execute()
	try(err)
	ended, _, err := api.CallsAPI.EndCall(background, call.Data.Id).XAppUserId(alice).
		Body(map[string]interface{}{}).Execute()
	try(err)
	check(*ended.Data.Status.String != "ringing", "the call has ended")

	wallet, _, err := api.BillingAPI.GetWallet(background).Execute()
	try(err)
	check(wallet.Data.Currency == "USD", "the wallet has a currency")
	hook := *orbit.NewCreateWebhookBody("https://example.com/hooks")
	webhook, _, err := api.WebhooksAPI.CreateWebhook(background).CreateWebhookBody(hook).Execute()
	try(err)
	check(webhook.Data.Id != "", "the webhook has an id")
	fmt.Println("passed: story")

	_, _, err = api.CallsAPI.GetCall(background, "missing").XAppUserId(alice).Execute()
	var failed *orbit.GenericOpenAPIError
	check(errors.As(err, &failed), "the call is missing")
	notFound, isTyped := failed.Model().(orbit.NotFoundError)
	check(isTyped && *notFound.Code.String == "resource_not_found", "the code is typed")
	fmt.Println("passed: error")

	odd, _, err := client(os.Getenv("ORBIT_ODD_URL")).CallsAPI.GetCall(background, "odd").XAppUserId(alice).Execute()
	try(err)
	check(*odd.Data.Type.String == "hologram", "an unknown type is kept")
	check(*odd.Data.Status.String == "teleported", "an unknown status is kept")
	fmt.Println("passed: enum")

	var event orbit.Event
	try(json.Unmarshal([]byte(os.Getenv("ORBIT_UNKNOWN_EVENT")), &event))
	check(event.Type == "hologram.landed", "an unknown event is read")
	var known orbit.MessageSentEvent
	try(json.Unmarshal([]byte(os.Getenv("ORBIT_KNOWN_EVENT")), &known))
	check(*known.Data.Message.Content.Get() == "Hello", "a known event is read")
	fmt.Println("passed: event")
}
