/** Where a proxy forbids WebSockets: the same versions, asked for every twenty seconds. */
import { ask } from "../csrf";
import type { Frame, Versions } from "./topics";

const EVERY = 20_000;

export interface Outcome {
  state: "reached" | "unreachable" | "signed out";
  /** What is newer than what is shown. */
  frames: Frame[];
  /** What was asked for and not answered: no longer for this reader. */
  lost: string[];
}

const nothing = (state: Outcome["state"]): Outcome => ({ state, frames: [], lost: [] });

export async function look(url: string, shown: Versions): Promise<Outcome> {
  try {
    const answer = await ask(`${url}?t=${encodeURIComponent([...shown.keys()].join(","))}`, { redirect: "manual" });
    if (answer.status === 401 || answer.type === "opaqueredirect") return nothing("signed out");
    if (!answer.ok) return nothing("unreachable");
    const versions = new Map(Object.entries((await answer.json()) as Record<string, number>));
    return {
      state: "reached",
      frames: [...versions].filter(([topic, is]) => is > (shown.get(topic) ?? 0)).map(([topic, version]) => ({ topic, version })),
      lost: [...shown.keys()].filter((topic) => !versions.has(topic)),
    };
  } catch {
    return nothing("unreachable");
  }
}

/** Runs `act` every twenty seconds, give or take four, while the tab is looked at. */
export class Rounds {
  private timer = 0;

  constructor(private readonly act: () => void) {}

  start(): void {
    if (!this.timer) this.next();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  private next(): void {
    this.timer = window.setTimeout(() => {
      if (!document.hidden) this.act();
      this.next();
    }, EVERY * (0.8 + Math.random() * 0.4));
  }
}
