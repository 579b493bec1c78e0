// One sentence for whoever comes first: what to try.

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
  return h(
    "aside",
    { class: "first-hint", "aria-label": "Where to start" },
    icon("spark"),
    h(
      "p",
      {},
      "Type ",
      h("code", {}, command),
      ` in #${place.name} as `,
      h("strong", {}, manager.name),
      "; then switch to ",
      h("strong", {}, recruiter.name),
      " at the top right and react with ✅.",
    ),
    h("button", { type: "button", class: "btn", onclick: () => tryIt(manager, place, command) }, "Try it"),
    h("button", { type: "button", class: "quiet square", "aria-label": "Hide this hint", onclick: hide }, icon("close")),
  );
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
