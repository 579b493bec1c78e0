// One sentence for whoever comes first: what to try next.

import { h, icon } from "./dom.js";
import { become, goTo } from "./net.js";
import { propose } from "./composer.js";
import { app, change, here, me, remember, served, ui } from "./state.js";

export function hint() {
  const command = app()?.commands[0]?.command;
  if (ui.hintGone || !command) return null;
  const manager =
    served.now.personas.find((each) => each.playable && /manager/i.test(each.name)) ?? served.now.personas.find((each) => each.playable);
  const recruiter = served.now.personas.find((each) => each.playable && /recruiter/i.test(each.name)) ?? manager;
  const place =
    served.now.channels.find((each) => each.name === "hiring" && each.member) ??
    served.now.channels.find((each) => each.app_member && each.member);
  if (!manager || !place) return null;
  const step = nextStep(manager, recruiter, place, command);
  if (!step) return null;
  return h(
    "aside",
    { class: "first-hint", "aria-label": "What to try next" },
    icon("spark"),
    h("p", {}, step.words),
    step.does && h("button", { type: "button", class: "btn", onclick: step.does }, step.label),
    h("button", { type: "button", class: "quiet square", "aria-label": "Hide this hint", onclick: hide }, icon("close")),
  );
}

/** What comes next in a first visit: the command, then the eyes of a recruiter, then the reaction; then nothing. */
function nextStep(manager, recruiter, place, command) {
  const posts = (served.now.channel?.messages ?? []).filter((each) => each.from_app && !each.only_you);
  if (posts.length === 0)
    return {
      words: ["Type ", h("code", {}, command), ` in #${place.name} as `, h("strong", {}, manager.name), "."],
      label: "Try it",
      does: () => tryIt(manager, place, command),
    };
  if (posts.some((each) => each.reactions?.length > 0)) return null;
  if (/recruiter/i.test(me()?.name)) return { words: "Read the scope, then react with\u00a0✅ under it." };
  return {
    words: ["Now switch to ", h("strong", {}, recruiter.name), " at the top right, and react with\u00a0✅."],
    label: "Switch",
    does: () => become(recruiter.handle),
  };
}

function tryIt(manager, place, command) {
  if (me()?.id !== manager.id) become(manager.handle);
  if (here()?.id !== place.id || ui.place !== "channel") goTo(place.id);
  propose(place.id, `${command} `);
}

function hide() {
  remember("hint", "gone");
  change(() => (ui.hintGone = true));
}
