// The place in the middle: a channel or a conversation.

import { h, icon } from "./dom.js";
import { composer } from "./composer.js";
import { appHead } from "./home.js";
import { hint } from "./hint.js";
import { messageList } from "./messages.js";
import { channelLabel, here, isTalkWithApp, served, ui } from "./state.js";

export function channel() {
  const it = here();
  if (!it)
    return h("section", { class: "place channel" }, h("p", { class: "empty" }, "There is no such channel, or it is not yours to read."));
  const withApp = isTalkWithApp(it);
  return h(
    "section",
    { class: "place channel", "aria-label": channelLabel(it) },
    withApp ? appHead() : head(it),
    !withApp && hint(),
    h(
      "div",
      { class: "messages", "data-stick": `channel-${ui.as}-${it.id}`, tabindex: "0", "aria-label": "Messages", role: "region" },
      h("ol", { class: "message-list", "aria-label": `Messages in ${channelLabel(it)}` }, messageList()),
    ),
    composer({ channel: it.id }),
  );
}

function head(it) {
  const sign = it.kind === "private" ? "lock" : it.kind === "dm" ? "chat" : "hash";
  const facts = [
    it.topic,
    it.shared && "shared with another company",
    it.archived && "archived",
    it.kind !== "dm" && !it.app_member && served.now.workspace.app && `${served.now.workspace.app.name} is not in this channel`,
  ].filter(Boolean);
  return h(
    "header",
    { class: "place-head" },
    h("div", { class: "place-title" }, icon(sign), h("h1", {}, it.kind === "dm" ? channelLabel(it) : it.name)),
    h("p", { class: "place-topic" }, facts.join(" · ")),
  );
}
