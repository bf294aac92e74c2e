"""Finds companies and placements, starting from who asks."""
