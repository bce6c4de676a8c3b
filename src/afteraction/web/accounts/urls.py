"""Addresses of people, teams and the trail, and the two links that let somebody in."""

from __future__ import annotations

from django.urls import path

from afteraction.web.accounts.views import account, entering, people, teams, trail

app_name = "accounts"
urlpatterns = [
    path("enter/<str:secret>", entering.enter, name="enter"),
    path("join/<str:secret>", entering.join, name="join"),
    path("account/", account.me, name="me"),
    path("account/change/", account.change_me, name="change_me"),
    path("account/tokens/", account.make_token, name="make_token"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/browsers/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/browsers/<int:pk>/end/", account.end_session, name="end_session"),
    path("people/", people.people_list, name="people"),
    path("people/invitations/", people.invitations, name="invitations"),
    path("people/invitations/<int:pk>/revoke/", people.revoke_invitation, name="revoke_invitation"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/role/", people.change_role, name="change_role"),
    path("people/<int:pk>/reports-to/", people.change_line, name="change_line"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:pk>/link/", people.make_link, name="make_link"),
    path("people/<int:pk>/tokens/<int:token>/revoke/", people.revoke_their_token, name="revoke_their_token"),
    path("teams/", teams.team_list, name="teams"),
    path("teams/<slug:slug>/", teams.team_page, name="team"),
    path("teams/<slug:slug>/rename/", teams.rename_team, name="rename_team"),
    path("teams/<slug:slug>/people/", teams.add_person, name="add_to_team"),
    path("teams/<slug:slug>/people/<int:pk>/remove/", teams.remove_person, name="remove_from_team"),
    path("teams/<slug:slug>/leads/", teams.name_lead, name="name_lead"),
    path("teams/<slug:slug>/leads/<int:pk>/remove/", teams.withdraw_lead, name="withdraw_lead"),
    path("trail/", trail.trail, name="trail"),
]
