// A channel: its messages in order of time, and one message wherever it stands.

import { h, icon } from "./dom.js";
import { avatar } from "./avatar.js";
import { act, actBusy, refresh } from "./net.js";
import { bareText, blocks } from "./blocks.js";
import { afterConfirm } from "./confirm.js";
import { menuButton, menuItem } from "./menu.js";
import { reactionPicker, reactionRow } from "./reactions.js";
import { openThread } from "./thread.js";
import { app, channelLabel, dayOf, here, me, nameOf, served, timeOf, ui } from "./state.js";

const CLOSE_TOGETHER_MS = 5 * 60 * 1000;

export function messageList() {
  const channel = here();
  const messages = served.now.channel?.messages ?? [];
  const out = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    if (!before || dayOf(before.at) !== dayOf(message.at))
      out.push(h("li", { class: "day", key: `day-${message.at.slice(0, 10)}-${index}` }, h("span", {}, dayOf(message.at))));
    out.push(h("li", { key: message.ts }, oneMessage(message, "channel", follows(before, message))));
  });
  if (messages.length === 0) {
    out.push(
      h(
        "li",
        { class: "empty", key: "empty" },
        icon(channel?.kind === "dm" ? "chat" : "hash"),
        h(
          "p",
          {},
          channel?.kind === "dm"
            ? `Nothing here yet. What ${channelLabel(channel)} tells you alone appears here.`
            : "Nothing has been said here yet.",
        ),
      ),
    );
  }
  return out;
}

function follows(before, message) {
  return (
    before &&
    before.user === message.user &&
    !before.only_you &&
    !message.only_you &&
    dayOf(before.at) === dayOf(message.at) &&
    new Date(message.at) - new Date(before.at) < CLOSE_TOGETHER_MS &&
    !(before.replies > 0)
  );
}

/** `place` is "channel" or "thread": the same message may be on the page twice. */
export function oneMessage(message, place, joined = false) {
  const name = message.name ?? nameOf(message.user);
  const where = { channel: message.channel, ts: message.ts };
  const at = { where, as: ui.as, key: `m-${place}-${message.ts}`, values: message.values };
  return h(
    "article",
    {
      class: `message ${joined ? "joined" : ""} ${message.only_you ? "only-you" : ""} ${message.from_app ? "from-app" : ""}`,
      "aria-label": `${name}, ${timeOf(message.at)}${message.only_you ? ", only visible to you" : ""}`,
      "data-ts": message.ts,
    },
    joined
      ? h("time", { class: "side-time", datetime: message.at, "aria-hidden": "true" }, timeOf(message.at))
      : avatar(message.user, name),
    h(
      "div",
      { class: "message-main" },
      !joined &&
        h(
          "div",
          { class: "byline" },
          h("span", { class: "author" }, name),
          message.from_app && h("span", { class: "tag" }, "App"),
          h("time", { datetime: message.at }, timeOf(message.at)),
          message.edited && edited(),
        ),
      message.only_you && h("p", { class: "only-you-note" }, icon("eye"), "Only visible to you"),
      h("div", { class: "message-body" }, message.blocks?.length > 0 ? blocks(message.blocks, at) : bareText(message.text)),
      joined && message.edited && edited(),
      message.failure && h("p", { class: "failure", role: "alert" }, icon("warning"), message.failure),
      foot(message, place),
    ),
  );
}

const edited = () => h("span", { class: "edited" }, "(edited)");

function foot(message, place) {
  if (message.only_you) {
    return h(
      "div",
      { class: "message-foot" },
      h("button", { type: "button", class: "quiet", onclick: () => putAway(message) }, "Dismiss message"),
    );
  }
  const more = extras(message);
  return h(
    "div",
    { class: `message-foot ${message.reactions?.length > 0 || message.replies > 0 ? "in-use" : ""}` },
    reactionRow(message),
    h(
      "span",
      { class: "offers" },
      reactionPicker(message, place),
      place === "channel" &&
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => openThread(message), "aria-label": "Reply in thread", title: "Reply in thread" },
          icon("reply"),
          h("span", { class: "when-wide" }, "Reply"),
        ),
      more.length > 0 &&
        menuButton(`more-${place}-${message.ts}`, { label: "More actions", face: icon("more"), className: "quiet square" }, () => more),
    ),
    place === "channel" &&
      message.replies > 0 &&
      h(
        "button",
        { type: "button", class: "replies", onclick: () => openThread(message) },
        icon("thread"),
        message.replies === 1 ? "1 reply" : `${message.replies} replies`,
        message.latest_reply && h("span", { class: "when" }, `last at ${timeOf(Number(message.latest_reply) * 1000)}`),
      ),
  );
}

function extras(message) {
  const shortcuts = (app()?.shortcuts ?? []).filter((each) => each.type === "message");
  const where = { channel: message.channel, ts: message.ts };
  return [
    ...shortcuts.map((each) =>
      menuItem(each.name, () => actBusy(`shortcut-${message.ts}`, "message_shortcut", { ...where, callback_id: each.callback_id })),
    ),
    message.user === me()?.id &&
      menuItem(
        "Delete message",
        () =>
          afterConfirm(
            {
              title: "Delete message",
              text: { type: "plain_text", text: "Delete this message?" },
              confirm: "Delete",
              deny: "Keep it",
              style: "danger",
            },
            () => remove(where),
          ),
        { danger: true },
      ),
  ].filter(Boolean);
}

async function remove(where) {
  await act("delete_message", { ...where, wait: false });
  await refresh();
}

async function putAway(message) {
  await act("dismiss_note", { channel: message.channel, ts: message.ts, wait: false });
  await refresh();
}
