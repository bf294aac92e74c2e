"""The map's numbers in the shapes that the components take."""

from handrail.competences.views.map_parts.drawn import drawing, people_drawing
from handrail.competences.views.map_parts.listing import as_cells, as_file, table_columns, table_rows
from handrail.competences.views.map_parts.look import Look, frame, look_at
from handrail.competences.views.map_parts.opened import level_line, panel

__all__ = [
    "Look",
    "as_cells",
    "as_file",
    "drawing",
    "frame",
    "level_line",
    "look_at",
    "panel",
    "people_drawing",
    "table_columns",
    "table_rows",
]
