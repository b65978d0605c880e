"""Figures: how well a meeting was heard, named and told, against a reference."""
