"""For administrators: what the company allows of its communities."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.communities import actions, rules
from parvis.communities.forms import PolicyForm, add_errors
from parvis.communities.policy import policy as policy_now
from parvis.communities.views.loading import reader_of
from parvis.kernel.web import tell


@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    by = reader_of(request)
    if not rules.may_set_policy(by):
        raise Http404
    now = policy_now()
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        initial={"founders": now.founders, "may_be_secret": now.may_be_secret},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_policy(by=by, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, _("Les règles des communautés sont enregistrées."))
            return redirect("communities:policy")
    return render(request, "communities/policy.html", {"form": form}, status=422 if form.errors else 200)
