// The one thing worth knowing about an entry of the traffic, beside its words: what was said, chosen or refused.

import { inWords } from "./faults.js";
import { channelBy, channelLabel, isTalkWithApp } from "./state.js";
import { labelOf, plainWords } from "./text.js";

const LONGEST = 90;
const SLOW_MS = 500;

/** A short line, or null when the words say it all. */
export function gistOf({ kind, raw }) {
  if (!raw) return null;
  if (kind === "call") return called(raw);
  if (kind === "fault") return raw.kind ? inWords(raw) : null;
  if (kind === "delivery") return delivered(raw.payload);
  if (kind === "answer" && raw.took_ms > SLOW_MS) return `after ${(raw.took_ms / 1000).toFixed(1)} s`;
  return null;
}

function called({ method, args = {}, answer, status }) {
  if (answer?.ok === false || status >= 400) return [status >= 400 && status, answer?.error].filter(Boolean).join(" ");
  if (method?.startsWith("chat.") && args.text) return [placeOf(args.channel), quoted(plainWords(args.text))].filter(Boolean).join(" ");
  if (method?.startsWith("views.")) {
    const title = labelOf(parsed(args.view)?.title);
    return title ? quoted(title) : null;
  }
  return null;
}

function placeOf(id) {
  const channel = channelBy(id);
  if (!channel) return null;
  return isTalkWithApp(channel) ? "in a direct message" : `in ${channelLabel(channel)}`;
}

function delivered(payload) {
  const action = payload?.actions?.[0];
  if (action) return chosen(action);
  const event = payload?.event;
  if (event?.reaction) return `:${event.reaction}:`;
  if (payload?.command) return payload.text ? quoted(payload.text) : "without text";
  return null;
}

function chosen(action) {
  if (action.type === "button") return null;
  if ("value" in action) return action.value === null ? "emptied" : quoted(action.value);
  if (action.selected_option !== undefined) return action.selected_option ? quoted(labelOf(action.selected_option.text)) : "nothing chosen";
  if (action.selected_options) return action.selected_options.map((each) => quoted(labelOf(each.text))).join(", ") || "nothing ticked";
  return null;
}

const parsed = (view) => {
  if (typeof view !== "string") return view;
  try {
    return JSON.parse(view);
  } catch {
    return null; // Not the page's to judge: the raw entry shows it.
  }
};

const quoted = (text) => `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;
