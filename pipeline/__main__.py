"""Lets `python -m pipeline` stand in for the `afterword` command."""

from pipeline.cli import main

main()
