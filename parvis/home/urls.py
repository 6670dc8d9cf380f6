from django.urls import path

from parvis.home import views

app_name = "home"
urlpatterns = [
    path("", views.feed, name="feed"),
    path("fil/nouveautes/", views.news, name="news"),
    path("bienvenue/je-connais/", views.know_the_place, name="know_the_place"),
]
