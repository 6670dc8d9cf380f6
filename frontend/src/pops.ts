/** Menus that htmx fetches into the `.pop` after their button: the focus goes in and comes back, Esc and a click elsewhere
 *  close them, arrows walk. Holding « J’aime », or an arrow key on it, opens the six words beside it. */
import { asker } from "./answered";
import "./pops.css";

const HOLD = 400;
const INSIDE = "a[href], button";

const popOf = (opener: Element) => opener.parentElement?.querySelector<HTMLElement>(":scope > .pop") ?? null;
const openPops = () => [...document.querySelectorAll<HTMLElement>(".pop:not(:empty)")];

/** The element just before the place: the button that filled it. */
const openerOf = (pop: HTMLElement) => pop.previousElementSibling as HTMLElement | null;

function close(pop: HTMLElement, returns: boolean): void {
  pop.replaceChildren();
  const opener = openerOf(pop);
  opener?.setAttribute("aria-expanded", "false");
  if (returns) opener?.focus();
}

/** « J’aime » and the arrow that opens the six stand in one `.bar`. */
function arrowOf(node: EventTarget | null): HTMLElement | null {
  const button = node instanceof Element ? node.closest(".bar > form:first-of-type button") : null;
  return button?.closest(".bar")?.querySelector<HTMLElement>(".more") ?? null;
}

function walk(event: KeyboardEvent, pop: HTMLElement): void {
  const choices = [...pop.querySelectorAll<HTMLElement>(INSIDE)];
  const at = choices.indexOf(document.activeElement as HTMLElement);
  const last = choices.length - 1;
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
  if (to === undefined || last < 0) return;
  event.preventDefault();
  choices[to > last ? 0 : to < 0 ? last : to]!.focus();
}

function filled({ target }: Event): void {
  if (!(target instanceof HTMLElement) || !target.matches(".pop:not(:empty)")) return;
  openPops().forEach((other) => other !== target && close(other, false));
  openerOf(target)?.setAttribute("aria-expanded", "true");
  (target.querySelector<HTMLElement>("[aria-pressed=true]") ?? target.querySelector<HTMLElement>(INSIDE))?.focus();
}

function hold(): void {
  let timer = 0;
  let wasHeld = false;
  document.addEventListener("pointerdown", (event) => {
    const arrow = event.button === 0 ? arrowOf(event.target) : null;
    wasHeld = false;
    if (arrow) timer = window.setTimeout(() => ((wasHeld = true), arrow.click()), HOLD);
  });
  for (const name of ["pointerup", "pointercancel", "scroll"]) document.addEventListener(name, () => window.clearTimeout(timer), true);
  document.addEventListener("contextmenu", (event) => arrowOf(event.target) && event.preventDefault());
  // The click that ends a long press is no vote.
  document.addEventListener("click", (event) => {
    if (!wasHeld || !arrowOf(event.target)) return;
    wasHeld = false;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}

export function start(): void {
  hold();
  document.addEventListener("htmx:afterSwap", filled);
  // A second press on the button closes what the first opened.
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest("[hx-target='next .pop']");
    const pop = opener && popOf(opener);
    openPops().forEach((other) => other !== pop && !other.contains(event.target as Node) && close(other, false));
    if (!pop || !pop.hasChildNodes()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close(pop, false);
  }, true);
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    const pop = target.closest<HTMLElement>(".pop") ?? (target.closest("[hx-target='next .pop']") && popOf(target));
    if (pop?.hasChildNodes()) {
      if (event.key !== "Escape") return walk(event, pop);
      event.preventDefault();
      close(pop, true);
    } else if (["ArrowUp", "ArrowDown"].includes(event.key)) {
      const arrow = arrowOf(target);
      if (arrow) (event.preventDefault(), arrow.click());
    }
  });
  // Once a choice was made.
  document.addEventListener("htmx:afterRequest", (event) => {
    const pop = asker(event).closest<HTMLElement>(".pop");
    if (pop) close(pop, true);
  });
}
