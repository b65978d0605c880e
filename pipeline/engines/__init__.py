"""One door per outside library; foreign exceptions become an `AfterwordError` here, with the cause kept."""
