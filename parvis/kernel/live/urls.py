"""The WebSocket at `/live/` itself is answered by the port, before Django."""

from django.urls import path

from parvis.kernel.live import views

app_name = "live"
urlpatterns = [path("live/versions/", views.versions, name="versions")]
