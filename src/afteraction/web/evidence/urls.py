"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path, register_converter

from afteraction.web.evidence.views import hooks, intake, links, listing, originals, pulls, retention, said, templates


class Sha256:
    """A hash in an address."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Sha256, "sha256")
HERE = "incidents/<slug:key>/evidence/"
FILE = HERE + "<sha256:sha256>/"

app_name = "evidence"
urlpatterns = [
    path(HERE, listing.evidence_list, name="list"),
    path(HERE + "templates/", templates.templates_page, name="templates"),
    path(HERE + "uploads/", intake.begin, name="begin"),
    path(HERE + "uploads/<str:token>", intake.piece, name="piece"),
    path(HERE + "uploads/<str:token>/finish", intake.finish, name="finish"),
    path(HERE + "files", intake.files, name="files"),
    path(HERE + "paste", intake.paste, name="paste"),
    path("incidents/<slug:key>/log/", intake.log, name="log"),
    path(HERE + "said/", said.say, name="say"),
    path(HERE + "said/<int:declaration>/back", said.take_back, name="take_back"),
    path(HERE + "mappings/<int:saved>/forget", said.forget, name="forget_mapping"),
    path(HERE + "webhooks/", hooks.open_new, name="open_webhook"),
    path(HERE + "webhooks/<int:number>/rotate", hooks.rotate, name="rotate_webhook"),
    path(HERE + "webhooks/<int:number>/revoke", hooks.revoke, name="revoke_webhook"),
    path(HERE + "links/", links.add, name="add_link"),
    path(HERE + "links/at", links.at_moment, name="recordings"),
    path(HERE + "links/<int:number>/check", links.check, name="check_link"),
    path(HERE + "links/<int:number>/remove", links.remove, name="remove_link"),
    path(HERE + "pulls/", pulls.ask, name="ask_pull"),
    path(HERE + "pulls/<int:number>/again", pulls.go_on, name="go_on_pulling"),
    path(HERE + "kept/", retention.say, name="say_retention"),
    path(HERE + "kept/<int:number>/back", retention.take_back, name="take_back_retention"),
    path("retention/", retention.policy, name="retention"),
    path(FILE, originals.original, name="original"),
    path(FILE + "picture", originals.picture, name="picture"),
    path(FILE + "download", originals.download, name="download"),
    path(FILE + "columns", said.columns, name="columns"),
    path(FILE + "purge", said.purge, name="purge"),
    path("hooks/<str:address>", hooks.receive, name="receive"),
]
