"""HTTP of contributions: load with the reader's scope, call one action, answer with a page or its fragment."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from parvis.contributions import actions, feed_sql, forum, opened, queries, rules, suggestions
from parvis.contributions.followed import ties_of
from parvis.contributions.forms import CommentForm, EditForm
from parvis.contributions.models import Contribution, Reaction, Topic
from parvis.kernel import richtext
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Cursor
from parvis.kernel.text import folded, id_in
from parvis.kernel.web import tell
from parvis.kernel.web.back import back
from parvis.people.models import Person
from parvis.people.signed_in import SignedIn

# A page listens to this many places at most; the others it shows when it is read again.
MOST_HEARD = 150


def _visible(request: SignedIn, contribution_id: int) -> Contribution:
    """A comment goes out of sight with its publication."""
    visible = Contribution.objects.visible_to(request.user.scope()).filter(root__deleted_at__isnull=True)
    return get_object_or_404(visible, pk=contribution_id)


def _is_fragment(request: SignedIn) -> bool:
    return request.headers.get("HX-Request") == "true"


def _asked_from(request: SignedIn) -> str:
    """The path of the page that a fragment will stand in: htmx names it, a plain request only refers to it."""
    return str(urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")).path)


def _after(request: SignedIn, contribution: Contribution) -> HttpResponse:
    """Back to where the act was made: the card for htmx, its page otherwise."""
    if _is_fragment(request):
        return _card(request, contribution.root_id or contribution.pk)
    return redirect(contribution)


def _card(request: SignedIn, root_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    line = queries.card(root_id, request.user.scope())
    if line is None:
        raise Http404
    if line.place is not None and line.place.url == _asked_from(request):
        line = replace(line, place=None)  # on a place's own wall no card says where it is
    if "entier" in (request.GET.get("vue"), request.POST.get("vue")):
        comments, more["next_comments"] = queries.thread(root_id, request.user.scope())
        line = replace(line, comments=tuple(comments))
        more["is_whole"] = True
    return render(request, "contributions/_card.html", {"card": line, **more}, status=status)


@require_safe
def contribution(request: SignedIn, contribution_id: int) -> HttpResponse:
    """The page of a publication; a comment's address leads to its place on it."""
    found = _visible(request, contribution_id)
    if found.root_id is not None:
        return redirect(found)
    return _page(request, found.pk)


