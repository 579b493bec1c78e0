// The only way to the workspace: read its state, tell it what a person did, and hear that something changed.

import { change, rememberPlace, served, ui } from "./state.js";
import { toast } from "./toast.js";
import { announceNews } from "./news.js";
import { sendKept } from "./fields.js";

const PAGE = 200;
const KEPT = 1000;

async function read(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok || body.ok === false) throw new Refused(body);
  return body;
}

class Refused extends Error {
  constructor(body) {
    super(body.why ?? body.error ?? "The workspace refused.");
    this.code = body.error;
  }
}

const of = (fields) => new URLSearchParams(fields).toString();

// One refresh at a time; changes that come meanwhile are answered by one more.
let running = null;
let again = false;

/** Reads everything shown, anew. Resolves when what was true at the call is on the page. */
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      await readAll();
    } while (again);
  })().finally(() => {
    running = null;
  });
  return running;
}

async function readAll() {
  const { as, channel, thread } = ui;
  try {
    const now = await read(`/sim/state?${of({ persona: as, channel })}`);
    const replies = thread ? await read(`/sim/thread?${of({ persona: as, channel: thread.channel, ts: thread.ts })}`) : null;
    // A smaller version is another run of the workspace: its traffic is counted anew.
    if (now.version < served.now?.version) served.traffic = [];
    await readTraffic();
    if (ui.drawer) served.faults = faultsOf(await read("/sim/faults"));
    if (as !== ui.as || channel !== ui.channel || thread !== ui.thread) {
      again = true; // The person has looked elsewhere meanwhile.
      return;
    }
    const before = { now: served.now, thread: served.thread };
    served.now = now;
    served.thread = replies?.messages ?? null;
    announceNews(before, served);
    ui.offline = false;
    // Not everybody sees every channel.
    if (!now.channel) goTo((now.channels.find((each) => each.member) ?? now.channels[0])?.id);
  } catch (fault) {
    if (!(fault instanceof Refused)) ui.offline = true;
    else toast(fault.message);
  }
  change();
}

const faultsOf = (body) => (Array.isArray(body) ? body : (body.faults ?? []));

async function readTraffic() {
  for (;;) {
    // The newest ones first, then what has come since.
    const newest = served.traffic[0]?.id;
    const { entries } = await read(`/sim/transcript?${of({ limit: PAGE, ...(newest ? { after: newest } : {}) })}`);
    served.traffic = [...entries.reverse(), ...served.traffic].slice(0, KEPT);
    if (!newest || entries.length < PAGE) return;
  }
}

export async function readCoverage() {
  served.coverage ??= await read("/sim/coverage").catch(() => null);
  change();
}

/** Hears of every change, as long as the page lives. */
export function listen() {
  const events = new EventSource("/sim/events");
  events.addEventListener("changed", refresh);
  events.onopen = () => refresh().then(sendKept);
  events.onerror = () => change(() => (ui.offline = true));
}

// Actions leave in the order in which they were made: the next one starts when the one before was taken.
let last = Promise.resolve();

/** Does one thing as the person being played. `fields.wait: false` does not wait for the app's acknowledgement. What the workspace
 * answered; false when it refused, null when it could not be reached. */
export function act(name, fields = {}) {
  const body = { do: name, as: ui.as, ...fields };
  const mine = last.then(() => post(body));
  last = mine;
  return mine;
}

/** The same for what nobody in particular does: faults, the clock. */
export function actAsNobody(name, fields = {}) {
  return act(name, { as: undefined, ...fields });
}

async function post(body) {
  try {
    const answer = await fetch("/sim/act?refusals=200", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (said.ok) {
      ui.offline = false;
      return said;
    }
    // An incomplete form says so beside its fields.
    if (said.error !== "incomplete") toast(said.why ?? said.error ?? "The workspace refused that.");
    return false;
  } catch {
    change(() => (ui.offline = true));
    return null;
  }
}

/** Does something and marks `mark` as busy until it is answered and shown. */
export async function actBusy(mark, name, fields) {
  if (ui.busy.has(mark)) return null;
  change(() => ui.busy.add(mark));
  const said = await act(name, fields);
  await refresh();
  change(() => ui.busy.delete(mark));
  return said;
}

/** Looks at a channel or conversation. */
export function goTo(idOrName) {
  if (!idOrName) return;
  change(() => {
    if (ui.channel !== idOrName) ui.thread = null;
    if (ui.panel === "thread" && !ui.thread) ui.panel = matchMedia("(min-width: 1100px)").matches ? "traffic" : null;
    Object.assign(ui, { channel: idOrName, place: "channel", nav: false, menu: null });
  });
  rememberPlace();
  refresh();
}

/** Becomes somebody else. */
export function become(handle) {
  change(() => Object.assign(ui, { as: handle, menu: null, thread: null, panel: ui.panel === "thread" ? "traffic" : ui.panel }));
  rememberPlace();
  served.thread = null;
  refresh();
  if (ui.place === "home") act("open_home", { wait: false });
}
