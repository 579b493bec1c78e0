// Channels, conversations and apps, with what is unread.

import { h, icon } from "./dom.js";
import { avatar } from "./avatar.js";
import { act, goTo, refresh } from "./net.js";
import { app, appConversation, change, here, isTalkWithApp, nameOf, rememberPlace, served, ui } from "./state.js";

export function sidebar() {
  const all = served.now.channels;
  const channels = all.filter((each) => each.kind !== "dm");
  const conversations = all.filter((each) => each.kind === "dm" && !isTalkWithApp(each));
  return h(
    "nav",
    {
      class: ui.nav ? "sidebar open" : "sidebar",
      "aria-label": "Channels and conversations",
      id: "sidebar",
      "data-layer": ui.nav ? "nav" : null,
    },
    h("h2", {}, "Channels"),
    h("ul", {}, channels.filter((each) => each.member || each.kind === "public").map(channelRow)),
    conversations.length > 0 && [
      h("h2", {}, "Direct messages"),
      h(
        "ul",
        {},
        conversations.map((each) => row(each, avatar(each.with, nameOf(each.with), "small"), nameOf(each.with))),
      ),
    ],
    app() && [h("h2", {}, "Apps"), h("ul", {}, appRow())],
  );
}

function channelRow(channel) {
  const sign = channel.kind === "private" ? "lock" : "hash";
  return row(
    channel,
    icon(sign),
    channel.name,
    [channel.shared && "shared", channel.archived && "archived", !channel.member && "not joined"].filter(Boolean).join(", "),
  );
}

function row(channel, face, name, note) {
  const current = ui.place === "channel" && here()?.id === channel.id;
  return item(channel.id, { face, name, note, current, unread: current ? 0 : channel.unread, go: () => goTo(channel.id) });
}

function item(key, { face, name, note, current, unread, go }) {
  return h(
    "li",
    { key },
    h(
      "button",
      { type: "button", class: unread > 0 ? "unread" : null, "aria-current": current ? "page" : null, onclick: go },
      face,
      h("span", { class: "row-name" }, name),
      note && h("span", { class: "row-note" }, note),
      unread > 0 && h("span", { class: "badge" }, unread, h("span", { class: "spoken" }, " unread")),
    ),
  );
}

function appRow() {
  const talk = appConversation();
  const current = ui.place === "home" || (ui.place === "channel" && talk && here()?.id === talk.id);
  return item("app", {
    face: avatar("app", "", "small"),
    name: app().name,
    current,
    unread: current ? 0 : (talk?.unread ?? 0),
    go: () => (talk?.unread > 0 ? openMessages() : openHome()),
  });
}

export async function openHome() {
  change(() => Object.assign(ui, { place: "home", nav: false, menu: null }));
  rememberPlace();
  await act("open_home", { wait: false });
  await refresh();
}

export async function openMessages() {
  change(() => Object.assign(ui, { nav: false, menu: null }));
  await act("open_messages", { wait: false });
  await refresh();
  goTo(appConversation()?.id);
}
