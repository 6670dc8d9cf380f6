/** <password-meter data-min-bits="50"> around a field: how long a password would hold, counted as the server counts it.
 *  What only the server knows (words, names, common passwords) it says when the form is sent. */
import { word } from "./words";

/** CNIL, délibération 2022-100: the size of each alphabet used. */
const ALPHABETS: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 37]];
/** A word of a phrase is worth one of the 7776 of the Diceware list. */
const BITS_A_WORD = Math.log2(7776);

const lengthOf = (text: string) => [...text].length;

/** Bits; the same sum as `parvis.people.passwords.entropy`. */
export function entropy(password: string): number {
  const size = ALPHABETS.reduce((sum, [alphabet, count]) => sum + (alphabet.test(password) ? count : 0), 0);
  const bySigns = size ? lengthOf(password) * Math.log2(size) : 0;
  const words = password.match(/\p{L}+/gu) ?? [];
  const inWords = words.reduce((sum, one) => sum + lengthOf(one), 0);
  if (words.length < 2 || inWords < lengthOf(password) * 0.75) return bySigns;
  // The separators are free to guess.
  const others = Math.max(0, lengthOf(password) - inWords - (words.length - 1));
  const long = words.filter((one) => lengthOf(one) > 2).length;
  return Math.min(bySigns, long * BITS_A_WORD + others * Math.log2(10));
}

export class PasswordMeter extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", (event) => this.show((event.target as HTMLInputElement).value));
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
