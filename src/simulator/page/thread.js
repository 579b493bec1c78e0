// The thread beside the channel.

import { h } from "./dom.js";
import { composer } from "./composer.js";
import { oneMessage } from "./messages.js";
import { refresh } from "./net.js";
import { change, channelBy, channelLabel, served, ui } from "./state.js";

export function openThread(message) {
  change(() => Object.assign(ui, { thread: { channel: message.channel, ts: message.thread_ts ?? message.ts }, panel: "thread" }));
  served.thread = null;
  refresh().then(() => document.querySelector("#thread textarea")?.focus());
}

export function threadPane() {
  const messages = served.thread ?? [];
  if (!ui.thread) return h("p", { class: "pane-empty" }, "Choose “Reply” under a message to see its thread here.");
  const [parent, ...replies] = messages;
  return h(
    "div",
    { class: "thread", id: "thread", key: ui.thread.ts },
    h("p", { class: "pane-note" }, `In ${channelLabel(channelBy(ui.thread.channel))}`),
    h(
      "div",
      { class: "pane-body", "data-stick": `thread-${ui.thread.ts}` },
      h(
        "ol",
        { class: "message-list", "aria-label": "Thread messages" },
        parent && h("li", { key: parent.ts }, oneMessage(parent, "thread")),
        parent &&
          replies.length > 0 &&
          h("li", { class: "day", key: "count" }, h("span", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`)),
        replies.map((each) => h("li", { key: each.ts }, oneMessage(each, "thread"))),
      ),
    ),
    composer({ channel: ui.thread.channel, thread: ui.thread.ts }),
  );
}
