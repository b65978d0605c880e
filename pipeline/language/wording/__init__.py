"""From spoken sentences to careful reported speech, along the parse; see `pipeline.language.reported`."""
