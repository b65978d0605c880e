"""Telling voices apart without a trained model, in four steps: spectra, segments, clusters, paths.

    spectra    what each hundredth of a second of speech sounds like
    segments   where the voice may change
    clusters   which segments sound alike, first by their spread, then sound by sound
    paths      the likeliest voice at each moment, given what every voice sounds like

The whole of a recording is held only as spectra (27 MB an hour); every table is made for blocks of it.
"""
