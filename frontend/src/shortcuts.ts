/** Single keys: `?` lists them, `n` publishes, `p` and `s` walk through the publications, `g` then a letter goes somewhere. */
import { open } from "./dialogs";

const SEQUENCE = 1_200;
const WRITING = "input, textarea, select, [contenteditable], [role=textbox], [role=listbox], dialog";

/** Off by the reader's choice: on this device (localStorage) or everywhere (`<body data-shortcuts="off">`). */
export function areOff(): boolean {
  return document.body.dataset.shortcuts === "off" || localStorage.getItem("shortcuts") === "off";
}

/** Whatever carries `data-key="n"` or `data-key="g a"` is clicked. */
function press(keys: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(keys)}"]`)
    ?? (keys === "n" ? document.querySelector<HTMLElement>("[data-publish]") : null);
  target?.click();
  return target !== null;
}

function walk(step: 1 | -1): boolean {
  const cards = [...document.querySelectorAll<HTMLElement>("main article[id^='c-']")];
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const next = here < 0 ? nearest(cards, step) : cards[here + step];
  if (!next) return false;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
  return true;
}

/** Coming from nowhere: the first that begins below the top of the window, or the last that begins above it. */
function nearest(cards: HTMLElement[], step: 1 | -1): HTMLElement | undefined {
  const isBelow = (card: HTMLElement) => card.getBoundingClientRect().top > 0;
  return step === 1 ? cards.find(isBelow) : cards.findLast((card) => !isBelow(card));
}

const ACTS: Record<string, () => boolean> = { "?": () => open("shortcuts") !== null, s: () => walk(1), p: () => walk(-1) };

export function start(): void {
  let before = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || areOff()) return;
    if ((event.target as Element).closest?.(WRITING) || event.key.length !== 1) return;
    const keys = before ? `${before} ${event.key}` : event.key;
    window.clearTimeout(timer);
    before = "";
    if (event.key === "g" && keys === "g") {
      before = "g";
      timer = window.setTimeout(() => (before = ""), SEQUENCE);
      return;
    }
    if (ACTS[keys] ? ACTS[keys]() : press(keys)) event.preventDefault();
  });
  // Ctrl+Enter sends what one is writing, as in the editor; it is no single key, and cannot be switched off.
  document.addEventListener("keydown", (event) => {
    const field = event.target as Element;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !field.matches("textarea")) return;
    event.preventDefault();
    (field as HTMLTextAreaElement).form?.requestSubmit();
  });
  // A switch in the settings: <input type="checkbox" data-shortcuts-switch>, checked when they work.
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.matches("[data-shortcuts-switch]")) return;
    if (box.checked) localStorage.removeItem("shortcuts");
    else localStorage.setItem("shortcuts", "off");
  });
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-shortcuts-switch]")) box.checked = !areOff();
}
