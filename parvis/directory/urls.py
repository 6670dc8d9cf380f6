from django.urls import path

from parvis.directory.views import people, profile

app_name = "directory"
urlpatterns = [
    path("annuaire/", people.index, name="index"),
    path("personnes/<int:person_id>/", profile.person, name="person"),
    path("moi/profil/vu-par/<slug:who>/", profile.seen_by, name="seen_by"),
]
