"""Rich text: one Markdown dialect is canonical; its HTML is rendered and sanitised once, at writing.

Neither holds a person's name. A mention is typed `@handle`, kept `@[12]`, and stands in the HTML as a token that each
page replaces by the present name: a renamed, erased or hidden person does not survive in stored text.
"""

from parvis.kernel.richtext.names import editable, handles_in, mentioned_in, resolve, tokenised, tokens_in
from parvis.kernel.richtext.render import VERSION, Rendered, clean, excerpt, is_topic, render

__all__ = [
    "VERSION",
    "Rendered",
    "clean",
    "editable",
    "excerpt",
    "handles_in",
    "is_topic",
    "mentioned_in",
    "render",
    "resolve",
    "tokenised",
    "tokens_in",
]
