/** What the page shows of the network: each topic with the version shown. */

export type Versions = Map<string, number>;
export interface Frame {
  topic: string;
  version: number;
  counts?: Record<string, number>;
  /** How many listen. */
  audience?: number;
  author?: number;
}

/** The hub refuses a socket that listens to more than 200; the pages that reach this many are scrolled far down. */
export const MOST = 180;
/** Newer than anything: for topics of which only what happens from now on matters. */
const ONLY_NEWS = Number.MAX_SAFE_INTEGER;

/** The id in a cursor of the server (base64 of a time and an id, eight bytes each); 0 when there is none. */
export function idOf(cursor: string): number {
  try {
    const bytes = Uint8Array.from(atob(cursor.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return bytes.length === 16 ? Number(new DataView(bytes.buffer).getBigInt64(8)) : 0;
  } catch {
    return 0;
  }
}

export function versionOf(element: HTMLElement): number {
  return Number(element.dataset.version) || idOf(element.dataset.since ?? "");
}

export function elementsOf(topic: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-live="${CSS.escape(topic)}"]`)];
}

/** Walls first, then what stands lowest in the page: that is where somebody who scrolled is reading. */
export function shown(): Versions {
  const found: Versions = new Map();
  const add = (topic: string, version: number) => found.set(topic, Math.min(version, found.get(topic) ?? version));
  for (const news of document.querySelectorAll<HTMLElement>("live-news[data-topics]")) {
    for (const topic of news.dataset.topics!.split(/\s+/).filter(Boolean)) add(topic, versionOf(news));
  }
  const main = document.body.dataset.liveMain;
  if (main && !found.has(main)) add(main, ONLY_NEWS);
  for (const place of document.querySelectorAll<HTMLElement>("[data-topic]")) {
    if (!found.has(place.dataset.topic!)) add(place.dataset.topic!, ONLY_NEWS);
  }
  for (const element of [...document.querySelectorAll<HTMLElement>("[data-live]")].reverse()) {
    if (found.size < MOST || found.has(element.dataset.live!)) add(element.dataset.live!, versionOf(element));
  }
  return found;
}

export function difference(before: Versions, now: Versions): { added: Versions; gone: string[] } {
  return {
    added: new Map([...now].filter(([topic]) => !before.has(topic))),
    gone: [...before.keys()].filter((topic) => !now.has(topic)),
  };
}
