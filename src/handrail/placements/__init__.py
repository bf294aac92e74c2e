"""Place & Train: companies, places, matching, placements."""
