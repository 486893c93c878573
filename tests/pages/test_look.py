"""The parts that every page shares: where one is, the undo of a message, marks, and pages that say what went wrong."""

from datetime import time
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from regulars.kernel.days import OpeningHours
from regulars.pages.templatetags.look import device, here, undo_address, week_in_words
from regulars.record.people import Role
from regulars.record.worth import Stage
from tests.cast import House


@pytest.mark.parametrize(("path", "marked"), [("/at/a/", True), ("/at/a/b/", True), ("/at/b/", False)])
def test_the_page_one_is_on_is_marked_in_the_navigation(path: str, marked: bool) -> None:
    assert bool(here(RequestFactory().get(path), "/at/a/")) is marked
    assert here(None, "/at/a/") == ""


@pytest.mark.parametrize(("tags", "address"), [("undo:/at/a/", "/at/a/"), ("", ""), (None, ""), ("safe", "")])
def test_a_message_knows_the_address_of_its_undo(tags: str | None, address: str) -> None:
    assert undo_address(Message(25, "Done.", extra_tags=tags)) == address


def test_every_stage_has_a_shape_of_its_own() -> None:
    template = Template("{% load look %}{% stage value %}")
    shapes = set()
    for stage in Stage:
        drawn = template.render(Context({"value": stage.value}))
        assert str(stage.label) in drawn
        shapes.add(drawn.split("<svg")[1].split("</svg>")[0])
    assert len(shapes) == len(Stage)
    assert str(Stage.NONE.label) in template.render(Context({"value": ""}))


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox, Mac"),
        ("", "An unknown device"),
    ],
)
def test_a_browser_is_called_as_its_owner_calls_it(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


def test_days_of_the_same_hours_stand_together() -> None:
    whole, half = [(time(9), time(18))], [(time(10), time(14))]
    week = {0: whole, 1: whole, 2: half, 3: whole, 6: half}
    said = week_in_words(OpeningHours(zone="Europe/Tallinn", week=week))
    assert said == "Mon–Tue 9:00–18:00; Wed 10:00–14:00; Thu 9:00–18:00; Sun 10:00–14:00"
    assert week_in_words(OpeningHours(zone="Europe/Tallinn", week={})) == "No opening hours yet"


class Everything(forms.Form):
    name = forms.CharField(help_text="As on the door.")
    agreed = forms.BooleanField()
    colour = forms.ChoiceField(choices=[("r", "Red")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_form_ties_help_and_mistakes_to_their_fields() -> None:
    form = Everything({"secret": "x"})
    form.add_error(None, "Nothing is saved yet.")
    page = str(form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'id="id_agreed_error"' in page
    assert '<fieldset class="field field--choices' in page
    assert page.count("(optional)") == 1
    assert page.count('name="secret"') == 1
    assert 'role="alert"' in page


def test_an_address_that_leads_nowhere_says_what_to_do(client: Client, db: None) -> None:
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_role_that_is_too_low_says_whom_to_ask(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.VIEWER))
    answer = client.get("/at/garage/settings/")
    assert answer.status_code == 403
    assert "Ask the owner" in answer.content.decode()


def test_a_form_that_waited_too_long_says_so(garage: House) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(garage.person(Role.OWNER))
    answer = careful.post("/account/", {"name": "Mari"})
    assert answer.status_code == 403
    assert "waited too long" in answer.content.decode()


def test_a_fault_of_ours_is_told_without_the_frame_that_may_be_broken(rf: Any) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
