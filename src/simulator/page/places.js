// Scrolled places stay where they were; those that stood at their end follow what is added.

const NEAR_END_PX = 60;
const seen = new Map();

// Text fields are as tall as their text, within what the style sheet allows; measured again when text or width has changed.
const measured = new WeakMap();

function fitTexts() {
  for (const box of document.querySelectorAll("textarea")) {
    const now = `${box.clientWidth} ${box.value}`;
    if (measured.get(box) === now || box.clientWidth === 0) continue;
    measured.set(box, now);
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
}

const all = () => document.querySelectorAll("[data-stick]");

export function keepPlaces() {
  for (const dom of all())
    seen.set(dom.dataset.stick, { top: dom.scrollTop, atEnd: dom.scrollHeight - dom.scrollTop - dom.clientHeight < NEAR_END_PX });
}

export function settlePlaces() {
  fitTexts();
  for (const dom of all()) {
    const before = seen.get(dom.dataset.stick);
    if (!before || before.atEnd) dom.scrollTop = dom.scrollHeight;
    else if (dom.scrollTop !== before.top) dom.scrollTop = before.top;
  }
}
