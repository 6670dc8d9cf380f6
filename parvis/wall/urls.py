from django.urls import path

from parvis.wall import views

app_name = "wall"
urlpatterns = [
    path("publier/", views.compose, name="compose"),
    path("publier/pour-qui/", views.who_reads, name="who_reads"),
    path("c/<int:contribution_id>/recommander/", views.recommend, name="recommend"),
    path("entreprise/", views.company, name="company"),
    path("murs/<int:audience_id>/nouveautes/", views.news, name="news"),
    path("communautes/<slug:slug>/", views.community, name="community"),
]
