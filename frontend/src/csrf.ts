/** The token that proves a request comes from our own pages. Its cookie is out of reach of scripts: the page says it. */

export function csrf(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf"]');
  // Empty on a page that is only shown (« voir comme »), which sends nothing.
  return meta ? meta.content : document.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value || "";
}

/** A request as our fragments are asked for: the server answers with a piece of page, and never follows us elsewhere. */
export function ask(url: string, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  headers.set("HX-Request", "true");
  if (options.method && options.method !== "GET") headers.set("X-CSRFToken", csrf());
  return fetch(url, { ...options, headers, credentials: "same-origin" });
}
