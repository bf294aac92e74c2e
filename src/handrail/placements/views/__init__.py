"""Screens of companies and placements."""
