// Scrolled places stay where they were; those that stood at their end follow what is added.

const NEAR_END_PX = 60;
const seen = new Map();

const all = () => document.querySelectorAll("[data-stick]");

export function keepPlaces() {
  for (const dom of all()) seen.set(dom.dataset.stick, { top: dom.scrollTop, atEnd: dom.scrollHeight - dom.scrollTop - dom.clientHeight < NEAR_END_PX });
}

export function settlePlaces() {
  for (const dom of all()) {
    const before = seen.get(dom.dataset.stick);
    if (!before || before.atEnd) dom.scrollTop = dom.scrollHeight;
    else if (dom.scrollTop !== before.top) dom.scrollTop = before.top;
  }
}
