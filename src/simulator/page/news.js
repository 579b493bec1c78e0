// Words for people who do not see the page: what has just appeared.

import { channelLabel, channelBy, nameOf } from "./state.js";
import { plainWords } from "./text.js";

const LONGEST = 160;

/** Says a line to screen readers; polite, so it waits for a pause. */
export function announce(words) {
  const region = document.getElementById("news");
  if (!region) return;
  const line = document.createElement("p");
  line.textContent = words;
  region.append(line);
  while (region.childElementCount > 4) region.firstElementChild.remove();
}

/** Compares two served states of the same place and says what is new. */
export function announceNews(before, after) {
  if (!before.now || before.now.me !== after.now.me || before.now.channel?.id !== after.now.channel?.id) return;
  const place = channelLabel(channelBy(after.now.channel?.id));
  for (const message of fresh(before.now.channel?.messages, after.now.channel?.messages, after.now.me)) {
    announce(`New in ${place}, ${message.only_you ? "only for you, " : ""}${spoken(message)}`);
  }
  if (before.thread && after.thread && before.thread[0]?.ts === after.thread[0]?.ts) {
    for (const message of fresh(before.thread, after.thread, after.now.me)) announce(`New in the thread, ${spoken(message)}`);
  }
}

function fresh(before = [], after = [], mine) {
  const known = new Set(before.map((each) => each.ts));
  return after.filter((each) => !known.has(each.ts) && (each.user !== mine || each.only_you)).slice(-3);
}

function spoken(message) {
  const words = plainWords(message.text);
  return `${message.name ?? nameOf(message.user)}: ${words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}`;
}
