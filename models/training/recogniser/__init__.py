"""The recipe for the bundled recogniser: synthetic speech in, a CTranslate2 Whisper folder out."""
