"""Long lists drawn by shapes say the same as drawn row by row."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import Context, Template


@dataclass
class Row:
    """A row with one flag and two texts."""

    name: str
    note: str
    is_here: bool

    @property
    def shape(self) -> bool:
        return self.is_here

    @property
    def texts(self) -> dict[str, str]:
        return {"name": self.name, "note": self.note}


ROWS = [Row("Åsa", "", True), Row("<b>Bo</b> & \"Co\"", "x'y", False), Row("\ue000note\ue001", "{{ name }} {% now %}", True), Row("Åsa", "", False)]
BODY = '<li id="{{ text.name }}"{% if row.is_here %} class="here"{% endif %}>{% blocktranslate with name=text.name %}{{ name }} is here{% endblocktranslate %}{{ text.note }}{{ text.note }}</li>'


def test_rows_drawn_by_shapes_say_the_same_as_rows_drawn_one_by_one() -> None:
    """Given rows of two shapes whose texts hold markup, marks and template signs, when they are drawn, then each is as if drawn alone, escaped."""
    by_shape = Template("{% load stencil %}{% stencil rows %}" + BODY + "{% endstencil %}").render(Context({"rows": ROWS}))
    one_by_one = "".join(Template(BODY).render(Context({"row": row, "text": row.texts})) for row in ROWS)
    assert by_shape == one_by_one
    assert "<b>" not in by_shape


def test_a_text_that_no_row_has_is_a_fault() -> None:
    """Given a stencil that names a text no row says, when it is drawn, then it fails instead of leaving a hole."""
    with pytest.raises(KeyError):
        Template("{% load stencil %}{% stencil rows %}{{ text.other }}{% endstencil %}").render(Context({"rows": ROWS}))
