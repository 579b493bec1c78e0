// Where a person writes: plain messages, and slash commands of the installed app.

import { h, icon } from "./dom.js";
import { act, actBusy, refresh } from "./net.js";
import { app, change, channelBy, channelLabel, ui } from "./state.js";
import { menuButton, menuItem } from "./menu.js";
import { toast } from "./toast.js";

const draftKey = ({ channel, thread }) => `${ui.as}/${channel}/${thread ?? ""}`;

/** Puts text into the composer of a channel and the caret behind it. */
export function propose(channel, text) {
  change(() => (ui.drafts[draftKey({ channel })] = text));
  queueMicrotask(() => {
    const box = document.querySelector(".channel .composer textarea");
    box?.focus();
    box?.setSelectionRange(text.length, text.length);
  });
}

export function composer(target) {
  const channel = channelBy(target.channel);
  if (!channel || channel.archived || !channel.member) {
    return h(
      "p",
      { class: "composer closed" },
      !channel ? "" : channel.archived ? "This channel is archived." : `You are not a member of ${channelLabel(channel)}.`,
    );
  }
  const key = draftKey(target);
  const text = ui.drafts[key] ?? "";
  const offered = target.thread ? [] : commandsFor(text);
  const name = target.thread ? "Reply in thread" : `Message ${channelLabel(channel)}`;
  const busy = ui.busy.has(`command-${key}`);
  return h(
    "form",
    { class: "composer", key: `composer-${key}`, onsubmit: (event) => (event.preventDefault(), send(target, key)) },
    offered.length > 0 && commandHints(offered, key),
    h(
      "div",
      { class: "composer-row" },
      !target.thread && shortcuts(),
      h("textarea", {
        class: "field",
        rows: 1,
        value: text,
        "aria-label": name,
        placeholder: name,
        oninput: (event) => {
          const { value } = event.currentTarget;
          change(() => (ui.drafts[key] = value));
        },
        onkeydown: (event) => keys(event, target, key, offered),
      }),
      h(
        "button",
        {
          type: "submit",
          class: `btn primary square ${busy ? "busy" : ""}`,
          "aria-label": "Send",
          title: "Send (Enter)",
          "aria-busy": busy ? "true" : null,
        },
        icon("send"),
      ),
    ),
  );
}

/** What the app offers from anywhere, without a command. */
function shortcuts() {
  const offered = (app()?.shortcuts ?? []).filter((each) => each.type === "global");
  if (offered.length === 0) return null;
  const start = (each) => actBusy(`shortcut-${each.callback_id}`, "shortcut", { callback_id: each.callback_id });
  return menuButton("shortcuts", { label: "Shortcuts", face: icon("spark"), className: "quiet square", above: true }, () =>
    offered.map((each) => menuItem(each.name, () => start(each))),
  );
}

function commandsFor(text) {
  if (!/^\/\S*( .*)?$/s.test(text)) return [];
  const typed = text.split(/\s/)[0];
  const all = app()?.commands ?? [];
  return /\s/.test(text) ? all.filter((each) => each.command === typed) : all.filter((each) => each.command.startsWith(typed));
}

function commandHints(offered, key) {
  return h(
    "ul",
    { class: "command-hints", "aria-label": "Slash commands" },
    offered.map((each) =>
      h(
        "li",
        { key: each.command },
        h(
          "button",
          { type: "button", onclick: () => complete(key, each) },
          h("span", { class: "command-name" }, h("strong", {}, each.command), each.usage_hint ? ` ${each.usage_hint}` : ""),
          h("span", { class: "command-about" }, `${each.description ?? ""} · ${app().name}`),
        ),
      ),
    ),
  );
}

function complete(key, { command }) {
  change(() => (ui.drafts[key] = `${command} `));
  document.querySelector(".channel .composer textarea")?.focus();
}

function keys(event, target, key, offered) {
  if (event.isComposing) return;
  if (event.key === "Tab" && !event.shiftKey && offered.length > 0 && !/\s/.test(ui.drafts[key])) {
    event.preventDefault();
    complete(key, offered[0]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(target, key);
  }
}

async function send({ channel, thread }, key) {
  const text = (ui.drafts[key] ?? "").trim();
  if (!text) return;
  if (text.startsWith("/")) {
    if (thread) return toast("Slash commands work in a channel, not in a thread.");
    const known = app()?.commands ?? [];
    // Without a manifest any command may be one: the workspace knows.
    if (known.length > 0 && !known.some((each) => each.command === text.split(/\s/)[0]))
      return toast(`${text.split(/\s/)[0]} is not a command of ${app()?.name ?? "any app"} here.`);
  }
  change(() => (ui.drafts[key] = ""));
  const said = text.startsWith("/")
    ? await actBusy(`command-${key}`, "command", { channel, text })
    : await act("say", { channel, text, wait: false, ...(thread ? { thread_ts: thread } : {}) });
  // What was refused comes back, unless something else was begun meanwhile.
  if (!said) change(() => (ui.drafts[key] ||= text));
  await refresh();
}
