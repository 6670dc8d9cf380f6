"""One community joins another: choosing, what it would change, doing it, undoing it; and each one's word on theirs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions as communities
from parvis.communities import rules as communities_may
from parvis.communities.models import Community, Merge, MergeOffer
from parvis.communities.queries import CommunityHeader, header, joinable
from parvis.contributions import actions
from parvis.contributions.moves import questions_for, waiting_on
from parvis.contributions.moving import preview
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people.signed_in import SignedIn


def _header_for_animators(request: SignedIn, slug: str) -> CommunityHeader:
    found = get_object_or_404(Community.objects.visible_to(request.user.scope()), slug=slug)
    head = header(found, request.user)
    if not head.standing.may_animate:
        raise PermissionDenied
    return head


def _target(request: SignedIn, slug: str) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user.scope()), slug=slug)


@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, slug: str) -> HttpResponse:
    """GET: which one, then (`?dans=`) what it would change. POST (`dans`): merges, or asks those who animate it."""
    head = _header_for_animators(request, slug)
    source = head.community
    if head.standing.is_archived:
        return redirect(source)
    chosen = request.POST.get("dans") or request.GET.get("dans", "")
    if not chosen:
        words = request.GET.get("nom", "")
        context = {
            "header": head,
            "here": "merge",
            "words": words,
            "found": joinable(by=request.user, source=source, words=words),
        }
        return render(request, "contributions/merge.html", context)
    target = _target(request, chosen)
    error = ""
    if request.method == "POST":
        try:
            return _join(request, source, target)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    else:
        try:
            actions.refuse_merge(source, target, by=request.user)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = {
        "header": head,
        "here": "merge",
        "preview": preview(source=source, target=target),
        "is_animated": communities_may.may_animate(request.user, target),
        "word": request.POST.get("word", ""),
        "error": error,
    }
    return render(
        request, "contributions/merge_preview.html", context, status=422 if request.method == "POST" else 200
    )


def _join(request: SignedIn, source: Community, target: Community) -> HttpResponse:
    names = {"source": source.name, "target": target.name}
    if communities_may.may_animate(request.user, target):
        actions.merge(by=request.user, source=source, target=target)
        tell(request, _("« %(source)s » a rejoint « %(target)s ».") % names, undo=_undo(source))
        return redirect(target)
    actions.offer_merge(by=request.user, source=source, target=target, word=request.POST.get("word", ""))
    tell(request, _("C’est proposé à qui anime « %(target)s ».") % names)
    return redirect(source)


@require_http_methods(["GET", "POST"])
def answer_offer(request: SignedIn, slug: str, offer_id: int) -> HttpResponse:
    """For those who animate `slug`: another asks to join it. `accept` is 1 or 0."""
    head = _header_for_animators(request, slug)
    waiting = MergeOffer.objects.filter(pk=offer_id, target=head.community).select_related("source", "target", "by")
    offer = waiting.first()
    if offer is None:
        # Answered by somebody else, taken back, or a second click.
        return redirect(head.community)
    error = ""
    if request.method == "POST":
        is_accepted = request.POST.get("accept") == "1"
        try:
            actions.answer_merge_offer(by=request.user, offer=offer, is_accepted=is_accepted)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            names = {"source": offer.source.name, "target": offer.target.name}
            if is_accepted:
                tell(request, _("« %(source)s » a rejoint « %(target)s ».") % names, undo=_undo(offer.source))
            else:
                tell(request, _("C’est noté : les deux communautés restent comme elles sont."))
            return redirect(head.community)
    reads = request.user.scope().covers(offer.source.audience_id)
    context = {
        "header": head,
        "here": "merge",
        "offer": offer,
        # How much was said there is for those who read it.
        "preview": preview(source=offer.source, target=offer.target) if reads else None,
        "error": error,
    }
    return render(request, "contributions/merge_offer.html", context, status=422 if error else 200)


@require_POST
def withdraw_offer(request: SignedIn, slug: str) -> HttpResponse:
    head = _header_for_animators(request, slug)
    communities.withdraw_merge_offer(by=request.user, source=head.community)
    tell(request, _("La proposition est retirée."))
    return redirect(head.community)


@require_POST
def undo(request: SignedIn, slug: str) -> HttpResponse:
    """`slug` is of what joined another; or, with `merge`, of that other one, whose page names nothing hidden, not even
    by an address. For whoever animates one of the two; for the others it does not exist."""
    merges = Merge.objects.select_related("source", "target").order_by("-pk")
    if "merge" in request.POST:
        found = merges.filter(target__slug=slug, pk=id_in(request.POST["merge"]) or 0).first()
    else:
        found = merges.filter(source__slug=slug).first()
    if found is None:
        raise Http404
    both = (found.source, found.target)
    if not any(communities_may.may_animate(request.user, one) for one in both):
        if communities_may.may_find(request.user, found.source):
            raise PermissionDenied
        raise Http404
    try:
        actions.undo_merge(by=request.user, merge=found)
    except ValidationError as refused:
        raise PermissionDenied(" ".join(refused.messages)) from refused
    if not communities_may.may_find(request.user, found.source):
        # Who animates only the other one undoes it without learning what had joined.
        tell(request, _("C’est défait : l’autre communauté vit de nouveau."))
        return redirect(found.target)
    tell(request, _("C’est défait : « %(name)s » vit de nouveau.") % {"name": found.source.name})
    return redirect(found.source)


@require_http_methods(["GET", "POST"])
def moves(request: SignedIn) -> HttpResponse:
    """One's own words, asked elsewhere. POST: `consent` (or all those of `merge`), `given` 1 or 0."""
    if request.method == "POST":
        asked = waiting_on(request.user)
        whole = id_in(request.POST.get("merge", ""))
        if whole is not None:
            asked = asked.filter(merge=whole, answered_at__isnull=True)
        else:
            asked = asked.filter(pk=id_in(request.POST.get("consent", "")) or 0)
        is_given = request.POST.get("given") == "1"
        consents = list(asked)
        went = actions.answer_moves(author=request.user, consents=consents, is_given=is_given)
        if consents:
            tell(request, _said(is_given, went))
        return redirect("contributions:moves")
    return render(request, "contributions/moves.html", {"groups": questions_for(request.user)})


def _said(is_given: bool, went: int) -> str:
    if not is_given:
        return _("C’est noté : cela reste où c’est, et personne ne saura de qui vient la réponse.")
    if went:
        return ngettext("C’est noté, et l’échange a suivi.", "C’est noté, et les échanges ont suivi.", went)
    return _("C’est noté : l’échange suivra quand les autres personnes qui y ont écrit l’auront dit aussi.")


def _undo(source: Community) -> str:
    return reverse("contributions:undo_merge", args=[source.slug])
