/** A person in the text: shown by name, written `@handle`. */
import { mergeAttributes, Node } from "@tiptap/core";

export const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,

  addAttributes() {
    return {
      handle: { default: "", parseHTML: (element) => element.dataset.mention },
      name: { default: "", parseHTML: (element) => element.textContent.replace(/^@/, "") },
    };
  },
  parseHTML: () => [{ tag: "span[data-mention]" }],
  renderHTML: ({ node, HTMLAttributes: _ }) => [
    "span",
    mergeAttributes({ class: "mention", "data-mention": node.attrs.handle as string }),
    `@${node.attrs.name as string}`,
  ],
  renderText: ({ node }) => `@${node.attrs.handle as string}`,
});
