/** What htmx says of a request: who asked, and what came. `detail.elt` is only where the event was sent from. */

export interface Answered {
  elt: Element;
  target: Element;
  xhr: XMLHttpRequest;
  requestConfig: { elt: Element; verb: string };
  pathInfo: { requestPath: string };
  shouldSwap: boolean;
}

export const answered = (event: Event): Answered => (event as CustomEvent<Answered>).detail;

/** The element whose act it was, even when the answer has taken it out of the page since. */
export const asker = (event: Event): Element => answered(event).requestConfig.elt;

/** The form that was sent; none for a question asked from within one. */
export function sentForm(event: Event): HTMLFormElement | null {
  return answered(event).requestConfig.verb === "get" ? null : asker(event).closest("form");
}
