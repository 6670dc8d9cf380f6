/** The dot beside a community of the rail: somebody else has published there since the page was opened. */
import { word } from "../words";
import type { Frame } from "./topics";

function mark(place: HTMLElement): void {
  if (place.classList.contains("unread")) return;
  place.classList.add("unread");
  const dot = document.createElement("span");
  dot.className = "dot";
  const said = document.createElement("span");
  said.className = "sr";
  said.textContent = word("rail_news");
  place.append(dot, said);
}

const placesOf = (topic: string) => document.querySelectorAll<HTMLElement>(`[data-topic="${CSS.escape(topic)}"]`);

export function start(): void {
  document.addEventListener("live:frame", (event) => {
    const { topic, author } = (event as CustomEvent<Frame>).detail;
    // Without an author it is the answer to a reconnection: perhaps nothing new.
    if (author === undefined || String(author) === document.body.dataset.reader) return;
    placesOf(topic).forEach((place) => place.hasAttribute("aria-current") || mark(place));
  });
  document.addEventListener("live:lost", (event) => {
    for (const topic of (event as CustomEvent<string[]>).detail) placesOf(topic).forEach((place) => place.remove());
  });
}
