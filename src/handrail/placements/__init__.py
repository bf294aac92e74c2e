"""Place & Train: companies, places, matching, placements, and the funnel from start to work."""
