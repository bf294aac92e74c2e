"""On every page one of the stations is where one stands."""

from __future__ import annotations

import pytest

from handrail.desk.queries.shell import with_state
from handrail.kit.slots import Station

COORDINATOR = [Station(10, "Overview", "/home/", "/home/"), Station(53, "Mentors", "/m/", "/m/"), Station(55, "Courses", "/c/", "/c/"), Station(57, "Matching", "/f/", "/f/")]
MENTOR = [Station(10, "Overview", "/home/", "/home/"), Station(50, "My people", "/p/", "/p/")]


@pytest.mark.parametrize(
    ("stations", "path", "here"),
    [
        (COORDINATOR, "/matching/1/", "Matching"), (COORDINATOR, "/mentorships/1/end/", "Mentors"), (MENTOR, "/mentorships/1/", "My people"), (COORDINATOR, "/sessions/1/", "Courses"),
        (COORDINATOR, "/programmes/1/mentors/new/", "Mentors"), (COORDINATOR, "/home/", "Overview"), (MENTOR, "/preferences/", None),
    ],
)  # fmt: skip
def test_one_stands_at_the_station_that_a_page_belongs_to(stations: list[Station], path: str, here: str | None) -> None:
    assert [one["label"] for one in with_state(stations, path) if one["state"] == "here"] == ([here] if here else [])
