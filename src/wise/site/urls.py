"""The addresses of the public pages: the same paths in both languages, English below ``/en/``."""

from django.urls import path

from wise.site import letters, views

app_name = "site"

urlpatterns = [
    path("", views.home, name="home"),
    path("privasi/", views.protection, name="protection"),
    path("prasyarat/", views.prerequisites, name="prerequisites"),
    path("kanal/", views.channels, name="channels"),
    path("hubungi/", views.contact, name="contact"),
    path("verifikasi-surat/", letters.letter, name="letter"),
    path("peta-situs/", views.site_map, name="map"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.icon, name="icon"),
]
