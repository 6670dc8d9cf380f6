/** What the scripts say, in the reader's language: the server writes the sentences, parvis/shell/words.py, into #words. */

export const WORDS = [
  // The connection
  "offline", "online", "lost", "timeout",
  // What an answer's status means
  "forbidden", "gone", "too_big", "too_many", "failed",
  // The pill of news: exact, or « there is something »
  "news_one", "news_other", "news_some", "rail_news",
  // Forms
  "busy", "undo", "close", "cancel", "confirm",
  // Drafts
  "draft_kept", "draft_restored", "typed",

  // Passwords
  "password_bits", "password_weak", "password_nearly", "password_enough",
  // The writing field
  "editor", "editor_tools", "editor_format", "editor_mention", "editor_topic",
  "editor_bold", "editor_italic", "editor_strike", "editor_code", "editor_code_block",
  "editor_heading", "editor_subheading", "editor_quote", "editor_bullets", "editor_numbers", "editor_link",
  "editor_link_address", "editor_link_set", "editor_link_remove",
  "suggestions_one", "suggestions_other", "suggestions_none", "suggestions_no_reader",
] as const;

export type Word = (typeof WORDS)[number];
type Values = Record<string, string | number>;

let known: Partial<Record<Word, string>> | undefined;

function all(): Partial<Record<Word, string>> {
  known ??= JSON.parse(document.getElementById("words")?.textContent || "{}") as Partial<Record<Word, string>>;
  return known;
}

/** The sentence with its `%(name)s` filled in; empty when the page gave none, so that nothing odd is shown. */
export function word(key: Word, values: Values = {}): string {
  const said = all()[key] ?? "";
  return said.replace(/%\((\w+)\)[sd]/g, (whole, name: string) => String(values[name] ?? whole));
}

/** « 1 nouveauté », « 3 nouveautés »: the form that the reader's language uses for this number. */
export function counted(key: "news" | "suggestions", count: number): string {
  const rule = new Intl.PluralRules(document.documentElement.lang || "fr").select(count);
  return word(rule === "one" ? `${key}_one` : `${key}_other`, { count });
}

/** For tests, which change the page under our feet. */
export function forgetWords(): void {
  known = undefined;
}
