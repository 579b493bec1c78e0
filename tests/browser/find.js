// How a person finds things on the page: by what they read there. Arguments: what, its name, a question it belongs to,
// milliseconds to wait; answers the element, or null when the time is over.
const [what, name, question, limit, done] = arguments;
const shown = (dom) => dom.checkVisibility({ visibilityProperty: true }) && !dom.closest("[inert]");
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const top = () => ["confirm", "modal", "drawer"].map((each) => document.querySelector(`[data-layer="${each}"]`)).find(Boolean) ?? document;
const places = { channel: ".place.channel", thread: "#thread", window: '[data-layer="modal"]', home: ".home-body", page: "body" };
const named = (dom) => plain(dom.getAttribute("aria-label") ?? dom.textContent);
const questionOf = () => [...top().querySelectorAll("[data-label]")].find((each) => each.dataset.label === question);
// Of several, the newest: below in a channel. Exactly so called before so beginning.
const best = (all) => all.filter((dom) => named(dom) === name).at(-1) ?? all.filter((dom) => named(dom).startsWith(name)).at(-1);
const finders = {
  button: () => best([...top().querySelectorAll("button, [role^=menuitem], summary")].filter(shown)),
  option: () =>
    [...(questionOf()?.querySelectorAll("label.option") ?? [])].filter(shown).find((each) => plain(each.querySelector(".option-words > span").textContent) === name),
  field: () => [...(questionOf()?.querySelectorAll("textarea, input:not([type=radio], [type=checkbox])") ?? [])].find(shown),
  held: () => [finders.field()].find((field) => field?.value === name),
  said: () => [...document.querySelectorAll(places[question])].find((each) => plain(each.innerText).includes(plain(name))),
  unsaid: () => [...document.querySelectorAll(places[question])].every((each) => !plain(each.innerText).includes(plain(name))) && document.body,
  error: () => [...(questionOf()?.querySelectorAll(".error") ?? [])].find((each) => shown(each) && plain(each.textContent).includes(name)),
  css: () => [...document.querySelectorAll(name)].filter(shown).at(-1),
};
const began = performance.now();
const look = () => {
  const found = finders[what]();
  if (found || performance.now() - began > limit) done(found || null);
  else setTimeout(look, 30);
};
look();
