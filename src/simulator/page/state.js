// What the page knows: `served` comes from the workspace and is never changed here; `ui` is what this window is looking at.

const query = new URLSearchParams(location.search);

export const served = { now: null, thread: null, traffic: [], faults: [], coverage: null };

export const ui = {
  as: query.get("as") ?? "mara",
  channel: query.get("in") ?? "hiring",
  place: query.get("at") === "home" ? "home" : "channel",
  thread: null,
  panel: matchMedia("(min-width: 1100px)").matches ? "traffic" : null,
  menu: null,
  drawer: false,
  nav: false,
  confirm: null,
  drafts: {},
  busy: new Set(),
  toasts: [],
  offline: false,
  theme: remembered("theme") ?? "auto",
  hintGone: remembered("hint") === "gone",
  tone: Number(remembered("tone") ?? 1),
  typing: false,
};

let listener = () => {};
let planned = false;

/** Who draws when something changed. */
export function whenChanged(draw) {
  listener = draw;
}

/** Changes `ui` (or not) and draws once, however many changes one moment brings. */
export function change(edit) {
  edit?.(ui);
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    listener();
  });
}

/** Keeps the address equal to what is looked at, so that two windows can be two people. */
export function rememberPlace() {
  const where = new URLSearchParams({ as: ui.as, in: ui.channel });
  if (ui.place === "home") where.set("at", "home");
  history.replaceState(null, "", `?${where}`);
}

function remembered(name) {
  try {
    return localStorage.getItem(`demo-workspace.${name}`);
  } catch {
    return null; // Storage is off: the page forgets, and works.
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`demo-workspace.${name}`, value);
  } catch {
    /* as above */
  }
}

// Look-ups. Everybody and everything is named by id in messages; people are shown by name.

export function person(id) {
  return served.now?.personas.find((each) => each.id === id || each.handle === id);
}

export function me() {
  return person(served.now?.me ?? ui.as);
}

export function group(id) {
  return served.now?.groups.find((each) => each.id === id);
}

export function channelBy(idOrName) {
  return served.now?.channels.find((each) => each.id === idOrName || each.name === idOrName);
}

export function here() {
  return channelBy(served.now?.channel?.id ?? ui.channel) ?? channelBy(ui.channel);
}

export function app() {
  return served.now?.workspace.app;
}

/** The conversation of this person with the app, if it has begun. */
export function appConversation() {
  return served.now?.channels.find(isTalkWithApp);
}

/** A direct message names the other side: the app, or the one person it belongs to. */
export function isTalkWithApp(channel) {
  return channel.kind === "dm" && (isApp(channel.with) || channel.with === served.now.me);
}

export function isApp(id) {
  return id === app()?.user || id === "app";
}

export function nameOf(id) {
  if (isApp(id)) return app().name;
  return person(id)?.name ?? id;
}

export function channelLabel(channel) {
  if (!channel) return "";
  if (channel.kind !== "dm") return `#${channel.name}`;
  return isTalkWithApp(channel) ? (app()?.name ?? "App") : channel.with ? nameOf(channel.with) : "Direct message";
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const timeOf = (at) => clockTime.format(new Date(at));
export const dayOf = (at) => day.format(new Date(at));
