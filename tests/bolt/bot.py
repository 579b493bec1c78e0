"""A small bot written with Slack's own library, to hold the simulated workspace to Slack's own reading.

Arguments: `http` or `socket`. Environment: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET.
Prints one line `READY <port>` when it listens.
"""

import logging
import os
import sys
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.app.app import SlackAppDevelopmentServer
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

logging.basicConfig(level=logging.WARNING)
client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"] + "/")
# Metadata events name the app itself as the user, and Bolt drops those unless told otherwise.
app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], ignoring_self_events_enabled=False)


def plain(text):
    return {"type": "plain_text", "text": text}


def form(note="Nothing chosen yet"):
    options = [{"text": plain(name), "value": name.lower()} for name in ("Pipeline", "Batch")]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Ask"),
        "submit": plain("Send"),
        "close": plain("Close"),
        "notify_on_close": True,
        "private_metadata": "kept",
        "blocks": [
            {
                "type": "input",
                "block_id": "sentence",
                "label": plain("What does it do?"),
                "dispatch_action": True,
                "element": {
                    "type": "plain_text_input",
                    "action_id": "typed",
                    "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
                },
            },
            {
                "type": "input",
                "block_id": "kind",
                "label": plain("Kind"),
                "dispatch_action": True,
                "element": {"type": "radio_buttons", "action_id": "chosen", "options": options},
            },
            {"type": "context", "block_id": "note", "elements": [plain(note)]},
            {"type": "actions", "block_id": "more", "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}]},
        ],
    }


@app.command("/ask")
def ask(ack, body, client):
    opened = client.views_open(trigger_id=body["trigger_id"], view=form())
    assert opened["view"]["private_metadata"] == "kept"
    ack()


@app.command("/echo")
def echo(ack, command):
    ack(f"You said: {command['text']}")


@app.action("typed")
def typed(ack, action, body):
    ack()
    assert body["container"]["type"] == "view"
    assert body["view"]["state"]["values"]["sentence"]["typed"]["value"] == action["value"]


@app.action("chosen")
def chosen(ack, action, body, client):
    ack()
    view = body["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=form("Chosen: " + action["selected_option"]["text"]["text"]))


@app.action("deeper")
def deeper(ack, body, client):
    client.views_push(
        trigger_id=body["trigger_id"],
        view={"type": "modal", "callback_id": "below", "title": plain("Deeper"), "close": plain("Back"), "notify_on_close": True,
              "blocks": [{"type": "section", "text": plain("A second view")}]},
    )
    ack()


@app.view("form")
def submitted(ack, body, view, client):
    sentence = view["state"]["values"]["sentence"]["typed"]["value"]
    kind = view["state"]["values"]["kind"]["chosen"]["selected_option"]["value"]
    if len(sentence) < 10:
        ack(response_action="errors", errors={"sentence": "A little more, please"})
        return
    ack()
    client.chat_postMessage(
        channel="C0DEMOHIRE",
        text=f"{sentence} ({kind})",
        blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": f"*{kind}*: {sentence}"}},
            {"type": "actions", "elements": [{"type": "button", "action_id": "thanks", "text": plain("Thank"), "value": "1"}]},
        ],
        metadata={"event_type": "asked", "event_payload": {"kind": kind}},
        unfurl_links=False,
    )


@app.view_closed("form")
def closed(ack, body, client):
    ack()
    assert body["view"]["state"]["values"] == {}
    dm = client.conversations_open(users=body["user"]["id"])["channel"]["id"]
    client.chat_postMessage(channel=dm, text="You closed the form, cleared: %s" % body["is_cleared"])


@app.view_closed("below")
def closed_below(ack):
    ack()


@app.action("thanks")
def thanks(ack, body, respond, client):
    ack()
    assert body["message"]["metadata"]["event_type"] == "asked"
    respond(text="Thank you, " + client.users_info(user=body["user"]["id"])["user"]["real_name"], replace_original=False)


@app.event("reaction_added")
def reacted(event, client):
    if event["reaction"].split("::")[0] == "+1":
        client.chat_update(
            channel=event["item"]["channel"], ts=event["item"]["ts"], text="Approved by <@%s>" % event["user"],
            metadata={"event_type": "asked", "event_payload": {"kind": "approved"}},
        )


@app.event("message_metadata_updated")
def metadata_updated(event, client):
    client.chat_postMessage(
        channel=event["channel_id"], thread_ts=event["message_ts"],
        text="Now %s, was %s" % (event["metadata"]["event_payload"]["kind"], event["previous_metadata"]["event_payload"]["kind"]),
    )


@app.event("app_home_opened")
def home_opened(event, client):
    name = client.users_info(user=event["user"])["user"]["real_name"]
    client.views_publish(user_id=event["user"], view={
        "type": "home", "blocks": [{"type": "section", "text": plain(f"Home of {name}, tab {event['tab']}")}]})


@app.event({"type": "message"})
def message(event):
    pass


@app.shortcut("new_ask")
def shortcut(ack, shortcut, client):
    client.views_open(trigger_id=shortcut["trigger_id"], view=form("By shortcut"))
    ack()


@app.shortcut("about")
def message_shortcut(ack, shortcut, respond):
    ack()
    respond(text="That was written by " + shortcut["message"]["user"])


for event in ("reaction_removed", "message_metadata_posted", "member_joined_channel", "user_change", "subteam_members_changed",
              "subteam_updated", "channel_archive", "channel_unarchive"):
    app.event(event)(lambda: None)

# slack_sdk's own models are a second opinion on what it sends.
Block.parse_all(form()["blocks"])
View(**form()).validate_json()

if sys.argv[1] == "socket":
    handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    handler.connect()
    print("READY 0", flush=True)
    threading.Event().wait()
else:
    server = SlackAppDevelopmentServer(0, "/slack/events", app, None, False)
    print("READY", server._server.server_address[1], flush=True)
    server.start()
