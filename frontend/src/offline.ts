/** Says in `.offline` that the connection is lost, and that it came back. */
import { word } from "./words";

const RETURN_STAYS = 4_000;

let isLost = false;
let timer = 0;

function bar(): HTMLElement {
  const found = document.querySelector<HTMLElement>(".offline");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "netbar offline";
  made.setAttribute("role", "status");
  document.body.prepend(made);
  return made;
}

export function say(lost: boolean): void {
  if (lost === isLost) return;
  isLost = lost;
  window.clearTimeout(timer);
  const place = bar();
  (place.querySelector("span") ?? place).textContent = word(lost ? "offline" : "online");
  place.classList.toggle("is-back", !lost);
  place.hidden = false;
  if (!lost) timer = window.setTimeout(() => (place.hidden = true), RETURN_STAYS);
}
