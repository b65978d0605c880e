"""Afterword: from a recorded webinar or meeting to the page its organisers publish afterwards."""

__version__ = "0.1.0"
