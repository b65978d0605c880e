"""The tests of the stages."""
