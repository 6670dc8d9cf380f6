/** What a text may hold in the editor: the shapes of the dialect and no other. */
import type { Extensions } from "@tiptap/core";
import { Code } from "@tiptap/extension-code";
import { Heading } from "@tiptap/extension-heading";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";

import { Mention } from "./mention";

const SCHEMES = /^(https?:|mailto:|tel:)/i;

// The server shows `##` as the third level of the page, under the publication's title; so does the editor.
const LowerHeading = Heading.extend({
  renderHTML: ({ node }) => [`h${Math.min(4, (node.attrs.level as number) + 1)}`, 0],
});
// `**a `b`**`: code may stand in bold.
const MarkedCode = Code.extend({ excludes: "" });

export function shapes(placeholder: string): Extensions {
  return [
    StarterKit.configure({
      underline: false,
      heading: false,
      code: false,
      link: { openOnClick: false, autolink: true, shouldAutoLink: (url) => SCHEMES.test(url) },
    }),
    LowerHeading,
    MarkedCode,
    Mention,
    Placeholder.configure({ placeholder, showOnlyWhenEditable: false }),
  ];
}
