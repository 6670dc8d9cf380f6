/** <password-meter data-min-bits="50"> around a field: how long a password would hold, counted as the server counts it.
 *  What only the server knows (words, names, common passwords) it says when the form is sent. */
import { word } from "./words";

/** CNIL, délibération 2022-100: the size of each alphabet used. */
const ALPHABETS: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 37]];
/** A word of a phrase is worth one of the 7776 of the Diceware list. */
const BITS_A_WORD = Math.log2(7776);

const lengthOf = (text: string) => [...text].length;

const SEPARATORS = /[\s\-_.,;:!?'’]+/;
const isWord = (part: string) => /^\p{L}+$/u.test(part);

function bySigns(text: string): number {
  const size = ALPHABETS.reduce((sum, [alphabet, count]) => sum + (alphabet.test(text) ? count : 0), 0);
  return size ? lengthOf(text) * Math.log2(size) : 0;
}

/** Bits; the same sum as `parvis.people.passwords.entropy`. */
export function entropy(password: string): number {
  const parts = password.split(SEPARATORS).filter(Boolean);
  const isPhrase = parts.length > 1 && parts.filter(isWord).length >= parts.length * 0.75;
  if (!isPhrase) return bySigns(password);
  const worth = (part: string) => (isWord(part) ? Math.min(bySigns(part), BITS_A_WORD) : bySigns(part));
  return Math.min(bySigns(password), parts.reduce((sum, part) => sum + worth(part), 0));
}

export class PasswordMeter extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", (event) => this.show((event.target as HTMLInputElement).value));
    const eye = this.querySelector<HTMLButtonElement>("button[aria-pressed]");
    const field = this.querySelector("input");
    if (!eye || !field) return;
    eye.hidden = false;
    eye.addEventListener("click", () => {
      const isSeen = field.type === "password";
      field.type = isSeen ? "text" : "password";
      eye.setAttribute("aria-pressed", String(isSeen));
    });
    // Hidden again before it leaves, so that no browser offers it as an ordinary text.
    field.form?.addEventListener("submit", () => (field.type = "password"));
  }

  private show(password: string): void {
    const least = Number(this.dataset.minBits ?? 50);
    const bits = Math.floor(entropy(password));
    const meter = this.querySelector("meter");
    meter?.setAttribute("value", String(Math.min(bits, Number(meter.getAttribute("max") ?? bits))));
    const key = bits >= least ? "password_enough" : bits >= least * 0.6 ? "password_nearly" : "password_weak";
    this.dataset.state = key.replace("password_", "");
    const sentence = this.querySelector("[aria-live]");
    if (sentence) sentence.textContent = `${word(key)} (${word("password_bits", { bits, least })})`;
  }
}

export function start(): void {
  customElements.define("password-meter", PasswordMeter);
}
