/** Which publications stood on the screen, told every few seconds and when the page is left: an author learns from it
    « lu par une dizaine de personnes », and nobody ever learns by whom. */
import { ask, csrf } from "./csrf";

const URL = "/vu/";
/** To be read, a card stands there for a second, half of it or over half the screen. */
const LOOK = 1_000;
const WAIT = 8_000;
/** After the connection was lost. */
const AGAIN = 60_000;
const MOST = 100;
/** Of what this tab told, so that a feed that is looked at again is not told again. */
const REMEMBERED = 500;
const KEY = "seen";

interface Kept {
  reader: string;
  waiting: string[];
  told: string[];
}

const looking = new Map<Element, number>();
let kept: Kept;
let timer = 0;
let isTelling = false;
let observer: IntersectionObserver;

function recall(reader: string): Kept {
  try {
    const said = JSON.parse(sessionStorage.getItem(KEY) ?? "") as Kept;
    // Another person may have signed in meanwhile.
    if (said.reader === reader) return said;
  } catch {
    /* nothing was kept, or nothing may be */
  }
  return { reader, waiting: [], told: [] };
}

function keep(): void {
  kept.told = kept.told.slice(-REMEMBERED);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    /* a full store: what waits is told by this page alone */
  }
}

const idOf = (card: Element) => card.id.replace(/^c-/, "");

function isRead(entry: IntersectionObserverEntry): boolean {
  const half = Math.min(entry.boundingClientRect.height, window.innerHeight) / 2;
  return entry.isIntersecting && entry.intersectionRect.height >= half;
}

function look(entries: IntersectionObserverEntry[]): void {
  for (const entry of entries) {
    const card = entry.target;
    if (!isRead(entry)) {
      window.clearTimeout(looking.get(card));
      looking.delete(card);
    } else if (!looking.has(card)) {
      looking.set(card, window.setTimeout(() => note(card), LOOK));
    }
  }
}

function note(card: Element): void {
  looking.delete(card);
  if (document.visibilityState === "hidden" || !card.isConnected) return;
  observer.unobserve(card);
  const id = idOf(card);
  if (kept.told.includes(id) || kept.waiting.includes(id)) return;
  kept.waiting.push(id);
  keep();
  soon(WAIT);
}

function soon(wait: number): void {
  timer ||= window.setTimeout(() => void tell(), wait);
}

function done(ids: string[]): void {
  kept.waiting = kept.waiting.filter((id) => !ids.includes(id));
  kept.told.push(...ids);
  keep();
}

async function tell(): Promise<void> {
  window.clearTimeout(timer);
  timer = 0;
  const ids = kept.waiting.slice(0, MOST);
  if (isTelling || !ids.length) return;
  isTelling = true;
  const answer = await ask(URL, { method: "POST", body: new URLSearchParams({ ids: ids.join(",") }) }).catch(() => null);
  isTelling = false;
  // Refused for good (signed out, an old page) is told no more; unreachable or too often waits.
  if (answer && answer.status !== 429 && answer.status < 500) done(ids);
  if (kept.waiting.length) soon(answer?.ok ? WAIT : AGAIN);
}

/** The page is left, perhaps for good. */
function tellAtLast(): void {
  if (document.visibilityState !== "hidden" || !kept.waiting.length) return;
  const ids = kept.waiting.slice(0, MOST);
  const body = new URLSearchParams({ ids: ids.join(","), csrfmiddlewaretoken: csrf() });
  if (navigator.onLine !== false && navigator.sendBeacon(URL, body)) done(ids);
}

function watch(within: ParentNode): void {
  const cards = within.querySelectorAll<HTMLElement>('article.c[data-live^="c:"]');
  if (within instanceof HTMLElement && within.matches('article.c[data-live^="c:"]')) observer.observe(within);
  cards.forEach((card) => observer.observe(card));
}

export function start(): void {
  const reader = document.body.dataset.reader;
  if (!reader || !("IntersectionObserver" in window)) return;
  kept = recall(reader);
  const steps = Array.from({ length: 21 }, (_, step) => step / 20);
  observer = new IntersectionObserver(look, { threshold: steps });
  watch(document);
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach((node) => node instanceof HTMLElement && watch(node));
    }
  }).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("visibilitychange", tellAtLast);
  window.addEventListener("online", () => void tell());
  if (kept.waiting.length) soon(WAIT);
}
