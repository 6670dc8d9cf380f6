from django.urls import path

from parvis.directory.views import profile

app_name = "directory"
urlpatterns = [
    path("personnes/<int:person_id>/", profile.person, name="person"),
]
