"""Screens of hours, claims and change."""
