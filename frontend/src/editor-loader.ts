/** Fetches the editor, ten times heavier than the rest, when a page has a <rich-editor>; until then its textarea serves. */
import htmx from "htmx.org";

let asked = false;

export function look(root: ParentNode, load: () => Promise<unknown>): void {
  if (asked || !root.querySelector("rich-editor")) return;
  asked = true;
  load().catch(() => (asked = false));
}

export function start(load: () => Promise<unknown> = () => import("./editor/rich-editor").then((part) => part.start())): void {
  look(document, load);
  htmx.onLoad(() => look(document, load));
}
