"""Pages answer, show what is stored and lead to the evidence."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"


@pytest.mark.parametrize("path", ["/", "/incidents/", PAGE, PAGE + "evidence/", PAGE + "report/", PAGE + "?show=all"])
def test_every_page_of_an_incident_answers(client, incident, path) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "Checkout errors after payments-api v2.14" in response.content.decode()
