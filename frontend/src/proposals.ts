/** What « @ » and « # » propose: the server's answers, in the order it gives them. */
import { ask } from "./csrf";
import { word } from "./words";

export interface Choice {
  /** Written in the text after the sign. */
  value: string;
  name: string;
  /** Under the name. */
  about?: string;
  initials?: string;
  hue?: number;
  photo?: string | null;
}

interface Person {
  handle: string;
  name: string;
  title: string;
  initials: string;
  hue: number;
  photo?: string | null;
  /** Whether this person will be able to read the text. */
  reads?: boolean;
}
interface Found {
  people?: Person[];
  topics?: string[];
}

export type Sign = "@" | "#";
export interface Call {
  sign: Sign;
  query: string;
}

const CALL = /(?:^|[\s(«“"'’[])([@#])([\p{L}\p{N}._-]{0,40})$/u;

/** The sign and the letters that end a text, if they call somebody or something. */
export function callAtEnd(text: string): Call | null {
  const [, sign, query] = CALL.exec(text.slice(-60)) ?? [];
  return sign && query !== undefined ? { sign: sign as Sign, query } : null;
}

/** The audience that a form writes to: its own field, or what the page says around it. */
export function audienceAround(element: Element): string {
  const field = element.closest("form")?.querySelector<HTMLSelectElement>('[name="audience"]');
  return field?.value || element.closest<HTMLElement>("[data-audience]")?.dataset.audience || "";
}

/** Those who would not read the text come last, and it is said. */
export async function propose({ sign, query }: Call, from: HTMLElement, signal: AbortSignal): Promise<Choice[]> {
  const audience = audienceAround(from);
  const url = sign === "@" ? (from.dataset.peopleUrl ?? "/suggestions/personnes/") : (from.dataset.topicsUrl ?? "/suggestions/sujets/");
  const parameters = new URLSearchParams(sign === "@" && audience ? { q: query, a: audience } : { q: query });
  const answer = await ask(`${url}?${parameters}`, { signal });
  if (!answer.ok) return [];
  const { people = [], topics = [] } = (await answer.json()) as Found;
  return sign === "@" ? people.map(person) : topics.map((name) => ({ value: name, name: `#${name}` }));
}

function person({ handle, name, title, initials, hue, photo, reads }: Person): Choice {
  const about = reads === false ? word("suggestions_no_reader") : title;
  return { value: handle, name, about, initials, hue, photo };
}
