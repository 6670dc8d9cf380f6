"""Reads every Jinja2 template and says what would break, leak or shut somebody out; the list is in `RULES` below.

Templates are parsed by Jinja2 itself. What they print is read as HTML in which a mark stands for each expression,
so that a rule never mistakes code for text.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

ROOT = Path(__file__).resolve().parent.parent
# They stand for a {{ … }} in the HTML that the rules read.
MARK, CSRF, NONCE = "\ue000", "\ue001", "\ue002"
# A page hands its token to a macro as `csrf`: Django makes the hidden field anew each time one prints it.
CSRF_NAMES = {"csrf_input", "csrf"}
# Callables of Jinja2 itself and of every page's context.
CONTEXT = {"caller", "super", "csrf_input"}
# Blocks whose text is a setting for the page they extend, not something to read.
SETTINGS = {"shape", "own_act", "publish_to", "live_main"}
WORDS = re.compile(r"[^\W\d_]{2,}")
NOT_TRANSLATED = {"Parvis"}  # proper names
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
# A long text has one template for each language: texts/charter.fr.html and texts/charter.en.html.
IN_ONE_LANGUAGE = re.compile(r"\.(fr|en)\.\w+$")
# Who may print HTML that Jinja2 has not escaped, and why nothing of a person's hand reaches it unsanitised.
MAY_PRINT_HTML: dict[str, str] = {}


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    line: int
    inner: str = ""


@dataclass
class Template:
    name: str
    path: Path
    tree: nodes.Template
    tags: list[Tag] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects tags with the HTML inside the forms, and the text between tags."""

    def __init__(self, template: Template) -> None:
        super().__init__(convert_charrefs=True)
        self.template = template
        self.open_forms: list[tuple[Tag, int]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Tag(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.template.tags.append(found)
        if tag == "form":
            self.open_forms.append((found, self.getpos()[0]))
        if tag in {"script", "style", "svg", "kbd", "code", "pre"}:
            self.inside.append(tag)
        self._note(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.template.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open_forms:
            self.open_forms.pop()
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        self._note(data)
        if not self.inside:
            self.template.texts.append((self.getpos()[0], data))

    def _note(self, text: str) -> None:
        for form, _ in self.open_forms:
            form.inner += text


# --- Reading ---------------------------------------------------------------------------------------------------------
def template_paths() -> dict[str, Path]:
    """Name as `render()` says it → file."""
    return {
        str(path.relative_to(folder)): path
        for folder in sorted(ROOT.glob("parvis/**/jinja2"))
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".txt", ".svg"}
    }


def printed(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """What a template prints, in order, with a mark for each expression."""
    if isinstance(node, nodes.Block) and node.name in SETTINGS:
        return
    if isinstance(node, nodes.Output):
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                yield child.lineno, child.data
            else:
                names = names_in(child)
                yield child.lineno, CSRF if names & CSRF_NAMES else NONCE if "csp_nonce" in names else MARK
    else:
        for child in node.iter_child_nodes():
            yield from printed(child)


def names_in(node: nodes.Node) -> set[str]:
    own = {node.name} if isinstance(node, nodes.Name) else set()
    return own | {name.name for name in node.find_all(nodes.Name)}


def as_html(tree: nodes.Template) -> str:
    """The HTML of a template, each piece on the line where it stands in the file."""
    text, line = "", 1
    for at, piece in printed(tree):
        text += "\n" * max(0, at - line)
        line = max(line, at) + piece.count("\n")
        text += piece
    return text


def read(environment: Environment, name: str, path: Path) -> Template:
    tree = environment.parse(path.read_text(), name, str(path))
    template = Template(name, path, tree)
    if path.suffix != ".txt":
        reader = Reader(template)
        reader.feed(as_html(tree))
        reader.close()
    return template


# --- Rules: each yields (line, fault) --------------------------------------------------------------------------------
Fault = tuple[int, str]


def finds_what_it_names(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """Extended, included and imported templates exist, and so do the imported macros."""
    for node in template.tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        if not isinstance(node.template, nodes.Const):
            continue
        name = node.template.value
        if name not in known:
            yield node.lineno, f"there is no template {name}"
        elif isinstance(node, nodes.FromImport):
            macros = {macro.name for macro in known[name].tree.find_all(nodes.Macro)}
            macros |= {
                target.name
                for set_ in known[name].tree.find_all(nodes.Assign)
                for target in [set_.target]
                if isinstance(target, nodes.Name)
            }
            for wanted in node.names:
                wanted = wanted if isinstance(wanted, str) else wanted[0]
                if wanted not in macros:
                    yield node.lineno, f"{name} has no {wanted}"


def calls_what_exists(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """A macro that is called was defined or imported here. Views hand values, never functions."""
    tree = template.tree
    defined = CONTEXT | set(tree.environment.globals) | {macro.name for macro in tree.find_all(nodes.Macro)}
    defined |= {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    for node in tree.find_all(nodes.FromImport):
        defined |= {name if isinstance(name, str) else name[1] for name in node.names}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name not in defined:
            yield call.lineno, f"{call.node.name}() is neither imported nor defined here"


def prints_no_raw_html(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """Only the listed templates print HTML that was not escaped."""
    if template.name in MAY_PRINT_HTML:
        return
    for filter_ in template.tree.find_all(nodes.Filter):
        if filter_.name == "safe" and not names_in(filter_) <= CSRF_NAMES:
            yield filter_.lineno, "|safe outside the list of scripts/lint_templates.py"
    for node in template.tree.find_all(nodes.ScopedEvalContextModifier):
        yield node.lineno, "autoescape is not to be changed"


def has_no_inline_code(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """Nothing that the Content Security Policy refuses, or that would need eval."""
    for tag in template.tags:
        for name, value in tag.attributes.items():
            if re.fullmatch(r"on[a-z]+", name):
                yield tag.line, f"inline handler {name}"
            if name.startswith(("hx-on", "data-hx-on")):
                yield tag.line, f"{name} needs eval"
            if name.startswith("hx-") and value.startswith(("js:", "javascript:")):
                yield tag.line, f"{name}=js: needs eval"
            if name == "hx-trigger" and "[" in value:
                yield tag.line, "a filter in hx-trigger needs eval"
            if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith("javascript:"):
                yield tag.line, f"{name}=javascript:"
            # Mail programs read nothing but style attributes; the policy of our pages refuses them.
            is_mail = template.name.startswith("mail/")
            if name == "style" and not is_mail and not re.fullmatch(r"(\s*--[\w-]+:\s*[^;]*;?)+\s*", value):
                yield tag.line, "style= may only set custom properties (--h)"
        if tag.name in {"script", "style"} and "src" not in tag.attributes:
            is_data = tag.attributes.get("type", "").endswith("json")
            if NONCE not in tag.attributes.get("nonce", "") and not is_data:
                yield tag.line, f"<{tag.name}> without nonce"


def asks_nothing_of_other_hosts(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """No font, script, style or picture from elsewhere: no outbound call unless configured."""
    for tag in template.tags:
        for name in ("src", "srcset", "poster"):
            if re.match(r"(https?:)?//", tag.attributes.get(name, "")):
                yield tag.line, f"{name} of another host"
        if tag.name == "link" and re.match(r"(https?:)?//", tag.attributes.get("href", "")):
            yield tag.line, "<link> to another host"


def can_be_read_by_all(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """Pictures have an alt, links that open elsewhere are safe, ids of a tag stand once, buttons say their type."""
    for tag in template.tags:
        if tag.name == "img" and "alt" not in tag.attributes:
            yield tag.line, "<img> without alt"
        if tag.attributes.get("target") == "_blank" and "noopener" not in tag.attributes.get("rel", ""):
            yield tag.line, "target=_blank without rel=noopener"
        if tag.name == "a" and tag.attributes.get("href") == "#":
            yield tag.line, "a link that leads nowhere: use a button"
        if int(tag.attributes.get("tabindex", "0").replace(MARK, "0") or 0) > 0:
            yield tag.line, "a positive tabindex breaks the order of reading"
        if tag.name in {"iframe", "video", "audio"} and not tag.attributes.keys() & {"title", "aria-label"}:
            yield tag.line, f"<{tag.name}> without title"


def sends_its_token(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """Every form that posts carries csrf_input, or a token of its own by the same name; none posts to another host."""
    for tag in template.tags:
        if tag.name != "form" or tag.attributes.get("method", "").lower() != "post":
            continue
        if CSRF not in tag.inner and "csrfmiddlewaretoken" not in tag.inner:
            yield tag.line, "a form that posts without csrf_input"
        if re.match(r"(https?:)?//", tag.attributes.get("action", "")):
            yield tag.line, "a form that posts to another host"


def speaks_both_languages(template: Template, known: dict[str, Template]) -> Iterator[Fault]:
    """No sentence outside gettext."""
    if IN_ONE_LANGUAGE.search(template.name):
        twin = IN_ONE_LANGUAGE.sub(
            lambda m: m.group().replace(f".{m[1]}.", f".{ {'fr': 'en', 'en': 'fr'}[m[1]] }."), template.name
        )
        if twin not in known:
            yield 1, f"there is no {twin}"
        return
    for line, text in template.texts:
        words = [word for word in WORDS.findall(text) if word not in NOT_TRANSLATED]
        if words and "<!doctype" not in text.lower():
            yield line, f"not in gettext: {text.strip()[:50]!r}"
    for tag in template.tags:
        for name in SPOKEN_ATTRIBUTES & tag.attributes.keys():
            value = tag.attributes[name]
            if [word for word in WORDS.findall(value) if word not in NOT_TRANSLATED] and MARK not in value:
                yield tag.line, f"not in gettext: {name}={value[:40]!r}"


RULES: list[Callable[[Template, dict[str, Template]], Iterator[Fault]]] = [
    finds_what_it_names,
    calls_what_exists,
    prints_no_raw_html,
    has_no_inline_code,
    asks_nothing_of_other_hosts,
    can_be_read_by_all,
    sends_its_token,
    speaks_both_languages,
]


# --- All of it -------------------------------------------------------------------------------------------------------
def faults(environment: Environment, paths: dict[str, Path]) -> Iterator[str]:
    """`file:line: fault` for each; `environment` is the product's own, so that its filters and globals are known."""
    known: dict[str, Template] = {}
    for name, path in paths.items():
        try:
            environment.compile(path.read_text(), name, str(path))
            known[name] = read(environment, name, path)
        except TemplateSyntaxError as error:
            yield f"{shown(path)}:{error.lineno}: {error.message}"
    for template in known.values():
        for rule in RULES:
            for line, fault in rule(template, known):
                yield f"{shown(template.path)}:{line}: {fault}"


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def our_environment() -> Environment:
    import os

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.template import engines

    django.setup()
    return next(engine.env for engine in engines.all() if hasattr(engine, "env"))


if __name__ == "__main__":
    found = list(faults(our_environment(), template_paths()))
    print(*found, sep="\n") if found else None
    sys.exit(bool(found))
