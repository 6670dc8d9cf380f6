"""Wiring only: each module names its own routes."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    # First, since it is asked for most and they are looked through in this order.
    path("", include("parvis.home.urls")),
    path("", include("parvis.shell.urls")),
    path("", include("parvis.people.urls")),
    # Before the wall, whose /communautes/<slug>/ would take /communautes/fonder/.
    path("", include("parvis.communities.urls")),
    path("", include("parvis.wall.urls")),
    path("", include("parvis.contributions.urls")),
    path("", include("parvis.directory.urls")),
    path("", include("parvis.moderation.urls")),
    path("", include("parvis.operate.urls")),
    path("", include("parvis.connect.urls")),
    path("", include("parvis.kernel.live.urls")),
    path("", include("parvis.kernel.web.urls")),
]
if settings.PARVIS_DEMO:
    urlpatterns.append(path("", include("parvis.demo.urls")))

handler400 = "parvis.shell.errors.bad_request"
handler403 = "parvis.shell.errors.forbidden"
handler404 = "parvis.shell.errors.not_found"
handler500 = "parvis.shell.errors.server_error"