def _page(request: SignedIn, root_id: int, *, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    scope = request.user.scope()
    line = queries.card(root_id, scope)
    if line is None:
        raise Http404
    after_id = id_in(request.GET.get("apres", "")) or 0
    comments, next_comments = queries.thread(root_id, scope, after_id=after_id)
    line = replace(line, comments=tuple(comments))
    # A browser that fetches ahead has opened nothing, nor has somebody who sees as another does.
    is_theirs = "Sec-Purpose" not in request.headers and getattr(request, "seeing_as", None) is None
    if request.method == "GET" and is_theirs and line.author.pk != request.user.pk:
        opened.note(root_id, request.user.pk)
    context = {"card": line, "next_comments": next_comments, "form": form or CommentForm(), "is_whole": True}
    return render(request, "contributions/contribution.html", context, status=status)


@require_GET
def card(request: SignedIn, contribution_id: int) -> HttpResponse:
    """Of a publication; a comment's address gives the card it stands on."""
    found = _visible(request, contribution_id)
    return _card(request, found.root_id or found.pk)


@require_GET
def talk(request: SignedIn, contribution_id: int) -> HttpResponse:
    """A publication as one line of a forum, again."""
    line = forum.talk(contribution_id, request.user.scope())
    if line is None:
        raise Http404
    return render(request, "contributions/_talk.html", {"talk": line})


@require_GET
def menu(request: SignedIn, contribution_id: int) -> HttpResponse:
    """What one may do beyond the three buttons; loaded when it is opened, a page of its own without JavaScript."""
    found = _visible(request, contribution_id)
    context = {
        "contribution": found,
        "may_edit": rules.may_edit(request.user, found),
        "may_delete": rules.may_delete(request.user, found),
        "has_history": found.edited_at is not None,
    }
    name = "contributions/_menu.html" if _is_fragment(request) else "contributions/menu.html"
    return render(request, name, context)


@limited("comment", per_minute=20)
def comments(request: SignedIn, contribution_id: int) -> HttpResponse:
    """GET: the form under a card. POST: a comment, or a reply when the address is a comment's."""
    found = _visible(request, contribution_id)
    if request.method != "POST":
        context = {"on": found, "form": CommentForm()}
        return render(request, "contributions/comment_form.html", context)

    form = CommentForm(request.POST)
    made_id = 0
    if form.is_valid():
        try:
            made_id, _is_new = once(
                act="comment",
                person_id=request.user.pk,
                key=request.POST.get("key"),
                create=lambda: actions.comment(author=request.user, on=found, text=form.cleaned_data["text"]).pk,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
    if form.errors:
        if _is_fragment(request):
            response = render(request, "contributions/comment_form.html", {"on": found, "form": form}, status=422)
            response["HX-Retarget"], response["HX-Reswap"] = "closest form", "outerHTML"
            return response
        return _page(request, found.root_id or found.pk, form=form, status=422)
    if _is_fragment(request):
        return _card(request, found.root_id or found.pk)
    return redirect(Contribution.objects.get(pk=made_id))


@require_GET
def reactions(request: SignedIn, contribution_id: int) -> HttpResponse:
    """The six words."""
    found = _visible(request, contribution_id)
    mine = feed_sql.own_reactions([found.pk], request.user.pk).get(found.pk, "")
    name = "contributions/_reactions.html" if _is_fragment(request) else "contributions/reactions.html"
    return render(request, name, {"contribution": found, "mine": mine, "kinds": Reaction.Kind})


@require_POST
@limited("react", per_minute=60)
def set_reaction(request: SignedIn, contribution_id: int, kind: Reaction.Kind) -> HttpResponse:
    """The form says which state it wants ("on" is 1 or 0), so that a double click changes nothing."""
    found = _visible(request, contribution_id)
    if request.POST.get("on") == "1":
        actions.react(person=request.user, contribution=found, kind=kind)
    else:
        actions.withdraw_reaction(person=request.user, contribution=found)
    return _after(request, found)


@limited("edit", per_minute=20)
def edit(request: SignedIn, contribution_id: int) -> HttpResponse:
    found = _visible(request, contribution_id)
    if not rules.may_edit(request.user, found):
        return render(request, "contributions/may_not.html", {"contribution": found}, status=403)
    text, people = queries.editable_text(found, request.user.scope())
    if request.method != "POST":
        revision = found.revisions.count()
        form = EditForm(initial={"title": found.title, "text": text, "based_on": revision})
        return render(request, "contributions/edit.html", {"contribution": found, "form": form, "people": people})

    form = EditForm(request.POST)
    if form.is_valid():
        try:
            actions.edit(by=request.user, contribution=found, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    if form.has_error("text", actions.CHANGED_MEANWHILE):
        # Told of the other text, they may send theirs over it.
        form.data = request.POST.dict() | {"based_on": str(found.revisions.count())}
    if form.errors:
        context = {"contribution": found, "form": form, "people": people}
        return render(request, "contributions/edit.html", context, status=422)
    tell(request, _("C’est modifié. L’ancien texte reste dans l’historique."))
    return redirect(found)


@require_safe
def history(request: SignedIn, contribution_id: int) -> HttpResponse:
    found = _visible(request, contribution_id)
    revisions = queries.history(found, request.user.scope())
    return render(request, "contributions/history.html", {"contribution": found, "revisions": revisions})


def delete(request: SignedIn, contribution_id: int) -> HttpResponse:
    """GET asks; POST deletes, and « Annuler » undoes it for a day."""
    gone = Contribution.objects.filter(pk=contribution_id, deleted_by=request.user).select_related("root").first()
    if gone is not None and request.method == "POST" and rules.may_restore(request.user, gone):
        return _after_deleting(request, gone)  # a second click
    found = _visible(request, contribution_id)
    if not rules.may_delete(request.user, found):
        return render(request, "contributions/may_not.html", {"contribution": found}, status=403)
    if request.method != "POST":
        return render(request, "contributions/delete.html", {"contribution": found})
    actions.delete(by=request.user, contribution=found)
    return _after_deleting(request, found)


def _after_deleting(request: SignedIn, found: Contribution) -> HttpResponse:
    tell(request, _("C’est supprimé."), undo=reverse("contributions:restore", args=[found.pk]))
    if found.root_id is not None:
        return _after(request, found.root or found)
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Retarget": f"#c-{found.pk}", "HX-Reswap": "delete"})
    return redirect("home:feed")


@require_POST
def restore(request: SignedIn, contribution_id: int) -> HttpResponse:
    """Visible again. The one route that loads what is deleted: only for whoever deleted it."""
    found = get_object_or_404(Contribution, pk=contribution_id)
    if found.deleted_at is None:
        _visible(request, contribution_id)
    elif not rules.may_restore(request.user, found):
        raise Http404
    actions.restore(by=request.user, contribution=found)
    tell(request, _("C’est rétabli."))
    return redirect(found)


@require_safe
def topic(request: SignedIn, key: str) -> HttpResponse:
    """The visible publications about a #word. A word nobody visible used looks like a word nobody used."""
    name = folded(key)[:60]
    found = Topic.objects.filter(key=name).first()
    before = Cursor.read(request.GET.get("avant"))
    scope = request.user.scope()
    context = {
        # Read first: what is published meanwhile is news.
        "since": queries.newest_topic_use(),
        "page": (page := queries.of_topic(found.pk if found else 0, scope, before=before)),
        "name": found.name if found and page.rows else name,
        "key": name,
        "may_follow": rules.may_follow_topics(request.user) and richtext.is_topic(name),
        "follows": found is not None and found.pk in ties_of(request.user).topics,
        "topics": " ".join(f"u:{audience_id}" for audience_id in sorted(scope.audience_ids)[:MOST_HEARD]),
    }
    return render(request, "contributions/topic.html", context)


@require_POST
@limited("ties", per_minute=60)
def follow_topic(request: SignedIn, key: str) -> HttpResponse:
    """The form says which state it wants; « Annuler » says it in the address."""
    name = folded(key)[:60]
    if not richtext.is_topic(name):
        raise Http404
    is_on = (request.POST.get("on") or request.GET.get("on") or "1") == "1"
    if is_on:
        actions.follow_topic(person=request.user, key=name)
        said = _("Vous suivez #%(name)s : ce qui en parle vient dans votre fil, là où vous lisez.")
    else:
        actions.unfollow_topic(person=request.user, key=name)
        said = _("Vous ne suivez plus #%(name)s.")
    opposite = f"{reverse('contributions:follow_topic', args=[name])}?on={0 if is_on else 1}"
    tell(request, said % {"name": name}, undo=opposite)
    return back(request, reverse("contributions:topic", args=[name]))


@require_GET
def topic_news(request: SignedIn, key: str) -> HttpResponse:
    """The visible publications that began to use the word after `since`, and up to where this answer looked."""
    since = id_in(request.GET.get("since", ""))
    if since is None:
        raise Http404
    newest = queries.newest_topic_use()
    page = queries.news_of_topic(folded(key)[:60], request.user.scope(), since=since)
    return render(request, "contributions/_topic_news.html", {"page": page, "newest": newest})


@require_safe
def of_person(request: SignedIn, person_id: int) -> HttpResponse:
    scope = request.user.scope()
    person = get_object_or_404(Person.objects.visible_to(scope), pk=person_id)
    page = queries.of_person(person, scope, before=Cursor.read(request.GET.get("avant")))
    name = "contributions/_of_person.html" if _is_fragment(request) else "contributions/of_person.html"
    return render(request, name, {"person": person, "page": page})


@require_GET
def suggest_people(request: SignedIn) -> JsonResponse:
    """For « @ »: people by the start of their names; those who would read it first."""
    audience_id = id_in(request.GET.get("a", ""))
    found = suggestions.people(request.GET.get("q", ""), reader=request.user, audience_id=audience_id)
    return JsonResponse({"people": found})


@require_GET
def suggest_topics(request: SignedIn) -> JsonResponse:
    return JsonResponse({"topics": suggestions.topics(request.GET.get("q", ""), scope=request.user.scope())})
