from django.urls import URLPattern

app_name = "operate"
urlpatterns: list[URLPattern] = []
