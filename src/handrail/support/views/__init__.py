"""Screens of the support service."""
