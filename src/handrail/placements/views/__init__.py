"""Screens of companies, placements and the funnel; each module is reached from urls alone."""
