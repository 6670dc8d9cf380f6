from django.urls import path

from parvis.connect import views

app_name = "connect"
urlpatterns = [
    path("communautes/<slug:slug>/groupes/", views.community_groups, name="community_groups"),
    path("communautes/<slug:slug>/groupes/<int:group_id>/ouvrir/", views.link_group, name="link_group"),
    path("administration/annuaire/", views.directory, name="directory"),
]
