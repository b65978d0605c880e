"""The facts of a meeting as typed frames, each slot with its evidence, and the statements made of them.

Every module finds one kind of frame in a `Meeting` (the view that all of them read) and words it; what was not said
leaves its slot empty, and an empty slot stays out of the wording.
"""
